"""The kiosk's own picture of a text that is not published, and the small edition that it is drawn from.

The picture is drawn by the kiosk program itself, off screen, from an edition in which this text replaces the
published one. Only records that the screen can show with it are in that edition, which so takes a fraction of a
second to build. One picture is drawn at a time; the last one of each record is kept.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from catalog.box import Active, Status, active_path, status_path
from catalog.edition import ObjectReference, encode_manifest, pack_edition, unpack
from catalog.records import (
    CalendarYear,
    County,
    DisclosureField,
    FloorPlan,
    LifeStage,
    Outline,
    PublicOrganisation,
    Record,
    Tag,
)
from catalog.references import references
from catalog.store import build
from catalog.text import content_hash, digest, encode, kind_of
from catalog.wording import Language

_log = logging.getLogger(__name__)

ROUTES = {
    "county": "home",
    "service": "service/{id}",
    "life_event": "event/{id}",
    "life_stage": "stage/{id}",
    "flow": "question/life_event/{event}",
    "disclosure": "disclosure/item/{id}",
    "policy": "policy/{id}",
    "place": "place/{id}",
    "floor_plan": "floor",
    "bulletin": "bulletin/{id}",
    "participation": "participation/{id}",
    "survey": "survey/{id}",
    "tag": "match",
    "outline": "map",
}
"""Kind → the kiosk's screen that shows such a record."""

_ALWAYS = (CalendarYear, County, DisclosureField, FloorPlan, LifeStage, Outline, PublicOrganisation, Tag)
_SECONDS = 120
_KEPT = 300
"""How many pictures are kept, the newest."""


def around(record: Record, records: Iterable[Record]) -> list[Record]:
    """The record in place of its older text, with what its screen shows beside it: what it refers to, what refers
    to it, and what these refer to."""
    mine = (kind_of(record), record.id)
    others = {(kind_of(other), other.id): other for other in records}
    others.pop(mine, None)
    named = _targets(record)
    pointing = {key for key, other in others.items() if mine in _targets(other) and key[0] != "synonym"}
    second = {target for key in named | pointing if key in others for target in _targets(others[key])}
    wanted = named | pointing | second
    return [record, *(other for key, other in others.items() if key in wanted or isinstance(other, _ALWAYS))]


def make_box(state: Path, records: Sequence[Record], now: datetime) -> None:
    """A box's state folder that shows these records."""
    objects: dict[str, bytes] = {}
    manifest = pack_edition(records, objects.__setitem__, edition=1, created=now)

    def read(reference: ObjectReference) -> bytes:
        return unpack(objects[reference.digest], reference)

    path = state / "editions" / "1.db"
    path.parent.mkdir(parents=True)
    data = encode_manifest(manifest)
    build(path, data, read)
    active = Active(edition=1, digest=digest(data), file="editions/1.db", activated=now)
    active_path(state).write_bytes(encode(active))
    status_path(state).write_bytes(encode(Status(tried=now, confirmed=now)))


@dataclass(slots=True)
class Drawer:
    """Draws pictures into `folder`, one at a time. `names` are files there."""

    folder: Path
    workers: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="preview")
    )
    running: dict[str, Future[None]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def wanted(self, record: Record, records: Callable[[], Iterable[Record]], language: Language) -> str:
        """Have the record drawn on a kiosk that speaks `language`, unless that was done or is going on.

        Returns the picture's name. Raises KeyError for a kind that has no screen.
        """
        route = ROUTES[kind_of(record)].format(id=record.id, event=getattr(record, "event", ""))
        name = self.name(record, language)
        with self.lock:
            self.running = {known: job for known, job in self.running.items() if not job.done()}
            if name not in self.running and not (self.folder / name).exists():
                self.running[name] = self.workers.submit(self._draw, name, (route, language), record, records)
        return name

    def name(self, record: Record, language: Language) -> str:
        """The file of this text's picture."""
        return f"{self._stem(record, language)}-{content_hash(record)[:16]}.png"

    def state(self, record: Record, language: Language) -> str:
        """`ready`, `drawing`, or `failed` when nobody is drawing and there is no picture."""
        name = self.name(record, language)
        if (self.folder / name).exists():
            return "ready"
        job = self.running.get(name)
        return "drawing" if job is not None and not job.done() else "failed"

    def latest(self, record: Record, language: Language) -> str:
        """The newest picture there is of the record, also of another text; "" when there is none."""
        found = sorted(self.folder.glob(f"{self._stem(record, language)}-*.png"), key=_age)
        return found[-1].name if found else ""

    def _stem(self, record: Record, language: Language) -> str:
        return digest(f"{kind_of(record)}/{record.id}/{language}".encode())[:16]

    def _draw(
        self, name: str, shown: tuple[str, Language], record: Record, records: Callable[[], Iterable[Record]]
    ) -> None:
        route, language = shown
        self.folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="openhall-preview-") as folder:
            state, drawn = Path(folder) / "box", Path(folder) / "screen.png"
            state.mkdir()
            make_box(state, around(record, records()), datetime.now(UTC))
            command = [sys.executable, "-m", "kiosk", "--state", str(state), "--lang", language]
            command += ["--shot", route, str(drawn)]
            given = os.environ | {"SDL_VIDEODRIVER": "offscreen", "KIVY_NO_ARGS": "1", "TZ": "CST-8"}
            try:
                done = subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS, env=given)
            except (OSError, subprocess.TimeoutExpired) as error:
                _log.warning("no picture of %s: %s", route, error)
                return
            if not drawn.exists():
                _log.warning("no picture of %s: %s", route, done.stderr.decode(errors="replace")[-500:])
                return
            draft = self.folder / f".{name}"
            draft.write_bytes(drawn.read_bytes())
            draft.replace(self.folder / name)
        self._sweep(name)

    def _sweep(self, name: str) -> None:
        """Keep one picture of a record in each language, and the newest of all."""
        same = [path for path in self.folder.glob(f"{name.partition('-')[0]}-*.png") if path.name != name]
        for path in [*same, *sorted(self.folder.glob("*.png"), key=_age)[:-_KEPT]]:
            path.unlink(missing_ok=True)


def _targets(record: Record) -> set[tuple[str, str]]:
    return {(kind, target) for _, kinds, target in references(record) for kind in kinds}


def _age(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0
