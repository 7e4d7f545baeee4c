"""The sides that polities could form in a sentence: who stands with whom, every way to take sides, and its score."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.coding.learned.references import Reference
from detente.model import Document

__all__ = ["ACTOR", "BOTH", "LINKS", "MOST_SIDES", "RECIPIENT", "SHAPES", "WIDTH", "Board", "lay_board", "score_sides"]

WIDTH = 10
"""The polities considered for one trigger, at most."""
MOST_SIDES = 320
"""The ways to take sides considered in one sentence, at most."""
LINKS = ("none", "apart", "joined", "one mention", "outside")
"""How two polities stand to each other in the sentence."""
SHAPES = ("two", "three", "many", "1-1", "1-2", "1-n", "n-1", "n-n", "none")
"""The shapes a set of parties can have: two-sided with two, three or more; one-sided by both sides' sizes; none."""
NONE, ACTOR, RECIPIENT, BOTH = range(4)

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Board:
    """What is the same for all triggers of a sentence: the codes in reach, their links, the sides they could form."""

    sentence: int
    codes: tuple[str, ...]
    here: tuple[int, ...]
    links: Ints
    roles: Ints
    shapes: Ints


def lay_board(document: Document, sentence: int, references: Sequence[Reference], ranks: Mapping[str, int]) -> Board:
    """Return the board of `sentence`; `references` are those of its window."""
    here = tuple(i for i, r in enumerate(references) if r.sentence == sentence)
    codes = _choose_codes(references, here, sentence, ranks)
    links = _link(document.text, codes, [references[i] for i in here])
    before = [r for r in references if r.sentence < sentence]
    roles = _take_sides(codes, links, [references[i] for i in here], _recall_groups(document.text, before))
    return Board(sentence, codes, here, links, roles, _shape(roles))


def _choose_codes(
    references: Sequence[Reference], here: Sequence[int], sentence: int, ranks: Mapping[str, int]
) -> tuple[str, ...]:
    inside = list(dict.fromkeys(code for i in here for code in references[i].codes))
    before = [r for r in references if r.sentence < sentence]
    recent = list(dict.fromkeys(code for r in reversed(before) for code in r.codes))
    often = [code for code, rank in sorted(ranks.items(), key=lambda item: item[1])[:4]]
    return tuple(dict.fromkeys([*inside[: WIDTH - 2], *often[:2], *recent[:4], *often, *inside]))[:WIDTH]


def _link(text: str, codes: Sequence[str], references: Sequence[Reference]) -> Ints:
    links = np.zeros((WIDTH, WIDTH), dtype=np.int64)
    inside = {code for r in references for code in r.codes}
    for a, b in combinations(range(len(codes)), 2):
        both = (codes[a] in inside) + (codes[b] in inside)
        links[a, b] = links[b, a] = LINKS.index("apart" if both == 2 else "outside" if both == 0 else "none")
    row = {code: i for i, code in enumerate(codes)}

    def tie(left: Iterable[str], right: Iterable[str], kind: str) -> None:
        for a in left:
            for b in right:
                if a in row and b in row and a != b:
                    links[row[a], row[b]] = links[row[b], row[a]] = LINKS.index(kind)

    for group in _join_lists(text, references):
        for one, other in combinations(group, 2):
            tie(one.codes, other.codes, "joined")
    for reference in references:
        if reference.sure:
            tie(reference.codes, reference.codes, "one mention")
    return links


JOINT = re.compile(
    r"(?:['’]s?)?\s*(?:,|,?\s*(?:and|or|as well as)\b|-|–|/)?\s*(?:and\s+|both\s+)?(?:(?:the|of|with|by|to)\s+){0,2}$"
)


def _join_lists(text: str, references: Sequence[Reference]) -> list[list[Reference]]:
    """Return runs of references that stand in one list ("Britain, France, and the United States")."""
    groups: list[list[Reference]] = []
    for reference in sorted(references, key=lambda r: r.span.start):
        gap = text[groups[-1][-1].span.end : reference.span.start] if groups else None
        if gap and re.search(r",|and|or|-|–|/", gap) and JOINT.fullmatch(gap):
            groups[-1].append(reference)
        elif not groups or reference.span.start >= groups[-1][-1].span.end:
            groups.append([reference])
    return [group for group in groups if len(group) > 1]


