"""What can go wrong in a sync, by what has to happen next. Whatever it is, the kiosk keeps its edition."""

import errno
import sqlite3
from typing import ClassVar

from catalog.box import Event, Network


class SyncError(Exception):
    """An attempt failed; `network` and `event` are what the status file says about it."""

    network: ClassVar[Network]
    usual: ClassVar[Event]

    def __init__(self, message: str, event: Event = "") -> None:
        super().__init__(message)
        self.event: Event = event or self.usual


class Unreachable(SyncError):
    """The county server did not answer as it should: wait and try again."""

    network, usual = "unreachable", "unreachable"


class Untrusted(SyncError):
    """What the county server offers is not what the county signed: tell a person."""

    network, usual = "untrusted", "mismatch"


class Misdated(SyncError):
    """This box's clock is far ahead of the county's, so every signature looks too old: set the clock."""

    network, usual = "clock", "clock"


class Unfit(SyncError):
    """The edition needs a newer program: report the program's age."""

    network, usual = "unfit", "needs_upgrade"


class Unstorable(SyncError):
    """The box could not write what it fetched, or a file of its own is unusable: tell a person, try again."""

    network, usual = "ok", "storage"


def unstorable(error: OSError | sqlite3.Error, about: object = "") -> Unstorable:
    """The error of a disk, in our words."""
    message = f"{about}: {error}" if about else str(error)
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.ENOSPC, errno.EDQUOT) or "disk is full" in message:
        return Unstorable(message, "storage_full")
    if number == errno.EROFS or "readonly" in message:
        return Unstorable(message, "storage_readonly")
    return Unstorable(message)


def reason(error: BaseException) -> str:
    """What went wrong first, without the layers that passed it on."""
    while inner := error.__cause__ or error.__context__:
        error = inner
    return str(error).strip() or type(error).__name__
