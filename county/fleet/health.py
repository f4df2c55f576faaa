"""How a kiosk is, from its newest heartbeat and from when it came. Pure.

Every symptom has two limits: where it begins, and the easier one where it ends, so that a value on the edge does not
raise one alert after another.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from catalog.fleet import Report

Level = Literal["ok", "warning", "trouble", "resting"]

SILENT = (timedelta(minutes=5), timedelta(minutes=2))
CLOCK = (timedelta(minutes=5), timedelta(minutes=2))
DISK = (500 << 20, 1 << 30)
"""Bytes free."""
FRAME = (100.0, 50.0)
"""Milliseconds that a frame takes."""
HEAT = (85.0, 75.0)
"""°C of the hottest part; processors slow down at 85 to 100."""
WORN = (80, 80)
"""Hundredths of the storage's life."""
BEHIND = timedelta(minutes=30)
"""So long a kiosk may take to show what it may."""
UNCONFIRMED = (timedelta(hours=24), timedelta(hours=1))
TROUBLE = {"silent", "foreign", "untrusted", "failing", "storage"}
"""Symptoms for which somebody should go there today."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: edition → digest; `newest` is the edition that this kiosk may take since `since`."""

    digests: Mapping[int, str]
    newest: int = 0
    since: datetime | None = None


def symptoms(
    seen: datetime | None, said: Report | None, published: Published, known: Collection[str], now: datetime
) -> dict[str, str]:
    """Code → detail of everything that is wrong; `known` are the codes that were already.

    The codes are keys of the desk's words, `fleet.alert-<code>`.
    """

    def beyond(code: str, value: float, limits: tuple[float, float]) -> bool:
        return value > limits[code in known]

    found: dict[str, str] = {}
    if said is None or seen is None:
        return found
    silence = (now - seen).total_seconds()
    if beyond("silent", silence, _seconds(SILENT)):
        return {"silent": f"{int(silence // 60)} min"}
    ahead = (said.at - seen).total_seconds()
    if beyond("clock", abs(ahead), _seconds(CLOCK)):
        found["clock"] = f"{ahead:+.0f} s"
    if beyond("disk", -said.disk_free, (-DISK[0], -DISK[1])):
        found["disk"] = f"{said.disk_free >> 20} MB"
    if said.vitals and beyond("slow", said.vitals.frame, FRAME):
        found["slow"] = f"{said.vitals.frame:.0f} ms"
    unconfirmed = (said.at - (said.confirmed or said.at)).total_seconds()
    if beyond("unconfirmed", unconfirmed, _seconds(UNCONFIRMED)):
        found["unconfirmed"] = f"{int(unconfirmed // 3600)} h"
    if said.machine.heat is not None and beyond("hot", said.machine.heat, HEAT):
        found["hot"] = f"{said.machine.heat:.0f} °C"
    if said.machine.worn is not None and beyond("worn", said.machine.worn, WORN):
        found["worn"] = f"{said.machine.worn} %"
    if said.machine.underpowered:
        found["underpowered"] = ""
    return found | _of_edition(said, published, now) | _of_parts(said)


def level(state: str, seen: datetime | None, found: Collection[str]) -> Level:
    """One word for all symptoms; a kiosk that is not in service rests."""
    if state != "in service" or seen is None:
        return "resting"
    if TROUBLE.intersection(found):
        return "trouble"
    return "warning" if found else "ok"


def _of_edition(said: Report, published: Published, now: datetime) -> dict[str, str]:
    found: dict[str, str] = {}
    known = published.digests.get(said.edition)
    if said.digest and known != said.digest:
        found["foreign"] = f"{said.edition} {said.digest[:12]}"
    elif published.since and said.edition < published.newest and now - published.since > BEHIND:
        found["behind"] = f"{said.edition} < {published.newest}"
    if said.bad:
        found["fell-back"] = ", ".join(digest[:12] for digest in said.bad[:3])
    if said.network in ("untrusted", "unfit", "clock"):
        found["untrusted" if said.network == "untrusted" else said.network] = said.event or said.error[:80]
    if said.event.startswith("storage"):
        found["storage"] = said.event
    return found


def _of_parts(said: Report) -> dict[str, str]:
    found = {"failing": str(said.failures)} if said.failures >= 2 else {}
    parts = {"touch": said.vitals.touch, "printer": said.vitals.printer} if said.vitals else {}
    return found | {name: "failing" for name, part in parts.items() if part == "failing"}


def _seconds(limits: tuple[timedelta, timedelta]) -> tuple[float, float]:
    return limits[0].total_seconds(), limits[1].total_seconds()