def _recall_groups(text: str, before: Sequence[Reference]) -> list[frozenset[str]]:
    """Return the polities last told of together, as one group each: in a list, or by one mention."""
    groups = [frozenset(c for r in group for c in r.codes) for group in _join_lists(text, before)]
    groups += [frozenset(r.codes) for r in before if r.sure and len(r.codes) > 1]
    return [group for group in dict.fromkeys(reversed(groups)) if len(group) > 1][:4]


def _take_sides(
    codes: Sequence[str], links: Ints, references: Sequence[Reference], recalled: Sequence[frozenset[str]]
) -> Ints:
    """Return every way of taking sides that is considered, as rows of roles; the likelier kinds come first."""
    row = {code: i for i, code in enumerate(codes)}
    singles = [frozenset([i]) for i in range(len(codes))]
    inside = frozenset(row[code] for r in references for code in r.codes if code in row)
    groups = {frozenset(row[c] for c in r.codes if c in row) for r in references}
    groups |= {frozenset(np.flatnonzero(links[i] == LINKS.index("joined")).tolist()) | {i} for i in inside}
    groups |= {frozenset(pair) for pair in combinations(sorted(inside), 2)}
    if len(inside) > 2:
        groups |= {inside, *(inside - {i} for i in inside)}
    told = {frozenset(row[c] for c in g if c in row) for g in recalled}
    several = sorted((g for g in groups | told if len(g) > 1), key=lambda g: (len(g), sorted(g)))
    tight = [g for g in several if g in told or _is_tight(g, links)]
    rows: dict[tuple[int, ...], None] = {(0,) * WIDTH: None}

    def add(sides: Iterable[tuple[frozenset[int], int]]) -> None:
        roles = [0] * WIDTH
        for side, role in sides:
            for member in side:
                roles[member] = role
        rows[tuple(roles)] = None

    for a in singles:
        for b in singles:
            if a != b:
                add([(a, ACTOR), (b, RECIPIENT)])
                add([(a | b, BOTH)])
    for group in several:
        add([(group, BOTH)])
    for group in [*tight, *several]:
        for single in singles:
            if not single <= group:
                add([(group, ACTOR), (single, RECIPIENT)])
                add([(single, ACTOR), (group, RECIPIENT)])
                if group in tight:
                    add([(group | single, BOTH)])
            elif len(group) > 1:
                add([(single, ACTOR), (group - single, RECIPIENT)])
    for a, b in combinations(tight, 2):
        if not a & b:
            add([(a, ACTOR), (b, RECIPIENT)])
            add([(b, ACTOR), (a, RECIPIENT)])
            add([(a | b, BOTH)])
    return np.array(list(rows)[:MOST_SIDES], dtype=np.int64).reshape(-1, WIDTH)


def _is_tight(group: frozenset[int], links: Ints) -> bool:
    near = (LINKS.index("joined"), LINKS.index("one mention"))
    return all(links[a, b] in near for a, b in combinations(sorted(group), 2))


def _shape(roles: Ints) -> Ints:
    actors, recipients, both = ((roles == role).sum(1) for role in (ACTOR, RECIPIENT, BOTH))
    two_sided = np.clip(both - 2, 0, 2)
    one_sided = np.select(
        [(actors == 1) & (recipients == 1), (actors == 1) & (recipients == 2), actors == 1, recipients == 1],
        [3, 4, 5, 6],
        7,
    )
    shapes = np.where(both > 0, two_sided, one_sided)
    return np.where(roles.any(1), shapes, SHAPES.index("none")).astype(np.int64)


def score_sides(roles: Any, shapes: Any, unary: Any, same: Any, across: Any, shape: Any) -> Any:
    """Return the score of each way to take sides, from the parts the heads give (NumPy arrays or torch tensors alike).

    Batched over triggers in front: `roles` [.., S, K], `shapes` one-hot [.., S, len(SHAPES)], `unary` [.., K, 3]
    (actor, recipient, two-sided), `same` and `across` [.., K, K] (two on one side; two opposite), `shape`
    [.., len(SHAPES)].
    The sum over a set's members of `unary`, over its pairs of `same` or `across`, plus `shape`.
    """
    one = [(roles == role) * 1.0 for role in (ACTOR, RECIPIENT, BOTH)]
    total = sum((side @ unary[..., i, None])[..., 0] for i, side in enumerate(one))
    for side in one:
        total = total + 0.5 * ((side @ same) * side).sum(-1)
    total = total + ((one[0] @ across) * one[1]).sum(-1)
    return total + (shapes @ shape[..., None])[..., 0]
