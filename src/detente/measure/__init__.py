"""Measure and explain: series, turning points, networks, reciprocity, alignments, forecasts.

Each measure is a plain function of events in a module of its own name (`from detente.measure.series import series`). It
takes events as Arrow, Parquet or DuckDB in `EVENT_COLUMNS`, and returns a frozen result with a table, a chart, a
summary in words and its references (`detente.measure.result.Result`).
"""
