"""A disk that is full is one clear line, whatever is being written; what was there before stays."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from detente.errors import RecordError, UsageError
from detente.exchange.formats import find_importer
from detente.exchange.importing import ParquetFolder, import_files
from detente.record import store
from detente.workbench import Record, import_events
from tests.exchange.samples import gdelt_line

DETENTE = [sys.executable, "-c", "from detente.cli import main; main()"]
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.is_char_device(), reason="this system has no /dev/full")


def run(*arguments: object, sized: str = "") -> subprocess.CompletedProcess[str]:
    """Run `detente`; where `sized` is given, with a disk of that size at "disk", in a namespace of its own."""
    command = [*DETENTE, *map(str, arguments)]
    if sized:
        mount = f'mount -t tmpfs -o size={sized} tmpfs disk && exec "$@"'
        command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh", *command]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of 4 MB in a folder of its own, with an empty folder "disk" beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    (tmp_path / "disk").mkdir()
    lines = (gdelt_line(number, sourceurl=f"https://example.org/{number * 7919}") for number in range(20_000))
    (tmp_path / "events.CSV").write_text("\n".join(lines) + "\n")
    return tmp_path / "events.CSV"


@pytest.mark.parametrize(
    ("into", "place", "sized"),
    [("--to", "disk/out", "64k"), *(("--record", "disk/record.duckdb", sized) for sized in ("64k", "300k", "1500k"))],
)
def test_an_import_onto_a_full_disk(path: Path, into: str, place: str, sized: str) -> None:
    if subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "true"], check=False).returncode:
        pytest.skip("no namespace of one's own here to mount a small disk in")
    done = run("import", "gdelt", path, into, place, sized=sized)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert done.stderr.startswith(f"detente: {place}: cannot be written: the disk is full")


@needs_full
@pytest.mark.parametrize("form", ["csv", "parquet", "plover", "stata", "graphml", "bibtex"])
def test_an_export_onto_a_full_disk(path: Path, form: str) -> None:
    import_files(find_importer("gdelt"), [path], ParquetFolder("out"))
    done = run("export", form, "-o", FULL, "--events", "out")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "/dev/full: cannot be written: the disk is full" in done.stderr
    assert FULL.is_char_device()  # a device is written to, never replaced


@needs_full
def test_a_panel_printed_onto_a_full_disk(path: Path) -> None:
    import_files(find_importer("gdelt"), [path], ParquetFolder("out"))
    command = [*DETENTE, "panel", "--dyads", "active", "--events", "out"]
    with FULL.open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (2, "detente: the disk is full (expected room for what is written)\n")


def test_a_part_that_does_not_fit_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_to_full_disk(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pq, "write_table", write_to_full_disk)
    with pytest.raises(UsageError, match="the disk is full"):
        import_files(find_importer("gdelt"), [path], ParquetFolder("out"))
    assert not list(Path("out").iterdir())


def test_a_record_that_cannot_grow_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def append_to_full_disk(*_: object) -> None:
        raise duckdb.FatalException('Could not write file "r.duckdb": No space left on device')

    monkeypatch.setattr(store, "import_part", append_to_full_disk)
    with Record("r.duckdb") as record, pytest.raises(RecordError, match="the disk is full") as caught:
        import_events(record, find_importer("gdelt"), [path])
    assert "\n" not in str(caught.value)
