"""Sentences: where they end and where they only seem to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.sentences import split_sentences

# Each text has its sentences parted by "|".
CASES = [
    "Talks failed. | Troops moved.",
    "Mr. Rusk met Dr. Adenauer. | They agreed.",
    "Gen. George C. Marshall and Adm. W. D. Leahy spoke. | Nothing followed.",
    "See vol. VI, pp. 12-14, Doc. 5. | See also vol. VII.",
    "Telegram No. 5 and Nos. 6 and 7 arrived on Sept. 3, 1954. | No. 8 was lost.",
    "They asked for peace and he said no. | No. 5 was the answer.",
    "The U.S. Government agreed. | The U.S.S.R. did not.",
    "Troops left the U.S.S.R. | The letter was the first of many.",
    "He met J. F. Dulles and L. Paul Bremer. | A. Dulles was away.",
    "Nations had fought World War I. | Though many wanted peace, few kept it.",
    "Congress ratified START I. | After two years it came into force.",
    "King Idris I. | He ruled Libya.",
    "“We want peace.” | The premier left.",
    '"We want peace." | The premier left.',
    "“Will there be war?” he asked. | No one knew!",
    "Was it war? | It was.",
    "“We want … peace and … trade,” he said. | They signed…",
    "They waited.... | Then they signed.",
    "The treaty (signed in 1950.) | It held.",
    "The note said so.12 | The reply did not.",
    "The total rose by 3.5 million in 1960. | In 1961 it fell.",
    "Members (e.g. France, i.e. de Gaulle, etc.) left NATO, cf. p. 5. | Others stayed.",
    "Acme Corp. and Smith & Co. of New York traded there. | The Co. | It closed.",
    "The conference met at St. Petersburg on Jan. 5 at 5 p.m. | The czar spoke.",
    "The envoy came at 5 p.m. Moscow time. | He left.",
    "He arrived in Washington, D.C. | In May he left.",
    "1. Both sides withdraw. | 2. Both sides talk.",
    "The states are: 1. France. | 2. Prussia.",
    "中国要求谈判。 | 苏联拒绝了。",
    "Le ministre est parti. | École fermée.",
    "Moscow paid $5 million. | £3 million came from London.",
    "The line ended at Mt. Hermon and Ft. Sumter.",
    "no capital follows. and so it goes on",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_a_reader_ends_them(case: str) -> None:
    text = case.replace(" | ", " ") if "中" not in case else case.replace(" | ", "")
    assert [text[start:end] for start, end in split_sentences(text)] == case.split(" | ")


@given(st.text(alphabet='aAbI .?!…"”’)(0123US\n', max_size=60))
def test_every_letter_is_in_one_sentence(text: str) -> None:
    bounds = split_sentences(text)
    assert all(start < end for start, end in bounds)
    assert "".join("".join(text[start:end].split()) for start, end in bounds) == "".join(text.split())


def test_nine_in_ten_boundaries_are_those_of_the_coded_documents(shared: Path) -> None:
    same = total = 0
    for path in sorted((shared / "annotation" / "train").glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        expected = {(sentence["start"], sentence["end"]) for sentence in document["sentences"]}
        found, offset = set(), 0
        for part in document["text"].split("\n\n"):
            found |= {(offset + start, offset + end) for start, end in split_sentences(part)}
            offset += len(part) + 2
        same, total = same + len(expected & found), total + len(expected)
    assert same / total > 0.98
