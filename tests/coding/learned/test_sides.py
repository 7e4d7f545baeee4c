"""Sides: who is in reach, who stands with whom, and every way of taking sides that is considered."""

from __future__ import annotations

import numpy as np
import pytest

from detente.coding.learned.references import Reference, find_references, rank_codes, tag_reference
from detente.coding.learned.sides import ACTOR, BOTH, LINKS, RECIPIENT, SHAPES, WIDTH, lay_board, score_sides
from detente.model import Candidate, Document, Mention, Paragraph, Resolution, Sentence, Span


def make_document(*sentences: str) -> Document:
    text, placed = "", []
    for index, sentence in enumerate(sentences):
        start = len(text) + bool(text)
        text = f"{text} {sentence}" if text else sentence
        placed.append(Sentence(index, 0, start, len(text)))
    return Document(text, (Paragraph(0, len(text)),), tuple(placed), "made", "made")


def refer(document: Document, words: str, *codes: str) -> Reference:
    start = document.text.index(words)
    sentence = next(s.index for s in document.sentences if s.start <= start < s.end)
    return Reference(document.span(start, start + len(words)), sentence, "name", codes, True, ("named",) * len(codes))


def taken(document: Document, sentence: int, references: list[Reference]) -> set[tuple[frozenset[str], frozenset[str]]]:
    board = lay_board(document, sentence, references, rank_codes(references))
    ways = set()
    for row in board.roles:
        sides = [frozenset(board.codes[i] for i in np.flatnonzero(row == r)) for r in (ACTOR, RECIPIENT, BOTH)]
        ways.add((sides[0] | sides[2], sides[1]))
    return ways


def side(*codes: str) -> frozenset[str]:
    return frozenset(codes)


def test_a_list_can_act_together() -> None:
    document = make_document("Britain, France and Israel attacked Egypt.")
    named = [("Britain", "UKG"), ("France", "FRN"), ("Israel", "ISR"), ("Egypt", "EGY")]
    references = [refer(document, words, code) for words, code in named]
    ways = taken(document, 0, references)
    assert (side("UKG", "FRN", "ISR"), side("EGY")) in ways
    assert (side("EGY"), side("UKG", "FRN", "ISR")) in ways
    assert (side("UKG"), side("EGY")) in ways
    assert (side("UKG", "FRN", "ISR", "EGY"), side()) in ways


def test_one_mention_of_two_can_stand_on_one_side() -> None:
    document = make_document("The two superpowers pressed Israel.")
    references = [refer(document, "The two superpowers", "USA", "RUS"), refer(document, "Israel", "ISR")]
    assert (side("USA", "RUS"), side("ISR")) in taken(document, 0, references)


def test_parties_named_before_are_in_reach_and_keep_together() -> None:
    document = make_document("Britain and France met.", "Egypt refused.")
    named = [("Britain", "UKG"), ("France", "FRN"), ("Egypt", "EGY")]
    references = [refer(document, words, code) for words, code in named]
    ways = taken(document, 1, references)
    assert (side("EGY"), side("UKG", "FRN")) in ways
    assert (side("EGY"), side("UKG")) in ways


def test_there_is_always_the_way_of_no_event_and_no_side_is_on_both() -> None:
    document = make_document("Mao met Nixon and Heath in Peking.")
    references = [refer(document, "Mao", "CHN"), refer(document, "Nixon", "USA"), refer(document, "Heath", "UKG")]
    board = lay_board(document, 0, references, rank_codes(references))
    assert not board.roles[0].any() and SHAPES[board.shapes[0]] == "none"
    assert len({tuple(row) for row in board.roles}) == len(board.roles)
    assert all((row > 0).sum() >= 2 for row in board.roles[1:])
    two_sided = (board.roles == BOTH).any(1)
    one_sided = (board.roles == ACTOR).any(1) & (board.roles == RECIPIENT).any(1)
    assert (two_sided[1:] ^ one_sided[1:]).all()


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("China and Japan met.", True),
        ("China, Japan, and India met.", True),
        ("China’s and Japan’s envoys met.", True),
        ("China attacked Japan.", False),
        ("China told Mongolia and Japan left.", False),
    ],
)
def test_lists_are_told_from_sentences(text: str, joined: bool) -> None:
    document = make_document(text)
    references = [refer(document, "China", "CHN"), refer(document, "Japan", "JPN")]
    board = lay_board(document, 0, references, rank_codes(references))
    first, second = board.codes.index("CHN"), board.codes.index("JPN")
    assert (LINKS[board.links[first, second]] == "joined") is joined
    assert (board.links == board.links.T).all()


def test_the_score_of_sides_is_the_sum_of_their_parts() -> None:
    random = np.random.default_rng(3)
    roles = np.zeros((2, WIDTH), dtype=np.int64)
    roles[0, :3] = ACTOR, ACTOR, RECIPIENT
    roles[1, :2] = BOTH
    shapes = np.eye(len(SHAPES))[[6, 0]]
    unary, shape = random.normal(size=(WIDTH, 3)), random.normal(size=len(SHAPES))
    same, across = (random.normal(size=(WIDTH, WIDTH)) for _ in range(2))
    same, across = same + same.T, across + across.T
    for table in (same, across):
        np.fill_diagonal(table, 0)
    scores = score_sides(roles, shapes, unary, same, across, shape)
    one_sided = unary[0, 0] + unary[1, 0] + unary[2, 1] + same[0, 1] + across[0, 2] + across[1, 2] + shape[6]
    two_sided = unary[0, 2] + unary[1, 2] + same[0, 1] + shape[0]
    assert scores == pytest.approx([one_sided, two_sided])


def test_unresolved_mentions_give_their_candidates_unsurely() -> None:
    sure = Resolution("he", (Candidate("USA", "state", "United States", "the last person"),))
    open_ = Resolution("they", (sure.candidates[0], Candidate("RUS", "state", "Soviet Union", "named before")))
    document = make_document("He said they came.")
    mentions = [
        Mention(document.span(0, 2), "pronoun", (sure,)),
        Mention(document.span(8, 12), "pronoun", (open_,)),
        Mention(document.span(13, 17), "description", (Resolution("came", ()),)),
    ]
    he, they = find_references(document, mentions)
    assert (he.codes, he.sure) == (("USA",), True)
    assert (they.codes, they.sure) == (("USA", "RUS"), False)
    assert rank_codes([he, they]) == {"USA": 0}


def test_words_tagged_as_a_party_are_named_by_themselves() -> None:
    reference = tag_reference(Span(3, 25, "the neutral Asian states"[:22]), 4)
    assert reference.codes == ("X:neutral Asian stat",)
    assert reference.kind == "collective"
