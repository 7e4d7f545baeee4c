"""Time finding and resolving mentions, beside a bare pass of the automaton over the same text.

usage: bench_mentions.py [--repeat N]

Prints milliseconds of processor time a sentence of 25 words on one core, for the bare automaton pass, `find_mentions`
and `resolve_mentions` (the dates of its sentences counted apart), and each as a ratio to the bare pass of the same run.
"""

from __future__ import annotations

import argparse
import datetime
import time
from functools import partial

from timing import best_of

from detente.model import Document, Paragraph, Sentence
from detente.resolving.folding import fold
from detente.resolving.mentions import find_mentions
from detente.resolving.names import load_names
from detente.resolving.reference import resolve_mentions
from detente.resolving.windows import sentence_windows

SENTENCES = [
    "In March 1969 Soviet and Chinese border guards fought on an island in the river, and both governments "
    "sent notes of protest to each other.",
    "President Nixon told Premier Zhou Enlai that the United States would withdraw its forces from Taiwan once "
    "the war in Vietnam had come to an end.",
    "The British ambassador asked the Foreign Minister whether his government would accept the terms, but he "
    "replied that they needed time to consult their allies.",
    "Later that year Egypt and Israel signed an agreement in Geneva, under which the former regained the oil "
    "fields and the latter kept the passes.",
    "The new government in Havana seized the refineries in the summer, and the administration in Washington "
    "answered by cutting the sugar quota it had granted.",
    "At the conference the delegates from France, Germany, Italy and Japan agreed that the organization should "
    "meet again in the spring to settle the debts.",
    "After long talks with Moscow, the Polish leaders decided not to ask for the withdrawal of the troops that "
    "had been stationed there since the war.",
    "Secretary of State George Marshall warned the Senate that Greece and Turkey could not hold out much "
    "longer without the help that London had given them.",
]


def document(copies: int) -> Document:
    """Return a text of the sentences above, over and over."""
    sentences, at = [], 0
    texts = SENTENCES * copies
    for index, text in enumerate(texts):
        sentences.append(Sentence(index, index // 8, at, at + len(text)))
        at += len(text) + 1
    whole = " ".join(texts)
    return Document(
        whole, (Paragraph(0, len(whole)),), tuple(sentences), "bench", "bench", source="Office of the Historian"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    account = document(50)
    count = len(account.sentences)
    words = len(account.text.split()) / count
    names, day = load_names(), datetime.date(1969, 3, 2)
    texts = [account.sentence_text(index) for index in range(count)]
    resolve_mentions(account)
    spent = partial(best_of, repeat, clock=time.process_time)
    rows = {
        "bare automaton pass": spent(lambda: [list(names.find(fold(text))) for text in texts]),
        "find_mentions": spent(lambda: [find_mentions(text, day) for text in texts]),
        "resolve_mentions": spent(lambda: resolve_mentions(account)),
        "dates of its sentences": spent(lambda: sentence_windows(account)),
    }
    rows["names and reference"] = rows["resolve_mentions"] - rows["dates of its sentences"]
    bare = rows["bare automaton pass"]
    print(f"{count} sentences of {words:.1f} words, best of {repeat}")
    for name, seconds in rows.items():
        milliseconds = 1000 * seconds / count * 25 / words
        print(f"{name:24}{milliseconds:8.4f} ms a sentence of 25 words {seconds / bare:8.1f} x bare")


if __name__ == "__main__":
    main()
