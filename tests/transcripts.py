"""Running the transcripts in the documentation: every ```console and ```python block, in order, in one folder."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*?(?:\\\n.*?)*)$", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """A command and the output the page shows for it; `...` in that output stands for anything."""

    page: Path
    line: int
    command: str
    expected: str


def read_steps(page: Path) -> Iterator[Step]:
    """Yield the commands of the ```console blocks of `page` with their output, in order."""
    text = page.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        if block[1] != "console":
            continue
        found = list(COMMAND.finditer(block[2]))
        ends = [match.start() for match in found[1:]] + [len(block[2])]
        for match, end in zip(found, ends, strict=True):
            line = text.count("\n", 0, block.start(2) + match.start()) + 1
            yield Step(page, line, match[1].replace("\\\n", " "), block[2][match.end() : end].strip("\n"))


def run_step(step: Step, folder: Path, environment: dict[str, str]) -> str:
    """Return what the command of `step` prints, standard output and error together, without trailing blanks."""
    done = subprocess.run(
        step.command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    return tidy(done.stdout + done.stderr)


def tidy(text: str) -> str:
    """Return `text` without blanks at the ends of lines and without blank lines round it."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def matches(expected: str, printed: str) -> bool:
    """Return whether `printed` is what the page shows; `...` stands for anything, over lines too.

    >>> matches("2 documents in ... s", "2 documents in 0.4 s")
    True
    """
    parts = [re.escape(part) for part in tidy(expected).split("...")]
    return re.fullmatch(".*?".join(parts), printed, re.DOTALL) is not None


def shell_environment(home: Path) -> dict[str, str]:
    """Return the environment transcripts run in: this Python's commands first, 100 columns, no colour."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DETENTE_")}
    return {**clean, "PATH": path, "HOME": str(home), "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}


def run_python(page: Path, folder: Path) -> doctest.TestResults:
    """Run the ```pycon blocks of `page` as doctests, in `folder`, sharing their names."""
    text = page.read_text(encoding="utf-8")
    blocks = [block[2] for block in BLOCK.finditer(text) if block[1] == "pycon"]
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page.name, str(page), 0)
    before = Path.cwd()
    os.chdir(folder)
    try:
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        return doctest.DocTestRunner(optionflags=flags).run(test)
    finally:
        os.chdir(before)
