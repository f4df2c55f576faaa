"""Rings: which edition a box may take while an edition spreads. Pure.

A plan is signed by the county's server, not by people: it can hold boxes back and nothing else, for whatever it
says, a box takes only what people signed, and never goes back. A box keeps its place for good, since it is drawn from
its id; so the boxes of a small ring are in every larger one.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from catalog.fleet import Moment
from catalog.text import digest

TARGET = "rings/plan.json"
"""The path of the plan in the signed metadata; the plan itself stands beside it as `custom`."""


class Ring(msgspec.Struct, frozen=True, kw_only=True):
    """Boxes of `group`, and so many percent of all, may take `edition` from `not_before` on, and none after it."""

    name: str
    edition: int
    percent: int = 0
    group: str = ""
    not_before: Moment | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A box belongs to the first ring that has it. Boxes of no ring take the newest edition."""

    rings: tuple[Ring, ...] = ()


def place(kiosk: str) -> float:
    """Where a box stands among all, in percent: at least 0, below 100."""
    return int(digest(b"ring " + kiosk.encode())[:8], 16) / 2**32 * 100


def ring_of(rings: Iterable[Ring], kiosk: str, group: str) -> Ring | None:
    """The first ring that has this box."""
    for ring in rings:
        if place(kiosk) < ring.percent or (ring.group and ring.group == group):
            return ring
    return None


def newest_allowed(plan: Plan, kiosk: str, group: str, now: datetime) -> int | None:
    """The highest edition that a box may take; None when it may take any."""
    ring = ring_of(plan.rings, kiosk, group)
    if ring is None:
        return None
    early = ring.not_before is not None and now < ring.not_before
    return ring.edition - 1 if early else ring.edition


def read_plan(custom: object) -> Plan:
    """The plan in the metadata. Raises msgspec.ValidationError."""
    return msgspec.convert(custom, Plan)
