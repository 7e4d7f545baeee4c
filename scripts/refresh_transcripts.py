"""Write what the commands print today into the transcripts of the given pages: refresh_transcripts.py PAGE…

Figures that change from run to run (seconds, sentences a second) become `...`, which stands for anything.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.transcripts import BLOCK, COMMAND, Step, run_step, shell_environment

CHANGING = re.compile(r"\d[\d,.]* (?=s\b|sentences/s|documents/s|sentences a second|documents a second)")


def refresh_page(page: Path) -> str:
    """Return the text of `page` with every ```console block run anew, in order, in one empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        environment = shell_environment(home)

        def run(block: re.Match[str]) -> str:
            if block[1] != "console":
                return block[0]
            parts = []
            for match in COMMAND.finditer(block[2]):
                step = Step(page, 0, match[1].replace("\\\n", " "), "")
                printed = CHANGING.sub("... ", run_step(step, home, environment))
                parts.append(f"$ {match[1]}\n" + (f"{printed}\n" if printed else ""))
            return "```console\n" + "\n".join(parts) + "```"

        return BLOCK.sub(run, page.read_text(encoding="utf-8"))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(name).write_text(refresh_page(Path(name)), encoding="utf-8")
