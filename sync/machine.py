"""How the box's hardware is, as its kernel says below /sys, so that somebody comes before it fails."""

from collections.abc import Iterator
from pathlib import Path

from catalog.fleet import COLDEST, HOTTEST, Machine

TENTH = 10


def machine(sysfs: Path = Path("/sys")) -> Machine:
    """What there is to know. Nothing raises: a sensor that cannot be read is one that is not there."""
    heat = [number / 1000 for number in _numbers(sysfs, "class/thermal/thermal_zone*/temp")]
    worn = [TENTH * number for number in _numbers(sysfs, "block/mmcblk*/device/life_time") if number > 0]
    weak = [number > 0 for number in _numbers(sysfs, "class/hwmon/hwmon*/in*_lcrit_alarm")]
    return Machine(
        heat=max((degrees for degrees in heat if COLDEST <= degrees <= HOTTEST), default=None),
        worn=max(worn, default=None),
        underpowered=any(weak) if weak else None,
    )


def _numbers(sysfs: Path, pattern: str) -> Iterator[int]:
    for path in sysfs.glob(pattern):
        try:
            yield from [int(word, 0) for word in path.read_text().split()]
        except (OSError, ValueError):
            continue
