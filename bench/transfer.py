"""What one corrected phone number moves over the wire, from the workbook to the kiosk's box.

The real programs run: county import, build, sign, publish and serve, then sync through a proxy that counts every
byte of HTTP in both directions. Once with the demonstration county, once with 5,000 records of its kinds.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from itertools import count, islice
from pathlib import Path

import msgspec
import openpyxl
import requests

from bench.proxy import Proxy
from catalog.importing.reading import read_files
from catalog.records import DisclosureItem, Place, Policy, PublicService, Record
from county import revisions
from county.__main__ import main as county
from county.database.engine import open_database, writing
from county.settings import read_settings
from tools.reviewing import review_drafts

SAMPLE = Path(__file__).parent.parent / "assets" / "sample"
WORKBOOK = SAMPLE / "政务服务事项.xlsx"
LIMIT = 20_000
LARGE = 5_000
COPIED = (PublicService, DisclosureItem, Policy, Place)


def main() -> int:
    """Prints the measurements. Returns 1 when a correction takes more than LIMIT bytes."""
    records = read_files([SAMPLE]).records
    needed = max(0, LARGE - len(records))
    worst = 0
    print(
        f"{'records':>8}  {'first pull':>12}  {'correction':>11}  requests  objects  (bytes, HTTP included)"
    )
    for copies in ([], list(islice(_copies(records), needed))):
        with tempfile.TemporaryDirectory() as folder, _serving(Path(folder), copies) as (state, port, box):
            first = _pull(box, port)
            _correct(state, Path(folder))
            second = _pull(box, port)
        total = len(records) + len(copies)
        print(f"{total:>8,}  {first[0]:>12,}  {second[0]:>11,}  {second[1]:>8}  {second[2]:>7}")
        worst = max(worst, second[0])
    print(f"limit for a correction: {LIMIT:,}")
    return int(worst > LIMIT)


def _copies(records: Sequence[Record]) -> Iterator[Record]:
    """Services, disclosures, policies and places again under new ids, without end."""
    for number in count(1):
        for record in records:
            if isinstance(record, COPIED) and len(record.id) < 80:
                yield msgspec.structs.replace(record, id=f"{record.id}.copy-{number}")


@contextmanager
def _serving(folder: Path, copies: Sequence[Record]) -> Iterator[tuple[Path, int, Path]]:
    """A county with the sample and `copies`, published and served: (its state, the port, a box's state)."""
    state, box = folder / "county", folder / "box"
    _county(state, "init")
    with writing(open_database(read_settings(state).database_url)) as connection:
        changes = [revisions.Change.to(record) for record in copies]
        now = datetime.now(UTC)
        numbers = revisions.add_drafts(connection, changes, "bench", now)
        revisions.approve_founding(connection, numbers, "bench", now)
    _county(state, "import", str(SAMPLE))
    _publish(state)
    subprocess.run(
        [*_sync(box), "trust", str(state / "repository/metadata/1.root.json")],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with Proxy(1) as free:
        port = free.port
    serve = [sys.executable, "-m", "county", "serve", "--state", str(state), "--port", str(port)]
    server = subprocess.Popen(serve, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        yield state, port, box
    finally:
        server.terminate()
        server.wait()


def _correct(state: Path, folder: Path) -> None:
    """Correct the phone number of one service in a copy of the workbook, import it, publish."""
    workbook = openpyxl.load_workbook(WORKBOOK)
    sheet = workbook["事项"]
    column = next(cell.column for cell in sheet[1] if cell.value == "咨询电话")
    sheet.cell(2, column).value = "0000-7654321"
    corrected = folder / WORKBOOK.name
    workbook.save(corrected)
    _county(state, "import", str(corrected))
    review_drafts(state)
    _publish(state)


def _publish(state: Path) -> None:
    _county(state, "build")
    _county(state, "sign", "--yes")
    _county(state, "publish")


def _county(state: Path, command: str, *arguments: str) -> None:
    said = StringIO()
    with redirect_stdout(said):
        code = county([command, "--state", str(state), *arguments])
    if code:
        raise RuntimeError(f"county {command} failed: {said.getvalue()}")


def _pull(box: Path, port: int) -> tuple[int, int, int]:
    """Bytes that passed, requests, objects."""
    with Proxy(port) as proxy:
        url = f"http://127.0.0.1:{proxy.port}/repository/"
        command = [*_sync(box), "--once", "--json", "--url", url]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        report = json.loads(done.stdout)
        counted = report["traffic"]["sent"] + report["traffic"]["received"]
        if counted != proxy.passed:
            raise RuntimeError(f"sync counted {counted} bytes, the proxy {proxy.passed}")
        return proxy.passed, report["traffic"]["requests"], report["outcome"]["objects"]


def _sync(box: Path) -> list[str]:
    return [sys.executable, "-m", "sync", "--state", str(box)]


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            requests.get(url, timeout=1)
            return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise RuntimeError(f"{url} does not answer")


if __name__ == "__main__":
    sys.exit(main())
