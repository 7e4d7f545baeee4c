"""`code` and `evaluate`: coding without a record, and how well."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from detente.workbench import evaluate, read_document
from tests.cli.conftest import EXAMPLE, Run

FIELDS = (
    "sentence", "trigger", "type", "mode", "actors", "recipients", "actor_text", "recipient_text", "status", "start",
    "end", "date_text", "place", "sentence_text", "trigger_span", "actor_spans", "recipient_spans", "confidence",
    "coder", "coder_version",
)  # fmt: skip


def test_code_writes_the_fields_of_the_guide(run: Run, tmp_path: Path) -> None:
    assert run("code", EXAMPLE, "--out", "coded").code == 0
    [document] = read_document(EXAMPLE)
    lines = (tmp_path / "coded" / "alliance-and-rift.events.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines
    for line in map(json.loads, lines):
        assert set(FIELDS) <= line.keys()
        start, end = line["trigger_span"]
        assert document.text[start:end] == line["trigger"]
        assert line["sentence_text"] == document.sentence_text(line["sentence"])


def test_code_writes_ties_where_there_are_any(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pact.txt").write_text("In May 1950 China and the Soviet Union signed a treaty of friendship.")
    run("code", "pact.txt", "--out", "coded")
    ties = tmp_path / "coded" / "pact.ties.jsonl"
    if ties.exists():
        for line in map(json.loads, ties.read_text(encoding="utf-8").splitlines()):
            assert {"kind", "name", "parties", "terms", "opened", "closed", "outcome"} <= line.keys()


def test_the_lexicon_refuses_a_model(run: Run, tmp_path: Path) -> None:
    done = run("code", EXAMPLE, "--out", "coded", "--coder", "lexicon", "--model", "weights")
    assert done.refused("lexicon", "model")
    assert not (tmp_path / "coded").exists()


def test_another_language_is_one_plain_line(run: Run, tmp_path: Path) -> None:
    sentence = "Le ministre a reçu l'ambassadeur à Paris, et les deux pays ont signé le traité. "
    (tmp_path / "fr.txt").write_text(sentence * 4, encoding="utf-8")
    done = run("code", "fr.txt", "--out", "coded", "--coder", "learned")
    assert done.code == 0
    assert done.err.splitlines() == ["detente: fr: does not read as English: no events coded"]


def test_code_needs_no_record(run: Run, tmp_path: Path) -> None:
    run("code", EXAMPLE, "--out", "coded")
    assert not (tmp_path / "record.duckdb").exists()


def test_code_cannot_write_into_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "coded").touch()
    assert run("code", EXAMPLE, "--out", "coded").refused("coded", "cannot be written")


def test_evaluate_prints_the_figures(run: Run) -> None:
    done = run("evaluate", EXAMPLE.parent)
    assert done.code == 0
    assert done.out == evaluate(EXAMPLE.parent).table() + "\n"
    assert done.out.split()[0] == "level"


def test_evaluate_lists_the_sentences_that_are_not_right(run: Run) -> None:
    done = run("evaluate", EXAMPLE.parent, "--detail")
    misses = evaluate(EXAMPLE.parent).misses
    assert done.out.count("   missed: ") == sum(miss.kind == "missed" for miss in misses)
    assert done.out.count("   extra: ") == sum(miss.kind == "extra" for miss in misses)


def test_evaluate_refuses_a_folder_without_reference(run: Run, tmp_path: Path) -> None:
    assert run("evaluate", tmp_path).refused("holds no coded document")


def test_evaluate_prints_the_table_of_the_reference_scorer(run: Run, tmp_path: Path, shared: Path) -> None:
    gold = shared / "annotation" / "dev"
    run("code", gold / "sino-soviet-relations.json", "--out", "coded")
    theirs = subprocess.check_output([sys.executable, shared / "annotation/score.py", gold, "coded"], text=True)
    assert run("evaluate", gold).out.strip() == theirs.strip()
