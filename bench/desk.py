"""The desk under load: 10,000 records, 50 clerks at once, publishing, and a flood of wrong passwords.

The server is a process of its own, and so are the clerks and the flood, all on this machine. A clerk asks for a list,
a search or a form every five seconds. Shorter and smaller: `python -m bench.desk --records 500 --seconds 5`.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import psutil
import requests
from sqlalchemy import Engine, update

from bench.varied import varied
from catalog.importing.reading import read_files
from catalog.records import PublicService
from county import revisions
from county.__main__ import main as county
from county.accounts.people import add_person, new_password
from county.accounts.sessions import csrf_token, open_session
from county.database.accounts import person
from county.database.engine import open_database, writing
from county.settings import read_settings

SAMPLE = Path(__file__).parent.parent / "assets" / "sample"
CLERKS, PAUSE = 50, 5.0
PAGE_LIMIT, PUBLISH_LIMIT, LOGIN_LIMIT = 0.3, 5.0, 1.0
"""Seconds: p95 of pages, publishing, p95 of others' sign-ins during a flood."""

GROWTH_LIMIT = 200
"""MB that the server may grow by during the floods."""


def main() -> int:
    """Prints the measurements. Returns 1 when one missed its limit."""
    options = _options()
    with TemporaryDirectory() as folder:
        state = Path(folder)
        engine, clerks = _found(state, options.records)
        published = _publish(state)
        with _serving(state) as (address, server):
            slow = _pages(address, _sessions(engine, clerks), options.seconds)
            before = server.memory_info().rss
            slow += [_flood(address, clerks, options.tries, options.flood, sort) for sort in ("one", "many")]
            growth = (server.memory_info().rss - before) / 1e6
        engine.dispose()
    print(f"memory of the server after both floods: {growth:+.0f} MB, limit {GROWTH_LIMIT}")
    return int(any(slow) or published > PUBLISH_LIMIT or growth > GROWTH_LIMIT)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.desk")
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=60, help="how long the clerks work")
    parser.add_argument("--tries", type=int, default=10_000, help="wrong passwords in each flood")
    parser.add_argument("--flood", type=float, default=60, help="seconds that a flood takes")
    return parser.parse_args()


