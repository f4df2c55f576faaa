"""What can go wrong in a sync, by what has to happen next. Whatever it is, the kiosk keeps its edition."""

from typing import ClassVar

from catalog.box import Network


class SyncError(Exception):
    """An attempt failed; `network` is what the status file says about it."""

    network: ClassVar[Network]


class Unreachable(SyncError):
    """The county server did not answer as it should: wait and try again."""

    network = "unreachable"


class Untrusted(SyncError):
    """What the county server offers is not what the county signed: tell a person."""

    network = "untrusted"


class Unfit(SyncError):
    """The edition needs a newer program: report the program's age."""

    network = "unfit"


class Unstorable(SyncError):
    """The box could not write what it fetched, or a file of its own is unusable: tell a person, try again."""

    network = "ok"
