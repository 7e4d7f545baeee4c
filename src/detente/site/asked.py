"""What a request asks: a day, a page, a party; each checked, each error a sentence."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence

from starlette.requests import Request

from detente.errors import DateError, EntityError, UsageError
from detente.workbench import find_party, read_date

__all__ = [
    "LONGEST",
    "PAGE",
    "asked_day",
    "asked_page",
    "asked_text",
    "has_control",
    "known_query",
    "read_pair",
    "read_party",
]

PAGE = 50
LONGEST = 300
MOST_PAGES = 1_000_000


def asked_text(request: Request, name: str) -> str | None:
    """Return a value of the query, trimmed; None where absent or empty. UsageError for one that is too long."""
    text = request.query_params.get(name, "").strip()
    if len(text) > LONGEST:
        raise UsageError(f"{name} has {len(text):,} characters (expected at most {LONGEST})")
    if has_control(text):
        raise UsageError(f"{name} holds a control character (expected plain text)")
    return text or None


def has_control(text: str) -> bool:
    """Return whether `text` holds a control character.

    >>> has_control("Détente"), has_control("Dé\\x00tente")
    (False, True)
    """
    return any(unicodedata.category(letter) == "Cc" for letter in text)


def known_query(request: Request, names: Sequence[str]) -> dict[str, str]:
    """Return what a request asks under `names`; empty values ask nothing, other names mean nothing to the page."""
    return {name: request.query_params[name] for name in names if request.query_params.get(name, "").strip()}


def asked_day(request: Request, name: str = "on", *, first: bool = False) -> datetime.date | None:
    """Return the day asked for: the last (or `first`) one where a month or a year is given. DateError for no date."""
    text = asked_text(request, name)
    if text is None:
        return None
    bounds = read_date(text)
    day = (bounds.earliest or bounds.latest) if first else (bounds.latest or bounds.earliest)
    if day is None:
        raise DateError(f"{text!r} has no bound (expected a day such as 1979-10-15)")
    return day


def asked_page(request: Request) -> int:
    """Return the number of the page asked for, from 1. UsageError for anything else."""
    text = asked_text(request, "page") or "1"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_PAGES):
        raise UsageError(f"page {text!r} is not a page (expected a number from 1)")
    return int(text)


def read_party(text: str) -> str:
    """Return the code of the party in an address; EntityError where there is none."""
    if len(text) > LONGEST:
        raise EntityError(f"{text[:40]}…", expected=f"a name or code of at most {LONGEST} characters")
    return find_party(text)


def read_pair(text: str, known: dict[str, int]) -> tuple[str, str]:
    """Return the codes of "CHN-RUS", in order; codes may have hyphens of their own where the record knows them.

    EntityError where either is unknown, UsageError for a party with itself or no pair.
    """
    cuts = [place for place, letter in enumerate(text) if letter == "-"]
    if not cuts:
        raise EntityError(text[:LONGEST], expected="two codes with a hyphen between, such as CHN-RUS")
    sides = [(text[:cut], text[cut + 1 :]) for cut in cuts]
    a, b = next((pair for pair in sides if pair[0] in known and pair[1] in known), sides[0])
    first, second = sorted((read_party(a), read_party(b)))
    if first == second:
        raise UsageError(f"{first}: a state has no dyad with itself (expected two different parties)")
    return first, second
