"""How far an edition may spread, from what the kiosks of its rings say of themselves. Pure.

A kiosk is failing when it went back from the edition, cannot take it, or has been silent since it took it. When too
many are, nobody else gets the edition: whoever has it already falls back by itself or keeps it, for no box goes back
to an older edition because of a plan.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from catalog.fleet import Report
from catalog.rings import Plan, Ring

ENOUGH = 0.8
"""Of the kiosks of a ring that can be heard, so many must have proven the edition before it spreads further."""
TOO_MANY = 3
TOO_LARGE = 0.2
"""So many failing kiosks, or such a part of those that could have taken the edition, and it is halted."""
SILENT = timedelta(minutes=5)
HEARD = timedelta(minutes=10)
"""A kiosk that was silent longer before the edition came says nothing about it."""
LONG_ENOUGH = timedelta(minutes=30)
"""After this time an edition that is shown is proven, though no watchdog ended its probation."""
BROKEN = {"mismatch", "malformed", "oversized", "signed_twice", "needs_upgrade"}
"""What a box says (`catalog.box.Event`) when it cannot take an edition that was put before it."""

Verdict = Literal["stay", "on", "halt"]


@dataclass(frozen=True, slots=True)
class Stage:
    """A ring as it is configured; `minutes` is how long an edition stays in it at least."""

    name: str
    percent: int
    minutes: int
    group: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """A kiosk that may take the edition: when it was last heard, and what it said then."""

    id: str
    seen: datetime | None
    report: Report | None


def plan(stages: Sequence[Stage], place: int, edition: int, before: int, halted: bool = False) -> Plan:
    """The signed plan while the stages up to `place` may take `edition` and the rest stays at `before`."""
    rings = [
        Ring(
            name=stage.name,
            percent=stage.percent,
            group=stage.group,
            edition=edition if number <= place and not halted else before,
        )
        for number, stage in enumerate(stages)
    ]
    return Plan(rings=(*rings, Ring(name="rest", percent=100, edition=before)))


def failing(witness: Witness, digest: str, since: datetime, now: datetime) -> str:
    """Why a kiosk speaks against the edition with this digest, which it may take since then; empty if it does not."""
    said = witness.report
    if said is None or witness.seen is None:
        return ""
    if digest in said.bad:
        return "fell back"
    if said.digest == digest and now - witness.seen > SILENT:
        return "silent since it took it"
    if witness.seen >= since and said.event in BROKEN:
        return said.event
    return ""


def verdict(
    witnesses: Iterable[Witness], digest: str, minutes: int, since: datetime, now: datetime
) -> tuple[Verdict, str]:
    """Whether the edition stays in its ring, goes on, or is halted; and why it is halted."""
    heard = [w for w in witnesses if w.seen is not None and w.seen > since - HEARD]
    against = [(w.id, why) for w in heard if (why := failing(w, digest, since, now))]
    if against and (len(against) >= TOO_MANY or len(against) >= TOO_LARGE * len(heard)):
        named = "; ".join(f"{kiosk}: {why}" for kiosk, why in against[:3])
        return "halt", f"{len(against)} of {len(heard)} kiosks: {named}"[:300]
    proven = sum(_has_proven(w, digest, since, now) for w in heard)
    over = now - since >= timedelta(minutes=minutes)
    return ("on" if over and proven >= ENOUGH * len(heard) else "stay"), ""


def _has_proven(witness: Witness, digest: str, since: datetime, now: datetime) -> bool:
    """Whether a kiosk shows the edition and is over its probation (sync/probation.py)."""
    said = witness.report
    if said is None or said.digest != digest:
        return False
    return said.probation != digest or now - since >= LONG_ENOUGH
