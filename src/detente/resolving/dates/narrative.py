"""The course of an account: its date phrases in order, relative ones counted from where the account has got to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.errors import DateError
from detente.model import BoundedDate, Document, Sentence, Span
from detente.resolving.dates.counted import Yearless
from detente.resolving.dates.expressions import Bounded, Expression
from detente.resolving.dates.periods import size_of
from detente.resolving.dates.phrases import Phrase, find_phrases
from detente.resolving.dates.timeline import Mark, Reading, Step, draw_line
from detente.resolving.dates.wars import find_war
from detente.resolving.when import DatePhrase

__all__ = ["Told", "follow_dates", "is_heading"]

_PLACING = re.compile(
    r"(?:^|[\s(“\"—–])(?:in|on|at|during|throughout|by|over|around|about|late|early|until|only|again|and|then|as|from|to"
    r"|but|later|beginning|starting|dated|meanwhile|since)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:(?:then|but|and|thus|finally|however|meanwhile),? )?(?:(?:in|on|at|during|throughout|over)(?: the)?\s*)?$",
    re.I,
)
_NOUN_AFTER = re.compile(
    r"\s+(?!(?:and|or|but|when|while|as|after|before|because|to|in|at|by|with|for|from|on|which|that|who|the|a|an|he|she"
    r"|it|they|his|her|its|their|was|were|had|has|would|did|is|are|under|over|between|until|through|during|against"
    r"|following|where|if|although|though|so|then|not|also|into|upon|without|led|marked|saw|brought)\b)[^\W\d_]"
)
_PLUPERFECT = re.compile(r"\b(?:had|having)\b")
_ASIDE = re.compile(r"(?:\b(?:which|who|whom|where)\b|\()[^;]{0,90}$")
_UNFULFILLED = re.compile(r"\b(?:would|scheduled|until|planned|expire|deadline)\b[^,;]*$")
_NEGATED = re.compile(r"\b(?:not|never|prevented|delayed|waited|wait|without|failed)\b[^;]*$|n[’']t\b[^;]*$")


@dataclass(frozen=True, slots=True)
class Told:
    """A date phrase in its place.

    `sentence` is its number; `leads` if it opens its sentence; `on_line` if the account moves by it and does not only
    look back, or name a treaty or a border by its date; `attribute` if it stands before or after a noun it describes
    ("the 1967 borders"); `unit` what it is as long as; `before` where the account was.
    """

    phrase: DatePhrase
    sentence: int
    leads: bool
    on_line: bool
    attribute: bool
    unit: str
    governor: str
    heading: bool
    before: BoundedDate | None

    @property
    def when(self) -> BoundedDate:
        """Its bounds."""
        return self.phrase.when

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.phrase.span.start


@dataclass(frozen=True, slots=True)
class _Found:
    """A phrase and what is seen of it before it is resolved."""

    phrase: Phrase
    text: str
    sentence: Sentence
    leads: bool
    attribute: bool
    heading: bool


def follow_dates(document: Document) -> list[Told]:
    """Return the date phrases of the sentences of `document` in order, with bounds where they can be known."""
    opening = open_title(document)
    found = list(_find(document))
    years = _years_told(found, opening)
    marks = []
    paragraph = -1
    for each in found:
        fresh = each.sentence.paragraph != paragraph and not each.phrase.expression.relative
        marks.append(Mark(_reader(each, years), each.sentence.index, _passing(each), fresh))
        paragraph = each.sentence.paragraph
    told = []
    for each, step in zip(found, draw_line(marks, opening), strict=True):
        if step.when is not None:
            told.append(_tell(document, each, step, step.when))
    return told


def open_title(document: Document) -> BoundedDate | None:
    """Return the days that the title names ("The Berlin Airlift, 1948–1949"), None if it names none."""
    opening: BoundedDate | None = None
    for phrase in find_phrases(document.title):
        opening = _resolve(phrase.expression, opening) or opening
    return opening


def is_heading(text: str) -> bool:
    """Return whether a sentence is a heading: short, and without a mark that ends it."""
    return len(text) < 120 and text.rstrip("”’\"')] \n")[-1:] not in ".!?:;…"


def _find(document: Document) -> Sequence[_Found]:
    war = find_war(document.title)
    found: list[_Found] = []
    for sentence in document.sentences:
        text = document.text[sentence.start : sentence.end]
        phrases = find_phrases(text, war)
        heading = bool(phrases) and is_heading(text)
        for phrase in phrases:
            before, after = text[: phrase.start], text[phrase.end :]
            noun = bool(_NOUN_AFTER.match(after))
            leads = (
                phrase.start < 16 and bool(_OPENING.fullmatch(before)) and not (noun and before[-4:].lower() != " the")
            )
            placed = leads or phrase.governor or phrase.expression.relative or _PLACING.search(before)
            attribute = not heading and (not placed or (noun and before[-5:].lower() in ("the ", " the ")))
            found.append(_Found(phrase, text, sentence, leads, bool(attribute), heading))
        war = find_war(text) or war
    return found


def _years_told(found: Sequence[_Found], opening: BoundedDate | None) -> list[int]:
    """Return the years that an account's dates without a year can be of: those it names, and the ones after them."""
    years: set[int] = set()
    whens = [_resolve(each.phrase.expression, None) for each in found if not each.phrase.expression.relative]
    for when in (opening, *whens):
        ends = [day.year for day in (when.earliest, when.latest) if day] if when else []
        if ends and max(ends) - min(ends) < 5:
            years.update((*ends, max(ends) + 1))
    return sorted(years)


