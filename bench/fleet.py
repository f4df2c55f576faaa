"""A fleet against a real county server: one publish, a poisoned edition, an emergency.

Each kiosk is a state folder of its own, with an identity of its own, and does what a box does: the real attempt, the
real talk, at the default interval with the default jitter. A few processes take turns being the kiosks, since a
machine of two cores has to be the server and all of them; so an edition here is small, and the folders are in memory,
where 500 kiosks do not wait for one disk. A poisoned edition is one that
brings the kiosk's window down, as its watchdog would write it.

    python -m bench.fleet [--kiosks 500] [--interval 60] [--only poison]
"""

import argparse
import heapq
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Event
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine

from catalog.box import Life, life_path, read_active
from catalog.enrolment import proof
from catalog.fleet import Enrolment
from catalog.outbox import KINDS
from catalog.records import Bulletin, PublicOrganisation, Record
from catalog.settings import load
from catalog.text import encode
from county.building import build
from county.database.engine import writing
from county.editions import Edition
from county.fleet import kiosks, rollouts
from county.fleet.kiosks import Kiosk
from county.fleet.spreading import Stage
from county.fleet.tending import tend
from county.founding import found
from county.publishing import publish
from county.repository import Repository
from county.settings import Settings, read_settings
from county.signing.approval import sign
from county.signing.keys import read_signers
from county.web.admin.shell import Desk
from county.web.app import create_app
from sync.attempt import attempt, trusted_root
from sync.bell import Bell
from sync.identity import Identity, keep_identity, read_identity
from sync.schedule import wait
from sync.settings import Settings as SyncSettings
from sync.talk import talk
from tests.county.catalogue import approve
from tests.web.serving import serving

VERIFIED_WITHIN, HALTED_AT, URGENT_WITHIN = 120.0, 0.05, 5.0
WORKERS = 8
MEMORY = "/dev/shm"
RUNG = 6
"""Kiosks that wait for the bell, each in a process of its own; a kiosk has its own processor, these share two."""
RINGS = [Stage("first", 1, 1), Stage("ten", 10, 1)]


@dataclass(frozen=True)
class Fleet:
    """The county, and where its kiosks keep their state."""

    settings: Settings
    engine: Engine
    boxes: Path
    url: str
    interval: float

    def publish(self, records: Sequence[Record]) -> Edition:
        """Approve, build, sign, publish; as people and the server do."""
        approve(self.engine, list(records))
        edition = build(self.engine, self.settings, "bench", _now(), force=True).edition
        assert edition
        sign(
            self.engine, self.settings, edition, read_signers(self.settings.keys, "targets"), "bench", _now()
        )
        return publish(self.engine, self.settings, "bench", _now()).edition

    def shows(self, number: int) -> int:
        """How many kiosks show this edition or a later one."""
        active = [read_active(box) for box in self.boxes.iterdir()]
        return sum(found is not None and found.edition >= number for found in active)

    @property
    def sync(self) -> SyncSettings:
        """What a box is set to."""
        return load(
            SyncSettings, "sync.toml", repository_url=f"{self.url}repository/", interval=self.interval
        )


