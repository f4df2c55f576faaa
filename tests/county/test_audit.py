"""The audit log shows where it was tampered with."""

from collections.abc import Callable

import msgspec
import pytest
from sqlalchemy import Engine

from county import audit
from county.audit import Entry
from county.database.engine import writing
from tests.county.catalogue import NOW

Log = list[Entry]


def log(engine: Engine) -> Log:
    with writing(engine) as connection:
        assert audit.head(connection) == audit.START
        for number in range(5):
            audit.append(connection, "clerk", "test", NOW, number=number)
        entries = audit.entries(connection)
        assert audit.head(connection) == entries[-1].hash
    return entries


def test_an_untouched_log_holds(engine: Engine) -> None:
    assert audit.broken_at(log(engine)) is None


@pytest.mark.parametrize(
    ("tamper", "place"),
    [
        (lambda log: [*log[:2], *log[3:]], 3),
        (lambda log: [log[0], log[2], log[1], *log[3:]], 2),
        (lambda log: [log[0], msgspec.structs.replace(log[1], person="x"), *log[2:]], 2),
        (lambda log: log[1:], 1),
    ],
    ids=["a line removed", "two exchanged", "a word changed", "the first removed"],
)
def test_a_tampered_log_breaks(engine: Engine, tamper: Callable[[Log], Log], place: int) -> None:
    assert audit.broken_at(tamper(log(engine))) == place
