"""Who: one name, as of a date and in a context, to exactly one entity, or to the candidates it leaves open."""

from __future__ import annotations

import datetime
import re

from detente.errors import EntityError
from detente.model import BoundedDate, Candidate, Resolution
from detente.refdata.states import find_state, name_on
from detente.resolving.candidates import settle
from detente.resolving.composition import compose
from detente.resolving.mentions import find_mentions
from detente.resolving.names import Window, load_names
from detente.resolving.scan import find_hits

__all__ = ["resolve_entity"]

_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_CODE = re.compile(r"[A-Z]{2,3}|\d{1,3}")


def resolve_entity(
    text: str, date: datetime.date | BoundedDate | None = None, context: str | None = None
) -> Resolution:
    """Return who `text` stands for: a name, demonym, seat, person, role, organisation, movement or code.

    `date` is the day, or the bounds, as of which it is asked; `context` is prose it stands in. Candidates that the
    date or the context rules out are in `rejected`, each with the reason. Exactly one candidate is an answer
    (`Resolution.code`); with several or none the name stays unresolved. COW abbreviations and numbers and ISO codes
    (also withdrawn ones: "SUN") are understood too.

    >>> resolve_entity("Gorbachev", datetime.date(1986, 10, 11)).code
    'RUS'
    >>> resolve_entity("Gorbachev", datetime.date(1980, 1, 1)).code is None
    True
    """
    words = _POSSESSIVE.sub("", text.strip())
    window = _window(date)
    resolution = (_by_code(words, window) if words.isupper() else None) or _by_name(words, window)
    if not resolution.candidates and not resolution.rejected:
        resolution = _by_code(words, window) or _by_phrase(words, window) or resolution
    if context and len(resolution.candidates) > 1:
        resolution = _in_context(resolution, context, window)
    return Resolution(text, resolution.candidates, resolution.rejected)


def _window(date: datetime.date | BoundedDate | None) -> Window | None:
    if isinstance(date, BoundedDate):
        return (date.earliest or datetime.date.min, date.latest or datetime.date.max)
    return (date, date) if date is not None else None


def _by_name(words: str, window: Window | None) -> Resolution:
    entry = load_names().lookup(words)
    if entry is None:
        return Resolution(words, ())
    if entry.names and not all(name.kind == "place" for name in entry.names):
        return settle(words, entry, window, strict=True)
    if entry.offices:
        return settle(words, entry, window, sort="office", strict=True)
    return Resolution(words, ())


def _by_code(words: str, window: Window | None) -> Resolution | None:
    if not _CODE.fullmatch(words.upper()):
        return None
    day = window[0] if window else None
    try:
        state = find_state(words.upper(), day)
    except EntityError:
        return None
    reason = f"{words.upper()} is a code of {state.stateabb}"
    name = name_on(state.stateabb, day) or state.stateabb
    return Resolution(words, (Candidate(state.stateabb, "state", name, reason, "détente table of states"),))


def _by_phrase(words: str, window: Window | None) -> Resolution | None:
    """A phrase that says one thing: "Soviet Premier Nikita Khrushchev", "the King of Spain"."""
    found = compose(words, find_hits(words), lambda _: window)
    named = [each for each in found if each.resolutions]
    if len(named) == 1 and len(named[0].resolutions) == 1:
        return named[0].resolutions[0]
    return None


def _in_context(resolution: Resolution, context: str, window: Window | None) -> Resolution:
    """Keep the one candidate that the context speaks of by another name, if it speaks of one alone."""
    day = window[0] if window and window[0] == window[1] else None
    spoken: dict[str, str] = {}
    for mention in find_mentions(context, day):
        for code in mention.codes:
            spoken.setdefault(code, mention.span.text)
    kept = [each for each in resolution.candidates if each.code in spoken]
    if len(kept) != 1:
        return resolution
    chosen = kept[0]
    reason = f"the context speaks of {spoken[chosen.code]}"
    out = tuple(
        Candidate(each.code, each.kind, each.name, f"{reason}, not of {each.code}", each.source)
        for each in resolution.candidates
        if each is not chosen
    )
    left = Candidate(chosen.code, chosen.kind, chosen.name, f"{chosen.reason}; {reason}", chosen.source)
    return Resolution(resolution.text, (left,), resolution.rejected + out)
