"""A file that cannot be opened as a record says why, in one line that names it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from detente.errors import RecordError
from detente.record import Store
from detente.record.connection import connect
from detente.record.schema import prepare_schema, read_schema, schema_version
from tests.record.conftest import make_events


def make_junk(path: Path) -> None:
    path.write_bytes(b"junk " * 2000)


def make_empty(path: Path) -> None:
    path.touch()


def make_folder(path: Path) -> None:
    path.mkdir()


def make_other_duckdb(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE herring (weight DOUBLE)")


def make_newer(path: Path) -> None:
    with Store(path) as store:
        store.connection.execute(f"UPDATE record_format SET version = {schema_version() + 1}")


def make_truncated(path: Path) -> None:
    Store(path).close()
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (make_junk, "is not a DuckDB file"),
        (make_empty, "is not a DuckDB file"),
        (make_folder, "is a folder"),
        (make_other_duckdb, "holds no record"),
        (make_newer, "newer"),
        (make_truncated, "record.duckdb: "),
    ],
)
def test_what_is_no_record_is_refused_in_one_line(path: Path, make, said: str, read_only: bool) -> None:  # type: ignore[no-untyped-def]
    make(path)
    with pytest.raises(RecordError, match=said) as refused:
        Store(path, read_only=read_only)
    assert str(refused.value).startswith(str(path))
    assert "\n" not in str(refused.value)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="its folder does not exist"):
        Store(tmp_path / "nowhere" / "record.duckdb")


def test_a_missing_record_is_not_made_by_reading(path: Path) -> None:
    with pytest.raises(RecordError, match="no such record"):
        Store(path, read_only=True)
    assert not path.exists()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_record_locked_by_another_process_names_it(path: Path, read_only: bool) -> None:
    code = "import sys; from detente.record import Store; held = Store(sys.argv[1]); print('open', flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    holder.stdout.readline()
    try:
        with pytest.raises(RecordError, match=f"locked by process {holder.pid}"):
            Store(path, read_only=read_only)
    finally:
        holder.communicate("done\n", timeout=60)


def test_the_file_is_kept_in_the_older_storage_version(path: Path) -> None:
    with Store(path) as store:
        query = "SELECT tags['storage_version'] FROM duckdb_databases() WHERE path IS NOT NULL"
        assert store.connection.execute(query).fetchall()[0][0].startswith("v1.2.0")


def test_two_readers_may_read_at_once(path: Path) -> None:
    Store(path).close()
    code = "import sys; from detente.record import Store; print(len(Store(sys.argv[1], read_only=True).events()))"
    with Store(path, read_only=True):
        assert subprocess.check_output([sys.executable, "-c", code, str(path)], text=True) == "0\n"


def test_an_older_record_is_migrated_and_keeps_its_rows(path: Path, document, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    with Store(path) as store:
        store.add(document, make_events(document))
    (tmp_path / f"{schema_version() + 1:04d}_add_mood.sql").write_text(
        "ALTER TABLE event ADD COLUMN mood VARCHAR; CREATE TABLE moods (mood VARCHAR);"
        "INSERT INTO moods VALUES ('cool');"
    )
    monkeypatch.setattr("detente.record.schema.schema_version", lambda: version)
    version = schema_version() + 1
    connection = connect(path)
    prepare_schema(connection, path, tmp_path)
    assert connection.execute("SELECT version FROM record_format").fetchall() == [(version,)]
    assert connection.execute("SELECT mood FROM moods").fetchall() == [("cool",)]
    assert connection.execute("SELECT event_type, mood FROM event").fetchall() == [
        ("SUPPORT", None),
        ("SANCTION", None),
    ]
    connection.close()


def test_a_migration_that_fails_leaves_the_record_as_it_was(path: Path, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    Store(path).close()
    version = schema_version() + 1
    (tmp_path / f"{version:04d}_bad.sql").write_text("CREATE TABLE moods (mood VARCHAR); SELECT nothing FROM nowhere;")
    monkeypatch.setattr("detente.record.schema.schema_version", lambda: version)
    connection = connect(path)
    with pytest.raises(RecordError, match="cannot be brought to schema"):
        prepare_schema(connection, path, tmp_path)
    assert connection.execute("SELECT version FROM record_format").fetchall() == [(version - 1,)]
    assert connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'moods'").fetchall() == [(0,)]
    connection.close()


def test_every_migration_up_to_the_schema_is_there() -> None:
    folder = Path(__file__).resolve().parents[2] / "src/detente/record/migrations"
    numbers = sorted(int(file.name[:4]) for file in folder.glob("*.sql"))
    assert numbers == list(range(2, schema_version() + 1))
    assert read_schema().startswith("-- schema version ")
