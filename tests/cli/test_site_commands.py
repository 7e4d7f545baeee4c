"""The commands of the reading room."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_a_record_is_written_as_a_site(run: Run) -> None:
    Path("note.txt").write_text("In May 1969, China attacked the Soviet Union.\n")
    assert run("add", "note.txt", "--coder", "lexicon").code == 0
    done = run("export-site", "site")
    assert done.code == 0 and done.out.endswith("files in site\n")
    assert (Path("site") / "dyads" / "CHN-RUS.html").exists()
