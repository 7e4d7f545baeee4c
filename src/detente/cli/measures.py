"""`detente series`, `turning-points`, `network`, `reciprocity`, `alignments`, `forecast`: measure and explain."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.options import (
    RECORD,
    EngineOption,
    Format,
    FormatOption,
    FromOption,
    OutputOption,
    RecordOption,
    ToOption,
    open_record,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.measure.result import Result

__all__ = ["COMMANDS", "alignments", "forecast", "network", "reciprocity", "series", "turning_points"]

EventsOption = Annotated[
    Path | None,
    typer.Option("--events", metavar="PARQUET", help="Take the events from this file or folder, not from the record."),
]
PlotOption = Annotated[
    Path | None, typer.Option("--plot", metavar="FILE", help="Write the chart: .svg, .png, .html or .json.")
]
EveryOption = Annotated[str, typer.Option("--every", help="day, week, month, quarter, year or decade.")]
CiteOption = Annotated[bool, typer.Option("--cite", help="Print the sources of the method as well.")]
HalfLifeOption = Annotated[
    float, typer.Option("--half-life", metavar="YEARS", help="In how long an act's weight halves.")
]
First = Annotated[str, typer.Argument(metavar="A", help="A state by any of its names, or a code.")]
Second = Annotated[str, typer.Argument(metavar="B", help="The other.")]


def series(
    a: First,
    b: Second,
    every: EveryOption = "quarter",
    directed: Annotated[bool, typer.Option("--directed", help="Each direction by itself.")] = False,
    from_: FromOption = None,
    to: ToOption = None,
    half_life: HalfLifeOption = 1.0,
    events: EventsOption = None,
    engine: EngineOption = "duckdb",
    plot: PlotOption = None,
    cite: CiteOption = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    record: RecordOption = RECORD,
) -> None:
    """Follow two states over time: counts by class, scores and the temperature of their relations."""
    from detente.measure.series import series as measure

    source, ties = _read(record, events, engine)
    found = measure(
        source, a, b, every=every, directed=directed, start=from_, end=to, half_life=half_life, engine=engine
    )
    _show(found, found.plot(ties) if plot else None, plot, cite, form, output, ("until", "covered"))


def turning_points(
    a: First,
    b: Second,
    every: EveryOption = "quarter",
    model: Annotated[str, typer.Option("--model", help="auto, poisson, normal or pelt.")] = "auto",
    from_: FromOption = None,
    to: ToOption = None,
    events: EventsOption = None,
    engine: EngineOption = "duckdb",
    plot: PlotOption = None,
    cite: CiteOption = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    record: RecordOption = RECORD,
) -> None:
    """Find where two states' dealings turn, how sure that is, and the events on each turn."""
    from detente.measure.turning_points import turning_points as measure

    source, ties = _read(record, events, engine, "the search for turning points")
    found = measure(source, a, b, every=every, model=model, start=from_, end=to)
    _show(found, found.plot(ties) if plot else None, plot, cite, form, output, ("day", "evidence"))


def network(
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="The day; without it, the course by --every.")
    ] = None,
    actor: Annotated[list[str] | None, typer.Option("--actor", help="Only these; once for each.")] = None,
    every: EveryOption = "year",
    half_life: HalfLifeOption = 3.0,
    events: EventsOption = None,
    engine: EngineOption = "duckdb",
    plot: PlotOption = None,
    cite: CiteOption = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    record: RecordOption = RECORD,
) -> None:
    """Draw the signed network of states on a day, or its course: who stands with whom, and how balanced it is."""
    from detente.measure import network as measures

    source, ties = _read(record, events, engine, "a network")
    found: Result
    if on is not None:
        found = measures.network(source, on, ties=ties, actors=actor, half_life=half_life)
    else:
        found = measures.network_course(source, every=every, ties=ties, actors=actor, half_life=half_life)
    _show(found, found.plot() if plot else None, plot, cite, form, output)


def reciprocity(
    a: First,
    b: Second,
    third: Annotated[str | None, typer.Argument(metavar="[C]", help="A third, for the triangle.")] = None,
    every: EveryOption = "month",
    criterion: Annotated[str, typer.Option("--criterion", help="Chooses the lags: aic, bic or hqic.")] = "aic",
    from_: FromOption = None,
    to: ToOption = None,
    events: EventsOption = None,
    engine: EngineOption = "duckdb",
    plot: PlotOption = None,
    cite: CiteOption = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    record: RecordOption = RECORD,
) -> None:
    """Tell routine from reciprocity between two states, or among three."""
    from detente.measure.reciprocity import reciprocity as measure

    source, _ = _read(record, events, engine)
    found = measure(source, a, b, third, every=every, criterion=criterion, start=from_, end=to, engine=engine)
    _show(found, found.plot() if plot else None, plot, cite, form, output)


