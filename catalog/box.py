"""The files that the sync program and the kiosk share on one box.

Each has one writer and is replaced by rename, so a reader sees the old or the new one, never a half. Sync writes the
pointer, the status and `commands/<id>.json`. The kiosk writes `requests/sync`, an empty file whose time of change
says when its staff last asked for a look, `answers/<id>.json` and `screen.png`. The kiosk's watchdog writes
`kiosk.json`.

A command stays until sync has told the county its answer; the answer stays until the command is gone, so that
nothing is done twice, whatever restarts. No command carries words: what can be shown is a record of the signed
edition or a text of the kiosk's own, so that whoever takes over the web server still cannot speak through it.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec

Network = Literal["ok", "unreachable", "untrusted", "unfit", "clock"]
Event = Literal[
    "", "unreachable", "captive_portal", "redirected", "slow", "cut_off", "out_of_time",
    "rollback", "expired", "unsigned", "mismatch", "malformed", "oversized", "signed_twice",
    "clock", "needs_upgrade", "storage", "storage_full", "storage_readonly",
]  # fmt: skip
"""What happened, in one word for whoever watches many kiosks; `rollback` to `signed_twice` are attacks or look so."""
CommandKind = Literal["show", "message", "restart", "screenshot", "verify"]
Message = Literal["", "coming", "closing", "desk"]
"""Texts that the kiosk has by itself: a guide is on the way, the hall closes soon, please come to the guide desk."""
Outcome = Literal["done", "declined", "unfit"]
"""It happened; the visitor said no or its time passed; this kiosk cannot do it, such as show an unknown record."""
CommandId = Annotated[str, msgspec.Meta(pattern="^[0-9a-z]{8,40}$")]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Active(msgspec.Struct, frozen=True, kw_only=True):
    """The pointer `active.json`: which edition is shown. `file` is relative to the state folder.

    `sha256` is the file's, so that damage is noticed before anything is drawn; empty where nobody checks.
    """

    edition: int
    digest: str
    file: str
    activated: datetime
    sha256: str = ""


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """`status.json`: when sync last tried, when it last knew the county's newest edition, and what went wrong.

    `probation` is the digest of an edition that still has to prove itself, `rejected` has those that did not.
    """

    tried: datetime
    confirmed: datetime | None = None
    network: Network = "ok"
    error: str = ""
    event: Event = ""
    probation: str = ""
    rejected: tuple[str, ...] = ()


class Life(msgspec.Struct, frozen=True, kw_only=True):
    """`kiosk.json`: when the window that is alive drew its first frame, how many visits ended since the watchdog
    began, and when windows last failed, oldest first.
    """

    started: datetime | None = None
    visits: int = 0
    failures: tuple[datetime, ...] = ()


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """`commands/<id>.json`: what the county asks for, until `expires`. Sync does `verify` itself, the kiosk the rest.

    `route` is for `show`: first part and id of a page, such as `service/x`. `message` is for `message`.
    """

    id: CommandId
    kind: CommandKind
    sent: Moment
    expires: Moment
    route: Annotated[str, msgspec.Meta(max_length=200)] = ""
    message: Message = ""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """`answers/<id>.json`: what became of the command with this id."""

    id: CommandId
    outcome: Outcome
    at: Moment


T = TypeVar("T", Active, Status, Life, Command, Answer)
C = TypeVar("C", Command, Answer)


def default_state() -> Path:
    """The box's state folder when none is given: in the user's data folder."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "openhall" / "box"


def active_path(state: Path) -> Path:
    return state / "active.json"


def status_path(state: Path) -> Path:
    return state / "status.json"


def life_path(state: Path) -> Path:
    return state / "kiosk.json"


def sync_request_path(state: Path) -> Path:
    return state / "requests" / "sync"


def command_path(state: Path, command: str) -> Path:
    return state / "commands" / f"{command}.json"


def answer_path(state: Path, command: str) -> Path:
    return state / "answers" / f"{command}.json"


def screen_path(state: Path) -> Path:
    """The picture that a `screenshot` asked for, a PNG file."""
    return state / "screen.png"


def read_commands(state: Path) -> tuple[Command, ...]:
    """All commands, in the order in which they were sent. A file of another shape or name is as good as absent."""
    found = _read_all(command_path(state, "*"), Command)
    return tuple(sorted(found, key=lambda command: (command.sent, command.id)))


def read_answers(state: Path) -> tuple[Answer, ...]:
    """All answers, by id. A file of another shape or name is as good as absent."""
    return tuple(_read_all(answer_path(state, "*"), Answer))


def read_active(state: Path) -> Active | None:
    """The active edition, or None when there is none yet."""
    return _read(active_path(state), Active)


def read_status(state: Path) -> Status | None:
    """The last status, or None."""
    return _read(status_path(state), Status)


def read_life(state: Path) -> Life | None:
    """How the kiosk has fared, or None when no watchdog has said so."""
    return _read(life_path(state), Life)


def factory() -> Path:
    """The folder of the edition that comes with the program, laid out as a state folder."""
    return Path(str(files("assets"))) / "factory"


def _read(path: Path, struct: type[T]) -> T | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=struct)
    except (OSError, ValueError):
        return None


def _read_all(pattern: Path, struct: type[C]) -> Iterator[C]:
    for path in sorted(pattern.parent.glob(pattern.name)):
        found = _read(path, struct)
        if found and found.id == path.stem:
            yield found
