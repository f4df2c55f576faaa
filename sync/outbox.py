"""Delivering the kiosk's outbox: at least once, and forgotten only after the county said that it has it.

The county counts a row once however often it comes, so a lost answer costs a repetition and nothing else. Sync only
reads the outbox file; how far it got stands in `state.db`, and in `delivered.json` for the kiosk. What a power cut left
half written in it is undone by whoever opens it first, as SQLite's locks allow: a kiosk out of order must not keep what
visitors said.

Calls are delivered at once, since somebody waits. The rest goes together now and then: what an opinion does not say,
when it was given, the moment of its arrival must not say either (docs/privacy.md).
"""

import sqlite3
from collections.abc import Collection, Sequence
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from typing import Protocol, TypeVar

from catalog import durable, fleet
from catalog.fleet import Delivered, Delivery, Taken, delivered_path
from catalog.outbox import KINDS, Row, outbox_path, read_rows
from catalog.text import encode
from sync.api import Turned
from sync.memory import Memory

T = TypeVar("T")
MOST_BYTES = 600_000
"""Of the bodies in one delivery; written down they take a third more."""
URGENT = ("call",)
_BEYOND = 1 << 62
"""After this sequence there is no row."""
ROUNDS = 100
"""Deliveries in a row; then other things have their turn."""


class Desk(Protocol):
    """Who takes deliveries. Raises Unreachable, Turned."""

    def ask(self, path: str, body: bytes, shape: type[T]) -> T: ...


def deliver(
    state: Path, memory: Memory, desk: Desk, kinds: Collection[str] = tuple(KINDS), rounds: int = ROUNDS
) -> int:
    """Deliver what waits of these kinds, in at most so many deliveries; how many rows.

    Raises Unreachable, Unstorable.
    """
    total = 0
    for _ in range(rounds):
        outbox, rows = _waiting(state, memory, kinds)
        if not rows:
            break
        try:
            desk.ask(fleet.OUTBOX, encode(Delivery(outbox=outbox, rows=tuple(rows))), Taken)
        except Turned as turned:
            if turned.status != HTTPStatus.REQUEST_ENTITY_TOO_LARGE or len(rows) > 1:
                raise
        memory.acknowledge(outbox, rows)
        total += len(rows)
        _tell_kiosk(state, outbox, memory)
    return total


def is_waiting(state: Path, memory: Memory, kinds: Collection[str] = tuple(KINDS)) -> bool:
    """Whether there are rows of these kinds that the county does not have yet."""
    return bool(_waiting(state, memory, kinds)[1])


def _waiting(state: Path, memory: Memory, kinds: Collection[str]) -> tuple[int, Sequence[Row]]:
    """The number of the outbox file and its next rows; none while it cannot be read."""
    path = outbox_path(state)
    left_out = {kind: _BEYOND for kind in KINDS if kind not in kinds}
    try:
        outbox = _number(path)
        rows = read_rows(path, {**memory.delivered(outbox), **left_out}, fleet.MOST_ROWS)
        if _number(path) != outbox:  # the kiosk put another file in its place in between
            return 0, ()
    except (sqlite3.Error, OSError):
        return 0, ()
    total, fitting = 0, 0
    for row in rows:
        total += len(row.body) + 200
        if total > MOST_BYTES:
            break
        fitting += 1
    return outbox, rows[: max(1, fitting)]


def _number(path: Path) -> int:
    """The file's number. The mode lets SQLite undo what was left half written; a file that is not there stays so."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as file:
        return int(file.execute("PRAGMA user_version").fetchone()[0])


def _tell_kiosk(state: Path, outbox: int, memory: Memory) -> None:
    sequences = dict(memory.delivered(outbox))
    durable.replace(delivered_path(state), encode(Delivered(outbox=outbox, sequences=sequences)))
