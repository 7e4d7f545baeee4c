"""The ranking of a whole data set: reading the benchmark's files, the protocol, and better than recurrence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.errors import DataTooThin, FormatError, UsageError
from detente.measure.features import Candidates
from detente.measure.histories import Histories, both_ways
from detente.measure.mixing import fit_mixer
from detente.measure.quadruples import Quadruples, from_events, read_quadruples, split_by_time
from detente.measure.ranker import Ranker, _Question, _ranks, evaluate_ranker, score_ranks
from detente.measure.ranking import likely_acts, likely_recipients
from tests.measure.conftest import act, make_table


def _write(folder: Path, **parts: str) -> Path:
    for name, text in parts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def _made(seed: int = 0, days: int = 40, each: int = 15) -> Quadruples:
    """Two camps of ten; facts recur, and a demand (0) is answered by a refusal (1) the other way a day later."""
    random = np.random.default_rng(seed)
    facts: list[tuple[int, int, int, int]] = []
    for day in range(days):
        yesterday = [fact for fact in facts if fact[3] == day - 1]
        facts += [(o, 1, s, day) for s, r, o, _ in yesterday if r == 0 and random.random() < 0.8]
        for _ in range(each):
            s = int(random.integers(0, 20))
            o = int(random.integers(0, 10) + (0 if s < 10 else 10))
            if facts and random.random() < 0.5:
                s, _, o, _ = facts[-1 - int(random.integers(0, min(len(facts), 200)))]
            if s != o:
                facts.append((s, int(random.integers(0, 5)) if random.random() < 0.5 else 0, o, day))
    return split_by_time(np.array(facts), [f"e{i}" for i in range(20)], [f"r{i}" for i in range(5)])


def test_benchmark_files_with_ids_maps_and_a_fifth_column(tmp_path: Path) -> None:
    folder = _write(
        tmp_path,
        train="0\t0\t1\t0\t0\n1\t1\t0\t24\t0\n0\t0\t1\t0\t0\n",
        valid="0\t0\t2\t48\t-1\n",
        test="2\t1\t0\t72\t0\n",
        entity2id="Alpha (Land)\t0\nBeta\t1\nGamma\t2\n",
        relation2id="Consult\t0\nAccuse\t1\n",
        stat="3\t2\t0\n",
    )
    data = read_quadruples(folder)
    assert data.facts.tolist() == [[0, 0, 1, 0], [1, 1, 0, 1], [0, 0, 2, 2], [2, 1, 0, 3]]
    assert data.parts == (2, 1, 1)
    assert data.entities == ("Alpha (Land)", "Beta", "Gamma") and data.relations == ("Consult", "Accuse")


def test_names_and_iso_days_and_no_validation_part(tmp_path: Path) -> None:
    lines = "".join(f"China\tConsult\tJapan\t2014-01-{day:02d}\n" for day in range(1, 11))
    data = read_quadruples(_write(tmp_path, train=lines, test="Japan\tConsult\tChina\t2014-01-11\n"))
    assert data.entities == ("China", "Japan") and data.parts == (9, 1, 1)
    assert data.facts[:, 3].tolist() == list(range(11))


@pytest.mark.parametrize(
    ("parts", "error", "words"),
    [
        ({}, FormatError, "train.txt: there is no such file"),
        ({"train": "0\t0\t1\n", "test": "0\t0\t1\t1\n"}, FormatError, "line 1: 3 fields"),
        ({"train": "0\t0\t1\tnoon\n", "test": "0\t0\t1\t1\n"}, FormatError, "line 1: time 'noon'"),
        ({"train": "", "test": "0\t0\t1\t1\n"}, DataTooThin, "0 facts"),
        ({"train": "0\t0\t1\t1\n", "test": "0\t0\t1\t2\n", "entity2id": "x\n"}, FormatError, "a name, a tab"),
    ],
)
def test_damaged_files_are_refused(tmp_path: Path, parts: dict[str, str], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        read_quadruples(_write(tmp_path, **parts))


def test_counts_fade_by_half_lives_and_know_only_the_past() -> None:
    facts = both_ways(np.array([[0, 0, 1, 0], [0, 0, 1, 2], [0, 1, 2, 5]]), 2)
    histories = Histories(facts, 3, 2, (1.0, 1e6))
    seen = {}
    for time, rows in histories.batches():
        kinds, objects, counts, _ = histories.about_subject(0, time)
        seen[time] = {
            (int(k), int(o)): c.astype(float).round(4).tolist() for k, o, c in zip(kinds, objects, counts, strict=True)
        }
        histories.advance(time, rows)
    assert seen == {0: {}, 2: {(0, 1): [0.25, 1.0]}, 5: {(0, 1): [0.1562, 2.0]}}


def test_ranks_are_filtered_and_ties_count_half() -> None:
    found = Candidates(np.array([1, 2, 3, 4]), np.zeros((4, 1), np.float32))
    scores = np.array([0.9, 0.8, 0.8, 0.1], np.float32)
    assert _ranks(_Question(0, 0, np.array([1, 3])), found, scores, 10) == [1.0, 1.5]
    assert _ranks(_Question(0, 0, np.array([7])), found, scores, 10) == [4 + (10 - 4 - 1) / 2 + 1]
    assert score_ranks(np.array([1.0, 4.0])).mrr == 0.625


def test_the_mixer_learns_what_matters() -> None:
    random = np.random.default_rng(0)
    questions = []
    for _ in range(400):
        rows = random.normal(size=(12, 3)).astype(np.float32)
        best = int(np.argmax(np.abs(rows[:, 1])))  # no straight path can tell this
        questions.append((rows, best))
    mixer = fit_mixer(questions[:300], passes=30)
    right = np.mean([int(np.argmax(mixer.score(rows))) == best for rows, best in questions[300:]])
    assert right > 0.7


def test_the_ranker_beats_recurrence_on_made_facts() -> None:
    model, plain = evaluate_ranker(_made())
    assert model.questions == plain.questions
    assert model.mrr > 1.12 * plain.mrr


def test_answers_do_not_depend_on_what_comes_later() -> None:
    data = _made(days=30)
    facts = data.facts.copy()
    cut = int(data.test[0, 3])
    first = next(iter(Ranker(data).run()))
    later = facts[:, 3] > cut
    facts[later, 2] = (facts[later, 2] + 3) % 20
    other = next(iter(Ranker(Quadruples(facts, data.entities, data.relations, data.parts)).run()))
    assert first[0] == other[0] == cut
    assert np.array_equal(first[2].objects, other[2].objects)
    assert np.allclose(first[2].features, other[2].features, atol=1e-5)


def test_likely_recipients_and_acts_by_name() -> None:
    data = _made(days=25)
    found = likely_recipients(data, "e1", "r0", top=5)
    assert found.num_rows == 5 and sum(found.column("probability").to_pylist()) <= 1 + 1e-9
    assert all(int(name[1:]) < 10 for name in found.column("recipient").to_pylist()[:2])
    assert likely_acts(data, "e1", found.column("recipient")[0].as_py()).column("act")[0].as_py() in ("r0", "r1")
    with pytest.raises(UsageError, match="actor 'nobody' is not in the data"):
        likely_recipients(data, "nobody", "r0")


def test_event_tables_become_quadruples() -> None:
    rows = [act("AID", "AAA", "BBB", f"1960-01-{day:02d}") for day in range(1, 11)]
    rows += [act("CONSULT", "AAA BBB", "", "1960-01-11"), act("AID", "AAA", "BBB", "1960-01-01", "1960-12-31")]
    data = from_events(make_table(rows))
    assert len(data.facts) == 12 and data.relations == ("AID", "CONSULT")
    with pytest.raises(DataTooThin, match="at least 3 days"):
        from_events(make_table(rows[:2]))
