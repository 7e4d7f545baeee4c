"""The form in which a language model answers."""

from __future__ import annotations

from pydantic import BaseModel, Field

__all__ = ["CodedEvent", "CodedParty", "Reply"]


class CodedParty(BaseModel):
    """A party as the model gives it: a code, and the mention it read (null where implied)."""

    code: str
    text: str | None = None


class CodedEvent(BaseModel):
    """One event as the model gives it; everything quoted is checked against the text afterwards."""

    sentence: int = Field(description="the number before the sentence")
    trigger: str
    event_type: str
    mode: str | None = None
    actors: list[CodedParty]
    recipients: list[CodedParty] = []
    status: str = "actual"
    start: str | None = None
    end: str | None = None
    date_text: str | None = None
    place: str | None = None
    content: str | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)


class Reply(BaseModel):
    """The events of one paragraph, in the order of their triggers."""

    events: list[CodedEvent]