def _reader(each: _Found, years: Sequence[int]) -> Reading:
    """Return what reads a phrase, given where the account is and the date named before in the same sentence."""
    expression = each.phrase.expression
    if isinstance(expression, Bounded):
        # The line goes through the date itself, whichever side of it is told.
        expression = expression.edge
    if not expression.relative:
        fixed = _resolve(expression, None)
        always = [fixed] if fixed else []
        return lambda _now, _named: always
    if _runs(expression):
        by_year: dict[int, BoundedDate | None] = {}

        def read(now: BoundedDate | None, named: BoundedDate | None) -> list[BoundedDate]:
            anchor = named or now
            near = anchor and (anchor.earliest or anchor.latest)
            if not near:
                return []
            tried = [year for year in years if -1 <= year - near.year <= 6]
            readings = []
            for year in dict.fromkeys((near.year, *tried)):
                if year not in by_year:
                    by_year[year] = _resolve(expression, BoundedDate.year(year))
                if (when := by_year[year]) is not None:
                    readings.append(when)
            return readings

        return read

    def count(now: BoundedDate | None, named: BoundedDate | None) -> list[BoundedDate]:
        when = _resolve(expression, named or now)
        return [when] if when else []

    return count


def _runs(expression: object) -> bool:
    """Return whether a phrase lacks only its year, which the course of the account gives."""
    if isinstance(expression, Yearless):
        return expression.step == 0 and expression.offset is None
    parts = [getattr(expression, name, None) for name in ("whole", "edge", "date", "first", "day")]
    return any(_runs(part) for part in parts if part is not None)


def _passing(each: _Found) -> float:
    """Return how much it costs to take a phrase for one named in passing."""
    governor, before = each.phrase.governor, each.text[: each.phrase.start]
    if each.phrase.kind in ("period", "century", "part of period", "part of century"):
        return 0.0
    if each.attribute and each.phrase.kind == "year":
        return 0.0
    if each.heading:
        return 0.5
    if each.attribute and each.phrase.kind == "day":
        return 1.0
    if each.attribute or governor in ("since", "before") or each.phrase.kind == "decade":
        return 0.3
    if each.phrase.kind == "counted" and each.text[each.phrase.end :].startswith(" of"):
        return 0.0
    cost = 3.0 + 3.0 * each.leads
    if _PLUPERFECT.search(each.text) and not each.leads:
        cost = 0.8
    if _ASIDE.search(before):
        cost = min(cost, 1.0)
    if _UNFULFILLED.search(before):
        cost = min(cost, 0.6)
    return cost


def _tell(document: Document, each: _Found, step: Step, when: BoundedDate) -> Told:
    start = each.sentence.start + each.phrase.start
    span = Span.within(document.text, start, each.sentence.start + each.phrase.end)
    expression = each.phrase.expression
    unit = size_of(when)
    if isinstance(expression, Bounded):
        when = _close(expression, when, step.before, bool(_NEGATED.search(each.text[: each.phrase.start])))
    date = DatePhrase(span, replace(when, text=span.text), expression.relative)
    return Told(
        date,
        each.sentence.index,
        each.leads,
        step.on_line,
        each.attribute,
        unit,
        each.phrase.governor,
        each.heading,
        step.before,
    )


def _close(expression: Bounded, edge: BoundedDate, now: BoundedDate | None, negated: bool) -> BoundedDate:
    """Return the bounds beside `edge`, the open side of "by", "until" and "since" closed by what was told before.

    What was not done "until" a date was done then.
    """
    if expression.how == "until" and negated:
        return edge
    when = expression.beside(edge)
    if when is None:
        return edge
    start = now.earliest if now else None
    if when.latest is not None:
        reach = _REACH[expression.how == "by"].get(size_of(edge), 3653)
        if start is not None and 0 <= (when.latest - start).days <= reach:
            return BoundedDate.between(start, when.latest)
        return when if expression.how == "before" else edge
    if expression.how == "since" and when.earliest and now and now.latest and (now.latest - when.earliest).days > 62:
        return BoundedDate.between(when.earliest, now.latest)
    return when


# How many days before its edge "until" (first) and "by" (second) may begin, where the account was there already.
_REACH = (
    {"day": 400, "week": 400, "month": 1500, "year": 7400},
    {"day": 60, "week": 60, "month": 250, "year": 1200},
)


def _resolve(expression: Expression, anchor: BoundedDate | None) -> BoundedDate | None:
    try:
        when = expression.resolve(anchor)
    except DateError:
        return None
    return when if when and (when.earliest or when.latest) else None
