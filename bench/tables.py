"""Tables of figures, as the benchmarks print them and write them into the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

__all__ = ["make_table", "put_table"]


def make_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" if any(line) else "|" + " |" * len(line) for line in lines)


def put_table(name: str, text: str, path: Path | None) -> None:
    """Print `text`, or put it between `<!-- table NAME -->` and `<!-- end -->` of the file at `path`.

    SystemExit where the file has no such place.
    """
    if path is None:
        print(text)
        return
    pattern = rf"(<!-- table {re.escape(name)} -->\n).*?(<!-- end -->)"
    page, found = re.subn(
        pattern, lambda match: f"{match[1]}\n{text}\n\n{match[2]}", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    if not found:
        raise SystemExit(f"{path}: has no place for a table of {name} (expected <!-- table {name} -->)")
    path.write_text(page, encoding="utf-8")
