"""The field's data in and out: importers of event data sets, exporters of what the record holds.

An importer knows one format (`importer.Importer`); `importing.import_files` takes files through it into a destination.
Code lists lie in `data/`. `exporting.export_events` writes events for other programs.
"""