def _found(state: Path, count: int) -> tuple[Engine, dict[str, tuple[str, str]]]:
    """A county of so many records, and its clerks: name → password and a record of the clerk's office."""
    _county(state, "init", "--title", "测试县")
    records = list(varied(read_files([SAMPLE]).records, count))
    services = [record for record in records if isinstance(record, PublicService)]
    engine = open_database(read_settings(state).database_url)
    now, clerks = datetime.now(UTC), dict[str, tuple[str, str]]()
    with writing(engine) as connection:
        changes = [revisions.Change.to(record) for record in records]
        numbers = revisions.add_drafts(connection, changes, "bench", now)
        revisions.approve_founding(connection, numbers, "bench", now)
        for number in range(CLERKS):
            service, password = services[number * len(services) // CLERKS], new_password()
            clerks[f"clerk-{number}"] = (password, service.id)
            office = service.competent_authority
            add_person(connection, f"clerk-{number}", ["clerk"], password, "bench", now, office)
        connection.execute(update(person).values(one_time=False))
    print(f"{len(records):,} records, {len(services):,} services, {len(clerks)} clerks")
    return engine, clerks


def _sessions(engine: Engine, clerks: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    with writing(engine) as connection:
        return [
            {"token": open_session(connection, name, True, datetime.now(UTC)), "record": record}
            for name, (_, record) in clerks.items()
        ]


def _publish(state: Path) -> float:
    """Build, sign and publish; the seconds that publishing took."""
    seconds: dict[str, float] = {}
    for command in (["build"], ["sign", "--yes"], ["publish"]):
        begun = time.monotonic()
        _county(state, *command)
        seconds[command[0]] = time.monotonic() - begun
    print("  ".join(f"{name} {spent:.2f} s" for name, spent in seconds.items()), f"(limit {PUBLISH_LIMIT} s)")
    return seconds["publish"]


def _county(state: Path, *arguments: str) -> None:
    with redirect_stdout(StringIO()) as said:
        code = county([arguments[0], "--state", str(state), *arguments[1:]])
    if code:
        raise SystemExit(f"county {arguments[0]}: {said.getvalue()}")


@contextmanager
def _serving(state: Path) -> Iterator[tuple[str, psutil.Process]]:
    command = [
        sys.executable,
        "-m",
        "county",
        "serve",
        "--state",
        str(state),
        "--port",
        "0",
        "--demonstration",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        line = next(line for line in server.stdout if "/admin/" in line)
        try:
            yield line[line.index("http") : line.index("/admin/")], psutil.Process(server.pid)
        finally:
            server.terminate()
            server.communicate()


def _pages(address: str, sessions: list[dict[str, str]], seconds: float) -> list[bool]:
    """The clerks' pages; whether each was too slow."""
    command = [sys.executable, "-m", "bench.clerks", address, str(seconds), str(PAUSE)]
    done = subprocess.run(command, input=json.dumps(sessions), stdout=subprocess.PIPE, text=True, check=True)
    taken: dict[str, list[float]] = json.loads(done.stdout)
    for page, spent in taken.items():
        middle, slow = _share(spent, 0.5), _share(spent, 0.95)
        print(f"{page:<8}{len(spent):>6} requests  median {middle:>4.0f} ms  p95 {slow:>4.0f} ms")
    print(f"limit for p95: {PAGE_LIMIT * 1000:.0f} ms")
    return [_share(spent, 0.95) > PAGE_LIMIT * 1000 for spent in taken.values()]


def _flood(address: str, clerks: dict[str, tuple[str, str]], tries: int, seconds: float, sort: str) -> bool:
    """A flood while clerks whose browsers are known sign in; whether they waited too long."""
    over, waited = Event(), list[float]()
    known = {name: _sign_in(address, name, clerks[name][0], "")[1] for name in list(clerks)[:10]}

    def others() -> None:
        while not over.wait(0.5):
            name = list(known)[len(waited) % len(known)]
            waited.append(_sign_in(address, name, clerks[name][0], known[name])[0])

    thread = Thread(target=others)
    thread.start()
    command = [sys.executable, "-m", "bench.flood", address, str(tries), str(seconds), sort]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    over.set()
    thread.join()
    said, slow = json.loads(done.stdout), _share(waited, 0.95)
    where = {"one": "one address", "many": "as many addresses"}[sort]
    print(f"{tries:,} wrong passwords from {where} in {said['seconds']:.0f} s, answered {said['statuses']}")
    print(f"  others: {len(waited)} sign-ins, p95 {slow:.0f} ms, limit {LOGIN_LIMIT * 1000:.0f} ms")
    return slow > LOGIN_LIMIT * 1000


def _sign_in(address: str, name: str, password: str, kept: str) -> tuple[float, str]:
    """Seconds until a clerk is in, and what the browser keeps of it."""
    token = "S" * 43
    begun = time.monotonic()
    answer = requests.post(
        f"{address}/admin/login",
        {"csrftoken": csrf_token(token), "name": name, "password": password},
        cookies={"openhall-desk": token, "openhall-device": kept},
        headers={"Origin": address, "X-Forwarded-For": "192.0.2.9"},
        allow_redirects=False,
        timeout=120,
    )
    if answer.status_code != 303:
        raise SystemExit(f"{name} cannot sign in: {answer.status_code}")
    return time.monotonic() - begun, answer.cookies.get("openhall-device", "") or kept


def _share(seconds: Sequence[float], share: float) -> float:
    """Milliseconds that this share of the measurements stays below."""
    return sorted(seconds)[min(len(seconds) - 1, int(share * len(seconds)))] * 1000


if __name__ == "__main__":
    sys.exit(main())
