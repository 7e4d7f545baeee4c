"""Rows of an event table as PLOVER objects, in the field names of the manual."""

from __future__ import annotations

from typing import Any

from detente.errors import EntityError
from detente.refdata.codes import code_of
from detente.refdata.states import state

__all__ = ["plover_object"]


def plover_object(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of an event table as a PLOVER object, in the manual's field names; what is not known is left out.

    `id`, `date`, `actor` (empty where there is none) and `event` are always there, as the manual asks.

    Entities carry ISO 3166 codes where the state has one on the day, and the COW abbreviation as `cow`.
    """
    day = row["earliest"] or row["latest"]
    offsets = {"start": row["trigger_start"], "end": row["trigger_end"]}
    cited = {"title": row["document_title"], "url": row["source"]}
    written = {
        "id": row["event_id"],
        "date": day.isoformat() if day else None,
        "enddate": row["latest"].isoformat() if row["latest"] else None,
        "edtf": row["edtf"],
        "event": {"category": row["event_type"] or row["original_code"]},
        "mode": [row["mode"]] if row["mode"] else None,
        "actor": _entities(row["actors"], row["actor_text"], day),
        "recipient": _entities(row["recipients"], row["recipient_text"], day),
        "event_loc": {"extracted_place": row["place"]} if row["place"] else None,
        "event_text": row["trigger"],
        "quad_code": row["quad_class"],
        "event_scale": row["score"],
        "text": row["quote"],
        "text_info": offsets if row["trigger_start"] is not None else None,
        "cite_info": {name: value for name, value in cited.items() if value} or None,
        "coder": row["coder"],
        "comment": row["content"],
        "status": row["status"],
    }
    return {name: value for name, value in written.items() if value not in (None, []) or name == "actor"}


def _entities(codes: list[str] | None, words: list[str] | None, day: Any) -> list[dict[str, str]]:
    texts = words if words and codes and len(words) == len(codes) else [None] * len(codes or ())
    found = []
    for code, text in zip(codes or (), texts, strict=True):
        entity = {"code": _iso(code, day), "cow": code, "entity_text": text}
        found.append({name: value for name, value in entity.items() if value})
    return found


def _iso(code: str, day: Any) -> str:
    try:
        return code_of(state(code), "iso3", day)
    except EntityError:
        return code.removeprefix("X:")
