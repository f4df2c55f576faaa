"""Runs every measurement in a process of its own and writes docs/benchmarks.md."""

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
    parts = [f"# Benchmarks\n\nWritten by `make bench` on {date.today()}, {_machine()}.\n"]
    failed = False
    for name, title in MEASUREMENTS.items():
        command = [sys.executable, "-m", f"bench.{name}"]
        print(f"== {title}", flush=True)
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        print(done.stdout, flush=True)
        failed |= done.returncode != 0
        parts.append(f"\n## {title}\n\n`python -m bench.{name}`\n\n```\n{done.stdout.strip()}\n```\n")
    REPORT.write_text("".join(parts))
    return int(failed)


def _machine() -> str:
    model = next(
        (line for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line), ":"
    )
    cores = len([line for line in Path("/proc/cpuinfo").read_text().splitlines() if "processor" in line])
    return f"{cores} cores ({model.split(':')[1].strip()}), Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