def main() -> int:
    """Prints the measurements. Returns 1 when a limit was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.fleet")
    parser.add_argument("--kiosks", type=int, default=500)
    parser.add_argument("--interval", type=float, default=60.0)
    parser.add_argument("--only", choices=["spread", "poison", "emergency"], help="one of the three")
    options = parser.parse_args()
    fine = []
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder, _county(Path(folder), options.interval) as fleet:
        fleet.publish([_office(number) for number in range(30)])
        _take_in(fleet, options.kiosks)
        if options.only in (None, "spread"):
            fine.append(_spread(fleet, options.kiosks))
        if options.only in (None, "poison"):
            fine.append(_poison(fleet, options.kiosks))
    if options.only in ("spread", "poison"):
        return int(not all(fine))
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder, _county(Path(folder), 3600.0) as fleet:
        fleet.publish([_office(number) for number in range(30)])
        _take_in(fleet, RUNG)
        fine.append(_emergency(fleet))
    return int(not all(fine))


def _spread(fleet: Fleet, count: int) -> bool:
    """One publish, no rings, default polling."""
    with _running(fleet, poisoned=""):
        _until(fleet, 1, count, 600)
        number = fleet.publish([_office(1, "changed")]).number
        began = time.monotonic()
        enough = _until(fleet, number, int(0.95 * count + 0.999), 600)
        _until(fleet, number, count, 600)
        everybody = time.monotonic() - began
    print(f"{count} kiosks, one publish, looking every {fleet.interval:.0f} s:")
    print(
        f"  95 % verified after {enough:.0f} s (limit {VERIFIED_WITHIN:.0f} s), all after {everybody:.0f} s"
    )
    return enough <= VERIFIED_WITHIN


def _poison(fleet: Fleet, count: int) -> bool:
    """An edition that brings windows down, in rings."""
    with writing(fleet.engine) as connection:
        rollouts.set_stages(connection, RINGS, "bench", _now())
    edition = fleet.publish([_office(1, "poison")])
    took: set[str] = set()
    with _running(fleet, poisoned=edition.digest):
        began, state = time.monotonic(), "spreading"
        while state == "spreading" and time.monotonic() - began < 900:
            time.sleep(1)
            took |= _showing(fleet, edition.number)
            tend(fleet.engine, fleet.settings, _now())
            with fleet.engine.connect() as connection:
                current = rollouts.newest(connection)
            state = current.state if current else ""
        elapsed = time.monotonic() - began
        time.sleep(1.3 * fleet.interval)
        took |= _showing(fleet, edition.number)
    share = len(took) / count
    print(
        f"poisoned edition, rings 1 % → 10 % → all: {state} after {elapsed:.0f} s ({current and current.reason})"
    )
    print(f"  {len(took)} of {count} kiosks had ever taken it, {share:.1%} (limit {HALTED_AT:.0%})")
    print(f"  {fleet.shows(edition.number)} still show it; the others are back at the edition before")
    return state == "halted" and share <= HALTED_AT


def _emergency(fleet: Fleet) -> bool:
    """A signed emergency, and boxes that only look once an hour, but listen for the bell."""
    stop = multiprocessing.Event()
    boxes = sorted(fleet.boxes.iterdir())
    listening = [multiprocessing.Process(target=_listen, args=(fleet.sync, box, stop)) for box in boxes]
    for process in listening:
        process.start()
    _until(fleet, 1, RUNG, 120)
    time.sleep(3)  # until everybody waits
    edition = fleet.publish([_emergency_bulletin()])
    signed = time.monotonic()
    times: list[float] = []
    while len(times) < RUNG and time.monotonic() - signed < 60:
        times += [time.monotonic() - signed] * (fleet.shows(edition.number) - len(times))
        time.sleep(0.02)
    stop.set()
    for process in listening:
        process.join()
    worst = sorted(times)[int(0.95 * (len(times) - 1))] if len(times) == RUNG else 60.0
    print(f"emergency, {RUNG} kiosks that look once an hour: p95 {worst:.1f} s after it was published")
    print(f"  (limit {URGENT_WITHIN:.0f} s; all {RUNG} pull and build on this machine at the same moment)")
    return worst <= URGENT_WITHIN


@contextmanager
def _county(folder: Path, interval: float) -> Iterator[Fleet]:
    settings = read_settings(folder / "county", title="测试县")
    engine = found(settings, {}, "bench", _now()).engine
    (folder / "boxes").mkdir()
    with serving(create_app(settings.folder, _now, desk=Desk(engine, settings, _now))) as address:
        yield Fleet(settings, engine, folder / "boxes", f"{address}/", interval)
    engine.dispose()


def _take_in(fleet: Fleet, count: int) -> None:
    """Enrol so many kiosks without the network, which lets in one a second only."""
    data = Repository(fleet.settings.repository).metadata("1.root.json").read_bytes()
    with writing(fleet.engine) as connection:
        for number in range(count):
            box = fleet.boxes / f"{number:05d}"
            box.mkdir()
            place = Kiosk("", f"{number}", "", "", "", "")
            code = kiosks.make_code(connection, place, (1, data), "bench", _now(), os.urandom)
            key = Ed25519PrivateKey.generate()
            public = key.public_key().public_bytes_raw().hex()
            asked = Enrolment(name=code.name, public_key=public, proof=proof(code.key, public))
            kiosk, _ = kiosks.enrol(connection, asked, os.urandom(8).hex(), _now())
            secret = key.private_bytes_raw().hex()
            keep_identity(box, Identity(county=fleet.url, key=secret, kiosk=kiosk.id))
            (box / "root.json").write_bytes(data)


@contextmanager
def _running(fleet: Fleet, poisoned: str) -> Iterator[None]:
    """Let the kiosks live."""
    stop = multiprocessing.Event()
    boxes = sorted(fleet.boxes.iterdir())
    shares = [boxes[worker::WORKERS] for worker in range(WORKERS)]
    workers = [
        multiprocessing.Process(target=_live, args=(fleet.sync, share, poisoned, stop)) for share in shares
    ]
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        stop.set()
        for worker in workers:
            worker.join()


def _live(settings: SyncSettings, boxes: Sequence[Path], poisoned: str, stop: Event) -> None:
    """Be these kiosks, each when its time comes."""
    due = [(time.monotonic() + random.random() * settings.interval, box) for box in boxes]
    heapq.heapify(due)
    failures: dict[Path, int] = {}
    while not stop.is_set():
        at, box = due[0]
        if stop.wait(max(0.0, at - time.monotonic())):
            return
        failed = _turn(settings, box, poisoned)
        failures[box] = failures.get(box, 0) + 1 if failed else 0
        pause = wait(
            settings.interval, settings.jitter, settings.longest_interval, failures[box], random.random()
        )
        heapq.heapreplace(due, (time.monotonic() + pause, box))


def _turn(settings: SyncSettings, box: Path, poisoned: str) -> bool:
    """One look and one talk; whether the look failed."""
    active = read_active(box)
    if active and active.digest == poisoned:
        crashed = Life(started=None, failures=(_now(), _now()))
        life_path(box).write_bytes(encode(crashed))
    done = attempt(box, settings, trusted_root(box), _now(), lambda _done, _total: None)
    talk(box, settings, tuple(KINDS), _now)
    return done.error is not None


def _listen(settings: SyncSettings, box: Path, stop: Event) -> None:
    """Be one kiosk that listens for the bell."""
    rung = multiprocessing.Event()
    identity = read_identity(box)
    assert identity
    _turn(settings, box, "")
    Bell(box, identity, settings, rung.set).listen()
    while not stop.is_set():
        if rung.wait(0.05):
            rung.clear()
            _turn(settings, box, "")


def _showing(fleet: Fleet, number: int) -> set[str]:
    shown = ((box.name, read_active(box)) for box in fleet.boxes.iterdir())
    return {name for name, active in shown if active and active.edition == number}


def _until(fleet: Fleet, number: int, count: int, longest: float) -> float:
    """Seconds until so many kiosks show the edition."""
    began = time.monotonic()
    while fleet.shows(number) < count and time.monotonic() - began < longest:
        time.sleep(0.25)
    return time.monotonic() - began


def _office(number: int, title: str = "office") -> PublicOrganisation:
    return PublicOrganisation(id=f"office-{number}", title=f"{title} {number}")


def _emergency_bulletin() -> Bulletin:
    return Bulletin(
        id="storm",
        bulletin_kind="emergency",
        title="暴雨",
        body="请勿外出",
        issued=_now(),
        ends=_now() + timedelta(hours=6),
    )


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main())
