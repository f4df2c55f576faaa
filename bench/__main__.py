"""Runs measurements, each in a process of its own, and writes what they print into docs/benchmarks.md.

`python -m bench [NAME ...]`: those named, or all; the others' results stay as they were.
"""

import argparse
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

MEASUREMENTS = {
    "importing": "Importing 3,648 directory rows in 85 workbooks",
    "transfer": "What a one-item change moves over the wire",
    "start": "Kiosk start and memory, beside Chromium in kiosk mode",
    "touch": "From the finger to the first changed pixel, beside Chromium",
    "typing": "From a key of the search pad to the changed list",
    "reader": "A long regulation, beside Chromium with the same text",
    "search": "Search",
    "walks": "10,000 random walks through every guided flow: engine, phone page and printed sheet",
    "desk": "The desk: 10,000 records, 50 clerks at once, publishing, floods of wrong passwords",
    "killed": "Kiosk killed 200 times below its watchdog",
    "delivery": "100,000 rows of an outbox, answers lost, both sides killed",
    "polling": "What one server carries: looks, waiting kiosks, heartbeats",
    "fleet": "500 kiosks: one publish, a poisoned edition, an emergency",
    "urgent": "From the signing of an emergency to the screen",
    "soak": "20,000 screen changes and 200,000 touches",
}
REPORT = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def main() -> int:
    """Returns 1 when a measurement missed its limit."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", choices=[[], *MEASUREMENTS], metavar="NAME", help=", ".join(MEASUREMENTS)
    )
    chosen = parser.parse_args().names or list(MEASUREMENTS)
    failed = False
    for name in chosen:
        print(f"== {MEASUREMENTS[name]}", flush=True)
        command = [sys.executable, "-m", f"bench.{name}"]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        print(done.stdout, flush=True)
        failed |= done.returncode != 0
        known = _sections() | {name: f"{_when()}\n\n```\n{done.stdout.strip()}\n```"}
        REPORT.write_text(
            "# Benchmarks\n\nWritten by `make bench`.\n" + "".join(_section(n, known) for n in MEASUREMENTS)
        )
    return int(failed)


def _sections() -> dict[str, str]:
    """Name → what the report says of it so far."""
    parts = REPORT.read_text().split("\n## ")[1:] if REPORT.exists() else []
    said = {part.splitlines()[0]: part.split("\n", 4)[-1] for part in parts}
    return {name: said[title].strip() for name, title in MEASUREMENTS.items() if title in said}


def _section(name: str, known: dict[str, str]) -> str:
    return (
        f"\n## {MEASUREMENTS[name]}\n\n`python -m bench.{name}`\n\n{known.get(name, 'Not measured yet.')}\n"
    )


def _when() -> str:
    return f"{date.today()}, {_machine()}:"


def _machine() -> str:
    model = next(
        (line for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line), ":"
    )
    cores = len([line for line in Path("/proc/cpuinfo").read_text().splitlines() if "processor" in line])
    return f"{cores} cores ({model.split(':')[1].strip()}), Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
