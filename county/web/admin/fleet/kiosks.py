"""The list of kiosks with their map, and one kiosk."""

from collections import Counter
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from catalog.fleet import is_kiosk_id
from catalog.records import Outline
from county import revisions
from county.accounts.roles import Role
from county.fleet import alerts, commands, reports
from county.fleet.alerts import Condition
from county.supervision.zones import Zone, zones
from county.web.admin.shell import desk, person, render, words
from county.web.admin.supervision.ground_map import ground_map

READERS: tuple[Role, ...] = ("administrator", "supervisor", "guide", "auditor")
WRITERS: tuple[Role, ...] = ("administrator",)
LEVELS = ("trouble", "warning", "ok", "resting")


def fleet(request: Request) -> Response:
    """Every kiosk by zone, what is wrong, and where."""
    here = desk(request)
    with here.engine.connect() as connection:
        found = alerts.conditions(connection, here.clock())
        opened = alerts.open_alerts(connection)
        known = {zone.id: zone for zone in zones(connection)}
        outlines = revisions.published_of(connection, Outline)
    parts = groupby(found, key=lambda condition: condition.kiosk.zone)
    return render(
        request,
        "fleet/list.html",
        title=words(request)("fleet.fleet"),
        zones=[(known.get(zone), zone, list(kiosks)) for zone, kiosks in parts],
        counts=Counter(condition.level for condition in found),
        levels=LEVELS,
        alerts=opened,
        names={condition.kiosk.id: condition.kiosk.name for condition in found},
        map=ground_map(outlines, _points(found, known)),
        writes=person(request).has(*WRITERS),
    )


def one(request: Request) -> Response:
    """A kiosk: how it is, what it shows, what it was asked, and what has happened to it."""
    here, kiosk_id, now = desk(request), _id(request), desk(request).clock()
    with here.engine.connect() as connection:
        found = [c for c in alerts.conditions(connection, now) if c.kiosk.id == kiosk_id]
        if not found:
            raise HTTPException(404)
        past = alerts.history(connection, kiosk_id)
        asked = commands.history(connection, kiosk_id)
        shown = reports.editions_shown(connection, kiosk_id)
        known = zones(connection)
    condition = found[0]
    return render(
        request,
        "fleet/kiosk.html",
        title=condition.kiosk.name,
        one=condition,
        said=condition.report,
        vitals=condition.report.vitals if condition.report else None,
        ahead=_ahead(condition),
        alerts=past,
        commands=asked,
        shown=shown,
        zones=known,
        now=now,
        pictured=_pictured(picture_path(here.settings.folder, kiosk_id)),
        writes=person(request).has(*WRITERS),
    )


def picture(request: Request) -> Response:
    """The newest picture of a kiosk's screen."""
    try:
        data = picture_path(desk(request).settings.folder, _id(request)).read_bytes()
    except FileNotFoundError:
        raise HTTPException(404) from None
    return Response(data, media_type="image/png")


def picture_path(state: Path, kiosk_id: str) -> Path:
    """Where the picture of a kiosk's screen is kept."""
    return state / "pictures" / f"{kiosk_id}.png"


def _id(request: Request) -> str:
    kiosk_id: str = request.path_params["kiosk"]
    if not is_kiosk_id(kiosk_id):
        raise HTTPException(404)
    return kiosk_id


def _ahead(condition: Condition) -> int | None:
    """Seconds that the kiosk's clock is ahead."""
    if condition.report is None or condition.seen is None:
        return None
    return round((condition.report.at - condition.seen).total_seconds())


def _pictured(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None


def _points(found: list[Condition], known: dict[str, Zone]) -> list[tuple[str, float, float, bool]]:
    """Zones that have kiosks; lacking where one is in trouble."""
    wrong = Counter(c.kiosk.zone for c in found if c.level == "trouble")
    count = Counter(c.kiosk.zone for c in found)
    return [
        (f"{zone.title} · {count[zone.id]}", zone.longitude, zone.latitude, bool(wrong[zone.id]))
        for zone in known.values()
        if count[zone.id] and zone.longitude is not None and zone.latitude is not None
    ]
