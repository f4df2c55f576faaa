"""What boxes and the county server say to each other: the JSON of /api/v1.

Every request but an enrolment is signed with the box's own Ed25519 key (`signed_text`). Its number must be higher
than that of the box's last request, so nothing can be sent twice; it is counted from the milliseconds since 1970 and
needs no right clock. Every text has a length, every list an end: either side may be in strange hands.
"""

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from catalog.box import Answer, Command, Event, Network
from catalog.outbox import Row
from catalog.text import digest

KIOSK, NUMBER, SIGNATURE = "OpenHall-Kiosk", "OpenHall-Number", "OpenHall-Signature"
"""Headers of a signed request: who, how many, and the signature in hexadecimal digits."""
LARGEST_BODY = 1 << 20
LARGEST_PICTURE = 4 << 20
HIGHEST_NUMBER = 1 << 53
MOST_ROWS = 500
PNG = b"\x89PNG\r\n\x1a\n"
ENROL, REPORT, OUTBOX, PICTURE, WAIT = (
    f"/api/v1/{name}" for name in ("enrol", "report", "outbox", "picture", "wait")
)

COLDEST, HOTTEST = -50.0, 200.0
"""°C that a sensor may say and be believed."""

Hex = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
KioskId = Annotated[str, Meta(pattern="^[0-9a-f]{16}$")]
Name = Annotated[str, Meta(min_length=1, max_length=64)]
Line = Annotated[str, Meta(max_length=300)]
Amount = Annotated[int, Meta(ge=0, le=1 << 62)]
Moment = Annotated[datetime, Meta(tz=True)]
Part = Literal["", "ok", "failing", "absent"]
"""How a touch panel or printer is; empty when nobody has looked."""


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    """A box asks to be taken in; see `catalog.enrolment`. `public_key` is Ed25519, raw."""

    name: Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
    public_key: Hex
    proof: Hex


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """Who the box is from now on, and the root that it shall trust if its digest is that of the code."""

    kiosk: KioskId
    name: Name
    group: Annotated[str, Meta(max_length=64)]
    root: bytes


class Vitals(msgspec.Struct, frozen=True, kw_only=True):
    """How the kiosk is: `vitals.json`, which it alone writes, twice a minute.

    `frame` is the 95th percentile of the time a frame took, in milliseconds; `memory` is resident, in bytes.
    `digest` is the edition on the screen. `visited` says that somebody is using the kiosk.
    """

    at: Moment
    started: Moment
    digest: Annotated[str, Meta(max_length=64)] = ""
    frame: Annotated[float, Meta(ge=0, le=1e6)] = 0.0
    memory: Amount = 0
    touch: Part = ""
    printer: Part = ""
    visited: bool = False
    errors: Annotated[tuple[Line, ...], Meta(max_length=5)] = ()


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """How the box's hardware is; None where it does not say. `heat` is that of its hottest part, in °C.

    `worn` is how much of its flash memory's life is used, in hundredths, rounded up to tens (JEDEC eMMC 5.0,
    DEVICE_LIFE_TIME_EST), `underpowered` whether the supply was too weak since the machine started.
    """

    heat: Annotated[float, Meta(ge=COLDEST, le=HOTTEST)] | None = None
    worn: Annotated[int, Meta(ge=0, le=2550)] | None = None
    underpowered: bool | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A heartbeat. `digest` is the edition that the box verified and shows, `confirmed` when it last knew that this
    is what it should show; `bad` are digests that it fell back from, `failures` how often its window lately failed.
    `newest` is the highest edition number that it was ever offered, shown or not. `waiting` says that rows of its
    outbox were not taken yet. `uptime` of the machine in seconds, `disk_free` in bytes.
    """

    at: Moment
    program: Annotated[str, Meta(max_length=32)]
    edition: Amount = 0
    newest: Amount = 0
    digest: Annotated[str, Meta(max_length=64)] = ""
    confirmed: Moment | None = None
    network: Network = "ok"
    event: Event = ""
    error: Line = ""
    probation: Annotated[str, Meta(max_length=64)] = ""
    failures: Amount = 0
    bad: Annotated[tuple[Hex, ...], Meta(max_length=16)] = ()
    uptime: Annotated[float, Meta(ge=0, le=1e12)] = 0.0
    disk_free: Amount = 0
    waiting: bool = False
    machine: Machine = Machine()
    vitals: Vitals | None = None
    answers: Annotated[tuple[Answer, ...], Meta(max_length=64)] = ()


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """The county's answer to a report: the time there, the box's name and group, and what is asked of it."""

    at: Moment
    name: Name
    group: Annotated[str, Meta(max_length=64)] = ""
    commands: Annotated[tuple[Command, ...], Meta(max_length=32)] = ()


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of the outbox file with the number `outbox`."""

    outbox: Amount
    rows: Annotated[tuple[Row, ...], Meta(max_length=MOST_ROWS)]


class Delivered(msgspec.Struct, frozen=True, kw_only=True):
    """`delivered.json`, which sync writes: up to which sequence of each kind the county has the rows of the outbox file
    with the number `outbox`. The kiosk may let go of them when it needs the room.
    """

    outbox: Amount
    sequences: dict[str, Amount]


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """The delivery is the county's now, `refused` rows too, which it would refuse again."""

    kept: int
    known: int
    refused: int


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why a request was not accepted. `number` is the last one accepted, when the request's was not higher."""

    error: Line
    number: Amount = 0


def signed_text(method: str, path: str, kiosk: str, number: int, body: bytes) -> bytes:
    """What a box signs."""
    return "\n".join(("openhall-1", method, path, kiosk, str(number), digest(body))).encode()


def vitals_path(state: Path) -> Path:
    return state / "vitals.json"


def delivered_path(state: Path) -> Path:
    return state / "delivered.json"


def is_kiosk_id(text: str) -> bool:
    return re.fullmatch("[0-9a-f]{16}", text) is not None
