"""The look all charts share: colours, type, sizes; and writing a chart to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from detente.errors import UsageError

__all__ = ["CONFLICT", "COOPERATION", "INK", "MUTED", "PALE", "WIDTH", "altair", "finish", "save_chart"]

# Okabe and Ito's colours (2008), told apart with every common kind of colour blindness.
COOPERATION = "#0072B2"
CONFLICT = "#D55E00"
INK = "#222222"
MUTED = "#6B6B6B"
PALE = "#D9D9D9"
WIDTH = 680
_FONT = "Helvetica Neue, Arial, Liberation Sans, DejaVu Sans, sans-serif"
_SUFFIXES = (".svg", ".png", ".html", ".json")


def altair() -> Any:
    """Return the altair module; UsageError that names the extra where it is not installed."""
    try:
        import altair as alt
    except ImportError as error:
        raise UsageError("charts need altair: pip install 'detente[measure]'") from error
    alt.data_transformers.disable_max_rows()
    return alt


def finish(chart: Any, title: str, subtitle: str | list[str] = "") -> Any:
    """Return `chart` with a title, a subtitle and the house look."""
    alt = altair()
    heading = alt.TitleParams(title, subtitle=subtitle, anchor="start", offset=14)
    return (
        chart.properties(title=heading)
        .configure(font=_FONT, background="white", padding=12)
        .configure_title(fontSize=17, subtitleFontSize=12.5, color=INK, subtitleColor=MUTED, subtitlePadding=5)
        .configure_axis(
            labelFontSize=11.5,
            titleFontSize=11.5,
            titleFontWeight="normal",
            labelColor=INK,
            titleColor=MUTED,
            gridColor="#EEEEEE",
            domainColor=PALE,
            tickColor=PALE,
        )
        .configure_view(stroke=None)
        .configure_legend(labelFontSize=11.5, titleFontSize=11.5, titleFontWeight="normal", orient="top")
    )


def save_chart(chart: Any, path: str | Path) -> Path:
    """Write `chart` to `path` and return it; the suffix says the form: .svg, .png (2 px a point), .html or .json."""
    target = Path(path)
    if target.suffix not in _SUFFIXES:
        raise UsageError(f"{target}: a chart is written as one of {', '.join(_SUFFIXES)}")
    if not target.parent.is_dir():
        raise UsageError(f"{target}: the folder {target.parent} does not exist")
    options: dict[str, Any] = {"scale_factor": 2} if target.suffix == ".png" else {}
    if target.suffix == ".html":
        options["inline"] = True
    try:
        chart.save(str(target), **options)
    except (ImportError, ValueError) as error:
        if "vl-convert" not in str(error) and "vl_convert" not in str(error):
            raise
        raise UsageError("chart files need vl-convert: pip install 'detente[measure]'") from error
    return target
