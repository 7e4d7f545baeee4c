"""Pronouns, descriptions, roles and surnames, resolved within a document."""

from __future__ import annotations

import itertools
import re

import pytest

from detente.model import Document, Paragraph, Sentence
from detente.resolving.reference import resolve_mentions

HISTORIAN = "Office of the Historian, US Department of State"


def document(text: str, source: str = "", title: str = "") -> Document:
    """A document of one paragraph; a sentence ends at a full stop followed by a space."""
    sentences, start = [], 0
    for index, match in enumerate(re.finditer(r"[.!?]”?(?= [A-Z“])|$", text)):
        sentences.append(Sentence(index, 0, start, match.end()))
        start = match.end() + 1
    return Document(
        text,
        (Paragraph(0, len(text)),),
        tuple(s for s in sentences if s.end > s.start),
        "x",
        "x",
        title=title,
        source=source,
    )


CASES = [
    ("In 1972 Nixon flew to China. He met Mao.", "He", ("USA",)),
    ("In 1962 Khrushchev wrote to Kennedy. He offered a deal.", "He", ("RUS",)),
    ("In 1956 Egypt seized the canal. It refused to give way.", "It", ("EGY",)),
    ("In 1979 the Soviets crossed the border. They took Kabul.", "They", ("RUS",)),
    ("In 1972 the United States and China met. They signed a paper.", "They", ("USA", "CHN")),
    ("In 1972 the United States and China met. The two sides signed.", "The two sides", ("USA", "CHN")),
    ("In 1972 the United States and China met. Both governments signed.", "Both governments", ("USA", "CHN")),
    ("In 1972 the United States and China met. The two countries signed.", "The two countries", ("USA", "CHN")),
    ("In 1939 Germany and Poland quarrelled. The former invaded the latter.", "The former", ("GMY",)),
    ("In 1939 Germany and Poland quarrelled. The former invaded the latter.", "the latter", ("POL",)),
    ("In 1969 China and the Soviet Union fought. They accused each other of lying.", "each other", ("CHN", "RUS")),
    ("In 1898 the United States went to war with Spain. The two leaders talked.", "The two leaders", ("USA", "SPN")),
    ("In 1977 Sadat met Begin and Carter. The three leaders talked.", "The three leaders", ("EGY", "ISR", "USA")),
    ("In 1986 Gorbachev met Reagan. The two leaders talked.", "The two leaders", ("RUS", "USA")),
    ("In 1950 Cuba bought arms. The United States cut off the island nation.", "the island nation", ("CUB",)),
    ("In 1960 the superpowers talked.", "the superpowers", ("USA", "RUS")),
]


@pytest.mark.parametrize(("text", "words", "codes"), CASES)
def test_what_prose_says_next(text: str, words: str, codes: tuple[str, ...]) -> None:
    found = {mention.span.text: mention.codes for mention in resolve_mentions(document(text))}
    found |= {f"the {words}": code for words, code in found.items() if f"the {words}" in text}
    assert set(found[words]) == set(codes)
    assert len(found[words]) == len(codes)


OWN = [
    ("In 1947 the President asked Congress for money for Greece.", "the President", "USA"),
    ("In 1947 the President asked Congress for money for Greece.", "Congress", "USA"),
    ("In 1990 the administration sent troops to Panama.", "the administration", "USA"),
    ("In 1990 the State Department protested to Iraq.", "State Department", "USA"),
    ("In 1850 Commodore Jonas Quimby reached Japan.", "Commodore Jonas Quimby", "USA"),
]


@pytest.mark.parametrize(("text", "words", "code"), OWN)
def test_an_account_of_one_states_relations_speaks_of_its_own(text: str, words: str, code: str) -> None:
    found = {mention.span.text: mention.codes for mention in resolve_mentions(document(text, HISTORIAN))}
    assert (found.get(words) or found.get(f"the {words}")) == (code,)


def test_a_surname_is_the_person_introduced_by_it() -> None:
    text = "In 1793 French diplomat Edmond Genêt landed. Washington received Genêt. Genet’s acts angered him."
    found = [(m.span.text, m.codes) for m in resolve_mentions(document(text))]
    assert ("Genêt", ("FRN",)) in found
    assert ("French diplomat Edmond Genêt", ("FRN",)) in found


@pytest.mark.parametrize(
    "text",
    [
        "In 1898 the French ambassador in Washington, Jules Cambronne, called. Cambronne asked for terms.",
        "In 1898 Jules Cambronne, the French ambassador, called. Cambronne asked for terms.",
        "In 1898 French Ambassador Jules Cambronne called. Cambronne asked for terms.",
    ],
)
def test_an_apposition_introduces_a_person(text: str) -> None:
    found = [(m.span.text, m.codes) for m in resolve_mentions(document(text))]
    assert ("Cambronne", ("FRN",)) in found


def test_it_that_stands_for_nothing_is_no_mention() -> None:
    text = "In 1956 Egypt seized the canal. It was clear that war was near."
    assert "It" not in [mention.span.text for mention in resolve_mentions(document(text))]


def test_a_vague_group_is_a_collective() -> None:
    found = {
        m.span.text: m.codes for m in resolve_mentions(document("In 1921 several other nations protested to Japan."))
    }
    assert found["several other nations"] == ("X:several other nations",)


def test_mentions_stand_in_order_and_apart_and_the_same_each_time() -> None:
    text = " ".join(case[0] for case in CASES)
    account = document(text, HISTORIAN)
    found = resolve_mentions(account)
    assert all(text[m.span.start : m.span.end] == m.span.text for m in found)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert found == resolve_mentions(account)


def test_a_pronoun_lists_who_else_it_may_be() -> None:
    found = resolve_mentions(document("In 1962 Khrushchev wrote to Kennedy. He offered a deal."))
    (pronoun,) = [mention for mention in found if mention.kind == "pronoun"]
    (resolution,) = pronoun.resolutions
    assert [each.code for each in (*resolution.candidates, *resolution.rejected)] == ["RUS", "USA"]
