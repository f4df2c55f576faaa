"""One talk with the county: how the box is, what the kiosk answered, what is asked of it, and the outbox.

None of it decides what is shown: that only a signature can. A box that was not taken in has nothing to say.
"""

import shutil
import sqlite3
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from catalog import fleet
from catalog.box import Answer, Outcome, read_active, read_life, read_status, screen_path
from catalog.edition import PROGRAM_VERSION, Damaged
from catalog.fleet import Heard, Report, Vitals, vitals_path
from catalog.store import Store
from catalog.text import encode
from sync import orders, outbox
from sync.api import Api, Turned
from sync.errors import SyncError
from sync.identity import Identity, keep_identity, read_identity
from sync.machine import machine
from sync.marks import Marks
from sync.memory import Memory
from sync.settings import Settings


@dataclass(frozen=True, slots=True)
class Talk:
    """What came of it: rows delivered, commands received, or the error."""

    rows: int = 0
    commands: int = 0
    error: SyncError | None = None


def talk(
    state: Path, settings: Settings, kinds: Collection[str], clock: Callable[[], datetime]
) -> Talk | None:
    """Talk to the county, and deliver rows of these kinds; None when this box was not taken in.

    Raises OSError when the state folder cannot be written.
    """
    identity = read_identity(state)
    if identity is None:
        return None
    try:
        with closing(Memory(state / "state.db")) as memory, closing(Api(identity, memory, settings)) as api:
            heard = _report(state, api, memory, (), clock)
            ahead = clock() - heard.at
            if own := orders.keep(state, heard.commands, ahead, clock()):
                outcome: Outcome = "done" if _is_genuine(state) else "unfit"
                said = [Answer(id=command.id, outcome=outcome, at=clock()) for command in own]
                _report(state, api, memory, said, clock)
            _be_called(state, identity, heard)
            return Talk(outbox.deliver(state, memory, api, kinds), len(heard.commands))
    except SyncError as error:
        return Talk(error=error)


def _is_genuine(state: Path) -> bool:
    """Look the shown edition through, every byte of it."""
    active = read_active(state)
    if active is None:
        return False
    try:
        with closing(Store.open(state / active.file)) as store:
            store.verify()
            return store.edition_digest == active.digest
    except (Damaged, sqlite3.Error):
        return False


def _report(
    state: Path, api: Api, memory: Memory, own: Sequence[Answer], clock: Callable[[], datetime]
) -> Heard:
    answers, picture = orders.answered(state)
    if picture:
        _send_picture(state, api)
    with closing(Marks(state / "state.db")) as marks:
        newest = marks.newest()
    said = replace(report(state, clock(), [*answers, *own], outbox.is_waiting(state, memory)), newest=newest)
    heard = api.ask(fleet.REPORT, encode(said), Heard)
    orders.clear(state, answers, clock())
    return heard


def report(state: Path, now: datetime, answers: Sequence[Answer], waiting: bool) -> Report:
    """How the box is."""
    active, status, life = read_active(state), read_status(state), read_life(state)
    said = Report(
        at=now,
        program=str(PROGRAM_VERSION),
        uptime=time.clock_gettime(time.CLOCK_BOOTTIME),
        disk_free=shutil.disk_usage(state).free,
        waiting=waiting,
        machine=machine(),
        vitals=_vitals(state),
        failures=len(life.failures) if life else 0,
        answers=tuple(answers[:64]),
    )
    if active:
        said = replace(said, edition=active.edition, digest=active.digest)
    if status:
        said = replace(
            said,
            confirmed=status.confirmed,
            network=status.network,
            event=status.event,
            error=status.error[:300],
            probation=status.probation,
            bad=status.rejected[:16],
        )
    return said


def _vitals(state: Path) -> Vitals | None:
    try:
        return msgspec.json.decode(vitals_path(state).read_bytes(), type=Vitals)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _send_picture(state: Path, api: Api) -> None:
    """Send the picture that was asked for; one that is gone or too large is let go."""
    try:
        picture = screen_path(state).read_bytes()
    except OSError:
        return
    if len(picture) <= fleet.LARGEST_PICTURE:
        with suppress(Turned):  # nobody waits for it any more
            api.ask(fleet.PICTURE, picture, type(None))


def _be_called(state: Path, identity: Identity, heard: Heard) -> None:
    if (identity.name, identity.group) != (heard.name, heard.group):
        keep_identity(state, replace(identity, name=heard.name, group=heard.group))
