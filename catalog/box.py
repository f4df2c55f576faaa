"""The files that the sync program and the kiosk share on one box.

Each has one writer, sync, and is replaced by rename, so a reader sees the old or the new one, never a half. The
kiosk writes `requests/sync`: an empty file whose time of change says when its staff last asked for a look.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

Network = Literal["ok", "unreachable", "untrusted", "unfit"]


class Active(msgspec.Struct, frozen=True, kw_only=True):
    """The pointer `active.json`: which edition is shown. `file` is relative to the state folder."""

    edition: int
    digest: str
    file: str
    activated: datetime


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """`status.json`: when sync last tried, when it last knew the county's newest edition, and what went wrong."""

    tried: datetime
    confirmed: datetime | None = None
    network: Network = "ok"
    error: str = ""


T = TypeVar("T", Active, Status)


def default_state() -> Path:
    """The box's state folder when none is given: in the user's data folder."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "openhall" / "box"


def active_path(state: Path) -> Path:
    return state / "active.json"


def status_path(state: Path) -> Path:
    return state / "status.json"


def sync_request_path(state: Path) -> Path:
    return state / "requests" / "sync"


def read_active(state: Path) -> Active | None:
    """The active edition, or None when there is none yet."""
    return _read(active_path(state), Active)


def read_status(state: Path) -> Status | None:
    """The last status, or None."""
    return _read(status_path(state), Status)


def _read(path: Path, struct: type[T]) -> T | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=struct)
    except (OSError, ValueError):
        return None
