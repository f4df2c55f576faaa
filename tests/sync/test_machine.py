"""F26: heat, worn storage and a weak supply, from trees like those of real machines below /sys."""

from pathlib import Path

import pytest

from catalog.fleet import Machine
from sync.machine import machine


def _tree(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


ZONE, FLASH, SUPPLY = "class/thermal/thermal_zone", "block/mmcblk0/device/life_time", "class/hwmon/hwmon1"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, Machine()),
        ({f"{ZONE}0/temp": "41000\n", f"{ZONE}1/temp": "86500\n"}, Machine(heat=86.5)),
        ({f"{ZONE}0/temp": "-274000\n", f"{ZONE}1/temp": "nothing\n"}, Machine()),
        ({FLASH: "0x01 0x09\n"}, Machine(worn=90)),
        ({FLASH: "0x0b 0x01\n"}, Machine(worn=110)),
        ({FLASH: "0x00 0x00\n"}, Machine()),
        ({f"{SUPPLY}/in0_lcrit_alarm": "0\n"}, Machine(underpowered=False)),
        ({f"{SUPPLY}/in0_lcrit_alarm": "1\n", f"{SUPPLY}/name": "rpi_volt\n"}, Machine(underpowered=True)),
    ],
)
def test_what_the_kernel_says(tmp_path: Path, files: dict[str, str], expected: Machine) -> None:
    assert machine(_tree(tmp_path, files)) == expected


def test_this_machine_says_something_or_nothing() -> None:
    assert isinstance(machine(), Machine)
