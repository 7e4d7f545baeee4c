"""Answers kept by what was asked: the same question to the same model is sent once, and a run can be resumed."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from detente.coding.llm.reply import Reply
from detente.model import hash_content

__all__ = ["Answer", "AnswerCache", "default_cache"]


class Answer(BaseModel):
    """A reply and the tokens it took."""

    reply: Reply
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class AnswerCache:
    """A folder with one file an answer, named by the hash of endpoint, model, prompt and question."""

    folder: Path

    def find(self, *asked: str) -> Answer | None:
        """Return the answer kept for what was `asked`; None where there is none, or the file is damaged."""
        try:
            return Answer.model_validate_json(self._path(asked).read_bytes())
        except (OSError, ValidationError):
            return None

    def keep(self, answer: Answer, *asked: str) -> None:
        """Keep `answer`; the file is whole or not there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=self.folder)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(answer.model_dump_json())
        Path(part).replace(self._path(asked))

    def _path(self, asked: tuple[str, ...]) -> Path:
        return self.folder / f"{hash_content(*asked)}.json"


def default_cache() -> AnswerCache:
    """Return the cache in the user's cache folder (`$XDG_CACHE_HOME/detente/answers` or `~/.cache/detente/answers`)."""
    home = os.environ.get("XDG_CACHE_HOME")
    return AnswerCache((Path(home) if home else Path.home() / ".cache") / "detente" / "answers")
