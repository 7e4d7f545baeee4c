"""Dates along a document: relative phrases, years that run on, and the days that bound an act."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.model import BoundedDate, Document, Paragraph, Sentence
from detente.resolving.anchor import DocumentDates, date_document
from detente.resolving.edtf import read_edtf


def document(*paragraphs: str, title: str = "", as_of: BoundedDate | None = None) -> Document:
    """Return a document; a line break parts the sentences of a paragraph."""
    text, blocks, sentences = "", [], []
    for number, paragraph in enumerate(paragraphs):
        start = len(text)
        for words in paragraph.strip().splitlines():
            at = len(text)
            text += words.strip()
            sentences.append(Sentence(len(sentences), number, at, len(text)))
            text += " "
        blocks.append(Paragraph(start, len(text) - 1))
        text += "\n\n"
    return Document(text, tuple(blocks), tuple(sentences), "hash", "sample", title=title, as_of=as_of)


def told(dates: DocumentDates) -> list[tuple[str, str]]:
    return [(phrase.span.text, str(phrase.when)) for phrase in dates.phrases]


def bounds(account: Document, sentence: int, word: str) -> str:
    offset = account.text.index(word, account.sentences[sentence].start)
    return str(date_document(account).bounds_for(sentence, offset)[0])


PHRASES = (
    # A month without year is of the year that runs.
    (("The ministers met in March 1954.\nIn May they met again.",), [("March 1954", "1954-03"), ("May", "1954-05")]),
    # Days run on over the new year.
    (
        ("The siege began on December 20, 1954.\nIt was lifted on January 8.",),
        [("December 20, 1954", "1954-12-20"), ("January 8", "1955-01-08")],
    ),
    # Steps are counted from the date told before.
    (
        ("The note came on June 5, 1967.\nTwo days later the reply was sent.\nThe following month talks began.",),
        [("June 5, 1967", "1967-06-05"), ("Two days later", "1967-06-07"), ("The following month", "1967-07")],
    ),
    # A date that only names a border does not move the account.
    (
        ("The envoys met in March 1978.\nHe asked for the 1967 borders.\nIn May he left.",),
        [("March 1978", "1978-03"), ("1967", "1967"), ("May", "1978-05")],
    ),
    # Nor does one that looks back.
    (
        ("On August 2, 1990, the army crossed the border.\nIt had done so in 1961.\nOn August 28 he spoke.",),
        [("August 2, 1990", "1990-08-02"), ("1961", "1961"), ("August 28", "1990-08-28")],
    ),
    # A summary that runs ahead is left again by the story that follows.
    (
        (
            "On August 2, 1990, an army crossed the border, and the war, which began on January 16, 1991, ended it.",
            "On August 28 a province was declared.\nOn March 2 the fighting was over.",
        ),
        [
            ("August 2, 1990", "1990-08-02"),
            ("January 16, 1991", "1991-01-16"),
            ("August 28", "1990-08-28"),
            ("March 2", "1991-03-02"),
        ],
    ),
    # The year may be told only later.
    (
        (
            "On September 30, 1991, a junta took power.",
            "On June 16 a ban was voted.\nOn July 3 they agreed on a return by October 30, 1993.",
        ),
        [
            ("September 30, 1991", "1991-09-30"),
            ("June 16", "1993-06-16"),
            ("July 3", "1993-07-03"),
            ("by October 30, 1993", "1993-10-30"),
        ],
    ),
    # "By" and "until" begin where the account was.
    (
        ("Fighting broke out on October 6, 1973.\nBy October 9 the arms had come.",),
        [("October 6, 1973", "1973-10-06"), ("By October 9", "1973-10-06/1973-10-09")],
    ),
    # What was not done until a date was done then.
    (
        ("The colony rose in 1804.\nIt was not recognized until 1862.",),
        [("1804", "1804"), ("until 1862", "1862")],
    ),
    # "The war" is the one told of.
    (
        ("The Korean War divided them.\nDuring the war arms were sent.",),
        [("the war", "1950-06-25/1953-07-27")],
    ),
)  # fmt: skip


@pytest.mark.parametrize(("paragraphs", "expected"), PHRASES)
def test_phrases_along_a_text(paragraphs: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert told(date_document(document(*paragraphs))) == expected


def test_the_title_opens_the_account() -> None:
    account = document("In June the roads were closed.", title="The Berlin Airlift, 1948–1949")
    assert told(date_document(account)) == [("June", "1948-06")]


def test_since_ends_with_the_time_covered() -> None:
    text = "Relations have been cool since 1969."
    assert told(date_document(document(text, as_of=read_edtf("1989-05")))) == [("since 1969", "1969-01/1989-05")]
    later = document(f"{text}\nIn 1985 a mission came.")
    assert told(date_document(later))[0] == ("since 1969", "1969/1985")


GOVERNED = (
    ("In 1968 and 1969, as tensions rose, clashes occurred.", "clashes", "1968/1969"),
    ("The pact was signed on May 5, 1955, and the talks of 1954 were praised.", "signed", "1955-05-05"),
    ("The war began in 1754 and ended with a treaty in 1763.", "ended", "1763"),
    ("The war began in 1754 and ended with a treaty in 1763.", "began", "1754"),
    ("On May 5, 1955, they signed a pact, and sent troops to the border.", "sent", "1955-05-05"),
)


@pytest.mark.parametrize(("text", "word", "expected"), GOVERNED)
def test_the_governing_phrase_of_the_sentence_bounds_an_act(text: str, word: str, expected: str) -> None:
    assert bounds(document(text), 0, word) == expected


def test_after_a_clause_of_after_an_act_reaches_to_the_next_date() -> None:
    account = document("After the treaty of March 3, 1918, troops occupied the port.\nIn June 1918 they left.")
    assert bounds(account, 0, "occupied") == "1918-03-03/1918-06-30"


def test_an_undated_act_is_carried_on_to_the_next_date() -> None:
    account = document("On October 6, 1973, they attacked.\nHe proposed a truce.\nOn October 9 he asked for arms.")
    assert bounds(account, 1, "proposed") == "1973-10-06/1973-10-09"


def test_a_year_covers_what_is_told_under_it() -> None:
    account = document("In 1971 a new leader came.\nHe proposed a pact.\nIn 1973 he went to war.")
    assert bounds(account, 1, "proposed") == "1971"


def test_before_any_date_there_are_no_bounds() -> None:
    account = document("They met.\nIn 1971 they parted.")
    assert date_document(account).bounds_for(0, 5) == (None, None)


def test_a_document_without_dates_has_none() -> None:
    dates = date_document(document("They met.\nThey parted."))
    assert (dates.phrases, dates.covered, dates.bounds_for(1, 12), dates.candidates_for(1, 12)) == (
        (),
        None,
        (None, None),
        [],
    )


def test_candidates_come_likeliest_first() -> None:
    account = document("In 1970 they met.\nThe pact signed in 1971 ended the talks of 1969.\nIn 1973 it lapsed.")
    offset = account.text.index("signed")
    candidates = date_document(account).candidates_for(1, offset)
    assert [phrase.span.text for phrase in candidates] == ["1971", "1969", "1970", "1973"]


WORDS = (
    "In 1971", "On May 5, 1955,", "two days later", "since 1969", "by March", "they met", "he left", "until June",
    "after the war", "that autumn", "between 1946 and 1949", "had come in 1950",
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=8))
def test_any_account_gives_ordered_bounds_and_true_spans(sentences: list[str]) -> None:
    account = document("\n".join(f"{words}." for words in sentences[:4]), "\n".join(f"{w}." for w in sentences[4:]))
    dates = date_document(account)
    for phrase in dates.phrases:
        assert account.text[phrase.span.start : phrase.span.end] == phrase.span.text
        assert not phrase.when.earliest or not phrase.when.latest or phrase.when.earliest <= phrase.when.latest
    for sentence in account.sentences:
        for offset in (sentence.start, sentence.end - 1):
            _, phrase = dates.bounds_for(sentence.index, offset)
            assert phrase is None or phrase in dates.phrases
