"""Corrections: what a reader proposes, checked as soon as it is proposed, and what a reviewer decides."""

from __future__ import annotations

import re
from typing import Any

from detente.errors import RecordError, UsageError
from detente.model import Event, Tie
from detente.record import Judgement
from detente.record.corrections import EVENT_FIELDS, REMARK, STANDS, TIE_FIELDS, correct_event, correct_tie
from detente.ties.rules import kinds
from detente.workbench.keeping import Keeping
from detente.workbench.words import find_party, read_date

__all__ = ["Correcting"]


class Correcting(Keeping):
    """Corrections of events and ties: the part of `Record` that proposes and decides."""

    def propose(self, subjects: str | tuple[str, ...], field: str, value: str, who: str, why: str) -> Judgement:
        """Keep a proposal that `field` of an event or a tie should have `value`, in the user's words; return it.

        `subjects` is an id, or those of all tellings of one tie. An event has the fields event_type, mode, actors,
        recipients, date and status, a tie name, outcome, opened and closed; "remark" holds free words and changes
        nothing. Parties are names or codes with ";" or "," between, dates ISO, EDTF or words, `closed` may be
        "stands". UsageError, EntityError or DateError where the value cannot be the field's.
        """
        given = (subjects,) if isinstance(subjects, str) else subjects
        ids = tuple(dict.fromkeys(self.store.found_id(each) for each in given))
        found = [self.store.found_event(each) or self.store.found_tie(each) for each in ids]
        change = self.read_correction(found[0], field, value)
        for each in found:
            if isinstance(each, Event):
                correct_event(each, change)
            elif isinstance(each, Tie):
                correct_tie(each, change)
        return self.store.judge(Judgement("correction", ids, who, why, "proposed", change))

    def decide(self, judgement_id: str, decision: str, who: str, why: str) -> Judgement:
        """Write a decision ("accepted", "rejected", "withdrawn") on a proposal; it holds from then on.

        An accepted correction can be rejected or withdrawn later, which puts back what was found. RecordError for an
        unknown id, UsageError where the correction no longer fits.
        """
        standing = next((each for each in self.store.judgements() if each.id == judgement_id), None)
        if standing is None:
            raise RecordError(f"{judgement_id!r}: no such proposal in the record")
        return self.store.judge(Judgement(standing.kind, standing.subjects, who, why, decision, standing.change))

    def read_correction(self, found: Event | Tie | None, field: str, value: str) -> dict[str, Any]:
        """Return the change that a field and a value in the user's words mean for an event or a tie as found.

        None stands for an imported event, which only a remark can be made on.
        """
        fields = EVENT_FIELDS if isinstance(found, Event) else TIE_FIELDS if isinstance(found, Tie) else ()
        value = value.strip()
        if field not in (*fields, REMARK):
            raise UsageError(f"{field[:60]!r} is not a field (expected one of {', '.join((*fields, REMARK))})")
        if field in ("date", "opened", "closed") and value and value != STANDS:
            return {field: str(read_date(value))}
        if field in ("actors", "recipients"):
            names = [name.strip() for name in re.split("[;,]", value) if name.strip()]
            day = found.when.earliest if isinstance(found, Event) and found.when else None
            return {field: [find_party(name, day) for name in names]}
        if field == "event_type":
            return {field: value.upper()}
        if field == "outcome" and isinstance(found, Tie) and value not in (known := kinds()[found.kind].outcomes):
            raise UsageError(f"{value!r} is not an outcome of {found.kind} (expected one of {', '.join(known)})")
        return {field: value.lower() if field in ("mode", "status") else value}