def alignments(
    propensities: Annotated[
        Path | None,
        typer.Option("--propensities", metavar="CSV", help="Columns a, b, propensity; else from the record."),
    ] = None,
    sizes: Annotated[Path | None, typer.Option("--sizes", metavar="CSV", help="Columns actor, size.")] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="The day, where measured from the record.")
    ] = None,
    actor: Annotated[list[str] | None, typer.Option("--actor", help="Whom to align; once for each.")] = None,
    proposer: Annotated[
        str | None, typer.Option("--proposer", help="Ask instead who of --actor would join a proposal of this one.")
    ] = None,
    against: Annotated[str | None, typer.Option("--against", help="Whom the proposal is aimed at.")] = None,
    events: EventsOption = None,
    engine: EngineOption = "duckdb",
    plot: PlotOption = None,
    cite: CiteOption = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    record: RecordOption = RECORD,
) -> None:
    """Find who would stand with whom, by landscape theory; or who would join a proposal."""
    from detente.errors import UsageError
    from detente.measure import alignments as measures

    found: Result
    if propensities is not None:
        found = measures.alignments(propensities, sizes, actors=actor)
    else:
        if on is None or not actor:
            raise UsageError("alignments: expected --propensities CSV, or --on DAY and an --actor for each party")
        source, ties = _read(record, events, engine, "the search for alignments")
        if proposer is not None:
            found = measures.who_would_join(source, proposer, actor, on, against=against, ties=ties, sizes=sizes)
        else:
            found = measures.alignments(events=source, on=on, actors=actor, ties=ties, sizes=sizes)
    _show(found, found.plot() if plot else None, plot, cite, form, output)


def forecast(
    a: Annotated[str | None, typer.Argument(metavar="[A]", help="A state by any of its names, or a code.")] = None,
    b: Annotated[str | None, typer.Argument(metavar="[B]", help="The other.")] = None,
    every: EveryOption = "quarter",
    steps: Annotated[int, typer.Option("--steps", min=1, help="How many periods ahead.")] = 4,
    quadruples: Annotated[
        Path | None,
        typer.Option("--quadruples", metavar="DIR", help="Score the ranking on train.txt, valid.txt, test.txt in DIR."),
    ] = None,
    events: EventsOption = None,
    engine: EngineOption = "duckdb",
    plot: PlotOption = None,
    cite: CiteOption = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    record: RecordOption = RECORD,
) -> None:
    """Say what two states will likely do next, with honest baselines; or score the ranking on a benchmark."""
    from detente.errors import UsageError

    found: Result
    if quadruples is not None:
        from detente.measure.ranking import score_ranking

        found = score_ranking(quadruples)
    elif a is None or b is None:
        raise UsageError("forecast: expected two states, or --quadruples DIR")
    else:
        from detente.measure.forecast import forecast as measure

        found = measure(_read(record, events, engine)[0], a, b, every=every, steps=steps, engine=engine)
    _show(found, found.plot() if plot else None, plot, cite, form, output)


def _read(record: Path, events: Path | None, engine: str, needy: str = "") -> tuple[Any, list[Any]]:
    """Return the events and the ties: of the record, or of Parquet files (which hold no ties).

    A `needy` measure is one that needs single events; UsageError where `engine` only counts them.
    """
    from detente.errors import UsageError
    from detente.measure.engines import check_engine

    check_engine(engine, ("duckdb",) if needy else ("duckdb", "spark"), needy)
    if events is not None:
        return events, []
    if engine != "duckdb":
        raise UsageError(f"--engine {engine}: expected --events PARQUET, in reach of every worker")
    with open_record(record) as opened:
        return opened.events().to_arrow(), list(opened.ties())


def _show(
    found: Result,
    chart: Any,
    plot: Path | None,
    cite: bool,
    form: Format,
    output: Path | None,
    hidden: tuple[str, ...] = (),
) -> None:
    """Write the chart where asked; print the summary and the table, or the table alone for other programs."""
    from detente.cli.render import make_table, print_all, write_table

    if plot is not None:
        from detente.measure.charts import save_chart

        save_chart(chart, plot)
    if form is not Format.TABLE or output is not None:
        write_table(found.table, form, output)
        return
    table = found.table.drop_columns([name for name in hidden if name in found.table.column_names])
    numbers = {field.name.replace("_", " ") for field in table.schema if _is_number(field.type)}
    rows = ([_cell(value) for value in row.values()] for row in table.slice(0, 400).to_pylist())
    print_all(found.summary(), make_table([name.replace("_", " ") for name in table.column_names], rows, right=numbers))
    if cite:
        print_all(found.cite())


def _is_number(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    return "; ".join(value) if isinstance(value, list) else str(value)


COMMANDS = (series, turning_points, network, reciprocity, alignments, forecast)
