"""The audit log shows where it was tampered with, by whoever has the database in hand."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, create_engine, insert, select, text

from catalog.edition import encode_manifest, pack_edition
from catalog.text import digest
from county import audit
from county.audit import Entry, hash_of
from county.auditing import Fault, Manner, verify
from county.database.engine import writing
from county.database.tables import audit as audit_table
from tests.county.catalogue import NOW

LINES = 9


def fill(connection: Connection, lines: int = LINES) -> None:
    for number in range(lines):
        audit.append(connection, "clerk", "test", NOW, number=number)


@pytest.fixture
def log(engine: Engine) -> Engine:
    """A database without its triggers, as whoever owns the machine can make it, and nine entries."""
    with writing(engine) as connection:
        fill(connection)
        if engine.dialect.name == "sqlite":
            for name in connection.scalars(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
    return engine


def publish(repository: Path, engine: Engine, edition: int) -> None:
    """Leave an edition's manifest with the newest entry's hash in the repository."""
    with engine.connect() as connection:
        anchor = audit.head(connection)
    manifest = pack_edition([], lambda _, __: None, edition=edition, created=NOW, audit_anchor=anchor)
    data = encode_manifest(manifest)
    folder = repository / "targets" / "editions"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{digest(data)}.{edition}.json").write_bytes(data)


def found(engine: Engine, repository: Path) -> Fault | None:
    with engine.connect() as connection:
        return verify(connection, repository).fault


def test_an_untouched_log_holds(log: Engine, tmp_path: Path) -> None:
    publish(tmp_path, log, 1)
    with log.connect() as connection:
        verdict = verify(connection, tmp_path)
    assert (verdict.entries, verdict.anchors, verdict.fault) == (LINES, 1, None)


SWAP = "UPDATE audit SET number = CASE number WHEN 4 THEN -6 WHEN 6 THEN -4 ELSE number END"


@pytest.mark.parametrize(
    ("statements", "manner", "number"),
    [
        (["UPDATE audit SET detail = '{}' WHERE number = 3"], "changed", 3),
        (["UPDATE audit SET person = 'x' WHERE number = 1"], "changed", 1),
        (["UPDATE audit SET at = '2020-01-01' WHERE number = 9"], "changed", 9),
        (["UPDATE audit SET hash = 'x' WHERE number = 5"], "changed", 5),
        (["DELETE FROM audit WHERE number = 5"], "removed", 5),
        (["DELETE FROM audit WHERE number = 1"], "removed", 1),
        (["DELETE FROM audit WHERE number BETWEEN 2 AND 4"], "removed", 2),
        ([SWAP, "UPDATE audit SET number = -number WHERE number < 0"], "moved", 4),
        (["DELETE FROM audit WHERE number = 5", "UPDATE audit SET number = 5 WHERE number = 9"], "moved", 5),
    ],
)
def test_direct_sql_shows(
    log: Engine, tmp_path: Path, statements: list[str], manner: Manner, number: int
) -> None:
    with writing(log) as connection:
        for statement in statements:
            connection.execute(text(statement))
    assert found(log, tmp_path) == Fault(manner, number)


def test_a_line_with_a_new_hash_of_its_own_shows(log: Engine, tmp_path: Path) -> None:
    with writing(log) as connection:
        entry = audit.entries(connection)[3]
        forged = msgspec.structs.replace(entry, person="somebody else")
        values = {"person": forged.person, "hash": hash_of(forged)}
        connection.execute(audit_table.update().where(audit_table.c.number == 4).values(values))
    assert found(log, tmp_path) == Fault("changed", 4)


def test_an_end_cut_off_shows_by_the_editions(log: Engine, tmp_path: Path) -> None:
    publish(tmp_path, log, 1)
    with writing(log) as connection:
        fill(connection, 3)
    publish(tmp_path, log, 2)
    with writing(log) as connection:
        connection.execute(text("DELETE FROM audit WHERE number > 10"))
    assert found(log, tmp_path) == Fault("cut", LINES + 1, 2)


def test_a_log_rewritten_from_some_line_on_shows_by_the_editions(log: Engine, tmp_path: Path) -> None:
    publish(tmp_path, log, 7)
    with writing(log) as connection:
        connection.execute(text("DELETE FROM audit WHERE number > 2"))
        fill(connection, LINES)
    assert found(log, tmp_path) == Fault("cut", 1, 7)


def test_a_foreign_manifest_does_not_count(log: Engine, tmp_path: Path) -> None:
    publish(tmp_path, log, 1)
    (path,) = tmp_path.glob("targets/editions/*.json")
    path.rename(path.with_name(f"{'0' * 64}.1.json"))
    with log.connect() as connection:
        assert verify(connection, tmp_path).anchors == 0


@pytest.mark.slow
@given(st.data())
def test_any_one_change_is_named(data: st.DataObject) -> None:
    engine = create_engine("sqlite://")
    audit_table.create(engine)
    with engine.begin() as connection:
        fill(connection)
        entries = audit.entries(connection)
        at = data.draw(st.integers(0, LINES - 1))
        column = data.draw(st.sampled_from(["at", "person", "action", "detail", "previous", "hash"]))
        value = data.draw(
            st.text(min_size=1, max_size=20).filter(lambda value: value != getattr(entries[at], column))
        )
        changed: list[Entry] = list(entries)
        changed[at] = msgspec.structs.replace(entries[at], **{column: value})
        connection.execute(audit_table.delete())
        connection.execute(insert(audit_table), [msgspec.structs.asdict(entry) for entry in changed])
        assert connection.scalars(select(audit_table.c.number)).all()
        fault = verify(connection, Path("/nonexistent")).fault
    engine.dispose()
    assert fault == Fault("changed", at + 1)
