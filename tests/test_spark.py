"""Documents coded as a Spark job give what they give one after the other."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from detente.workbench import write_coded


@pytest.mark.spark
def test_a_job_codes_as_one_process_does(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    from detente.workbench.spark import write_coded_on_spark

    example = str(files("detente") / "examples/alliance-and-rift.json")
    (tmp_path / "empty.json").write_text("")
    here = write_coded([example], tmp_path / "here")
    there = write_coded_on_spark([example, tmp_path / "empty.json"], tmp_path / "there")
    assert (there.documents, there.sentences, there.events) == (here.documents, here.sentences, here.events)
    assert len(there.failed) == 1
    written = {path.name: path.read_text() for path in (tmp_path / "there").rglob("*.jsonl")}
    assert written == {path.name: path.read_text() for path in (tmp_path / "here").glob("*.jsonl")}
