"""Ties told without an act: "China's ally", "Soviet troops in Mongolia", "the 1950 Sino-Soviet Treaty"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.model import BoundedDate, Document, Mention, Sentence, TieMoment, TieParty
from detente.resolving.when import find_dates
from detente.ties.naming import stem_words
from detente.ties.opening import Draft
from detente.ties.rules import kinds

__all__ = ["tell_standing"]

DATED = ("treaty", "alliance")
LEAD = re.compile(r",?\s*(?:(?:was\s+)?(?:signed|concluded|issued)\s+)?(?:of|in|on)?\s*(?:the\s+)?")


@dataclass(frozen=True, slots=True)
class Telling:
    """A pattern over a sentence with its mentions masked, the kind of tie it tells of, and whose roles are whose.

    It tells of none where its words are those that told of a tie of the kinds in `bars`.
    """

    kind: str
    first: str
    second: str
    pattern: re.Pattern[str]
    bars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence with each mention written as its number, and where each character of that stands in the document."""

    text: str
    mentions: Sequence[Mention]
    places: Sequence[int]


def tell_standing(document: Document, mentions: Sequence[Mention]) -> Iterator[Draft]:
    """Yield a draft for each tie that the words of `document`, with its `mentions`, tell of as standing, in order.

    Such a tie has no known opening, unless a year stands before its name ("the 1950 … Treaty").
    """
    for sentence in document.sentences:
        near = [m for m in mentions if sentence.start <= m.span.start and m.span.end <= sentence.end]
        if near:
            masked = _mask(document, sentence, near)
            told: dict[str, list[range]] = {}
            for telling in _tellings():
                for match in telling.pattern.finditer(masked.text):
                    place = range(*match.span())
                    if not any(_meet(place, other) for kind in telling.bars for other in told.get(kind, ())):
                        told.setdefault(telling.kind, []).append(place)
                        yield from _draft(document, sentence, telling, match, masked)


def _draft(
    document: Document, sentence: Sentence, telling: Telling, match: re.Match[str], masked: Masked
) -> Iterator[Draft]:
    kind = kinds()[telling.kind]
    first, second = (_codes(match[group], masked) for group in (telling.first, telling.second))
    if telling.first == telling.second:
        second = ()
    parties = [TieParty(code, kind.roles[0]) for code in first]
    parties += [TieParty(code, kind.roles[1]) for code in second if code not in first]
    if len({party.code for party in parties}) < 2:
        return
    groups = match.groupdict()
    year = groups.get("year")
    start, end = masked.places[match.start()], masked.places[match.end() - 1] + 1
    when = BoundedDate.year(int(year), year.strip()) if year else None
    if telling.kind in DATED and not when:
        when = _date_after(document.text[end : sentence.end])
    quote = document.span(start, end)
    moment = TieMoment("opened" if when else "changed", kind.standing, when, document.id, sentence.index, quote)
    words = stem_words(groups.get("name") or quote.text)
    yield Draft(telling.kind, tuple(parties), (moment,), quote.text, None, words)


def _date_after(text: str) -> BoundedDate | None:
    """Return the date that stands right after a name ("…, signed in August 1978")."""
    lead = LEAD.match(text)
    found = find_dates(text[: lead.end() + 40]) if lead else []
    return found[0].when if found and lead and found[0].span.start <= lead.end() and not found[0].relative else None


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _codes(place: str, masked: Masked) -> tuple[str, ...]:
    return masked.mentions[int(place.strip("§"))].codes


def _mask(document: Document, sentence: Sentence, mentions: Sequence[Mention]) -> Masked:
    parts: list[str] = []
    places: list[int] = []
    at = sentence.start
    for number, mention in enumerate(mentions):
        if mention.span.start < at:
            continue
        parts.append(document.text[at : mention.span.start])
        places.extend(range(at, mention.span.start))
        mark = f"§{number}§"
        parts.append(mark)
        places.extend([mention.span.start] * (len(mark) - 1) + [mention.span.end - 1])
        at = mention.span.end
    parts.append(document.text[at : sentence.end])
    places.extend(range(at, sentence.end))
    return Masked("".join(parts), mentions, places)


@cache
def _tellings() -> tuple[Telling, ...]:
    rows = tomllib.loads(files("detente.ties").joinpath("data/standing.toml").read_text(encoding="utf-8"))["tells"]
    return tuple(
        Telling(row["kind"], row["first"], row["second"], re.compile(row["pattern"]), tuple(row.get("not_within", ())))
        for row in rows
    )
