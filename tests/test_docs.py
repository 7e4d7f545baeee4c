"""The README and the pages of docs/ say what the commands print."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcripts import matches, read_steps, run_python, run_step, shell_environment

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_transcripts_print_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    environment = shell_environment(tmp_path)
    for step in read_steps(page):
        printed = run_step(step, tmp_path, environment)
        assert matches(step.expected, printed), f"{page.name}:{step.line}: $ {step.command}\n{printed}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_examples_give_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    assert run_python(page, tmp_path).failed == 0
