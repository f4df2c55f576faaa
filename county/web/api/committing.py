"""Many small writes in one transaction: what comes while one is under way is written together in the next.

Each piece of work is alone in a savepoint, so that one that fails takes nobody with it. Whoever asked is answered
after the transaction has been committed, never before.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from county.database.engine import writing

T = TypeVar("T")
MOST = 200
"""Pieces of work in one transaction."""


@dataclass(frozen=True, slots=True)
class _Piece:
    work: Callable[[Connection], Any]
    done: asyncio.Future[Any]


class Committer:
    """Use it from one event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: list[_Piece] = []
        self._running: asyncio.Task[None] | None = None

    async def write(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns, once it is on the disk. Raises what `work` raises, or sqlalchemy.exc.DBAPIError."""
        piece = _Piece(work, asyncio.get_running_loop().create_future())
        self._waiting.append(piece)
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())
        result: T = await piece.done
        return result

    async def _run(self) -> None:
        while self._waiting:
            pieces, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            outcomes = await asyncio.to_thread(self._commit, pieces)
            for piece, outcome in zip(pieces, outcomes, strict=True):
                if piece.done.cancelled():
                    continue
                if isinstance(outcome, Exception):
                    piece.done.set_exception(outcome)
                else:
                    piece.done.set_result(outcome)

    def _commit(self, pieces: Sequence[_Piece]) -> list[Any]:
        """What each returned or raised; if the transaction fails, all of them."""
        outcomes: list[Any] = []
        try:
            with writing(self._engine) as connection:
                for piece in pieces:
                    outcomes.append(_alone(connection, piece.work))
        except Exception as error:  # noqa: BLE001 everybody who waits must hear of it
            return [error] * len(pieces)
        return outcomes


def _alone(connection: Connection, work: Callable[[Connection], Any]) -> Any:
    try:
        with connection.begin_nested():
            return work(connection)
    except Exception as error:  # noqa: BLE001 it is raised where it was asked for
        return error
