"""Zones: the list with its map, one zone, its form, inspections and visitor counts."""

from datetime import timedelta
from typing import Any, get_args

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from catalog.records import Outline, PublicOrganisation
from county import revisions
from county.accounts.roles import Role
from county.clock import local
from county.database.engine import writing
from county.errors import Refused
from county.supervision.kiosks import kiosk_visits, kiosks_of
from county.supervision.zones import (
    LEVELS,
    STANDARDS,
    Level,
    Sight,
    Zone,
    count_visitors,
    daily_visitors,
    find_zone,
    inspect,
    inspections,
    keep_zone,
    met,
    newest,
    resolve,
    visitors,
    zones,
)
from county.web.admin.forms import day, degrees, number, posted, text
from county.web.admin.page import Page
from county.web.admin.shell import desk, done, person, render, words
from county.web.admin.supervision.ground_map import ground_map

READERS: tuple[Role, ...] = ("supervisor", "guide", "approver", "auditor", "administrator")
WRITERS: tuple[Role, ...] = ("supervisor",)
COUNTERS: tuple[Role, ...] = ("supervisor", "guide")
DAYS = 30


def register(request: Request) -> Response:
    """All zones, and where they are."""
    here = desk(request)
    today = local(here.clock()).date()
    with here.engine.connect() as connection:
        found, seen = zones(connection), inspections(connection)
        came = visitors(connection, today - timedelta(days=DAYS - 1), today)
        used = kiosk_visits(connection, today - timedelta(days=DAYS - 1), today)
        outlines = revisions.published_of(connection, Outline)
        offices = {one.id: one.title for one in revisions.published_of(connection, PublicOrganisation)}
    last = newest(seen)
    points = [
        (zone.title, zone.longitude, zone.latitude, met(last.get(zone.id)) < len(STANDARDS))
        for zone in found
        if zone.longitude is not None and zone.latitude is not None and zone.closed is None
    ]
    return render(
        request,
        "supervision/zones.html",
        title=words(request)("zones.zones"),
        zones=found,
        last=last,
        met={zone.id: met(last.get(zone.id)) for zone in found},
        open={zone.id: sum(one.open for one in seen if one.zone == zone.id) for zone in found},
        came=came,
        used=used,
        offices=offices,
        map=ground_map(outlines, points),
        today=today,
        writes=person(request).has(*WRITERS),
    )


def show(request: Request) -> Response:
    """One zone."""
    return _shown(request, request.path_params["zone"])


def form(request: Request) -> Response:
    """The form for a new zone, or for one to change."""
    name = request.path_params.get("zone")
    if name is None:
        return _form(request, {"level": "town"}, new=True)
    with desk(request).engine.connect() as connection:
        zone = find_zone(connection, name)
    values = {field: getattr(zone, field) for field in Zone.__slots__}
    return _form(request, {field: "" if value is None else str(value) for field, value in values.items()})


def keep(request: Request, form: FormData) -> Response:
    """Enter a zone, or change it."""
    here, say = desk(request), words(request)
    name = request.path_params.get("zone")
    new = name is None
    try:
        zone = _zone(form, name or text(form, "id"))
        with writing(here.engine) as connection:
            if not new:
                find_zone(connection, zone.id)
            if new and any(one.id == zone.id for one in zones(connection)):
                raise Refused(say("zones.taken", zone=zone.id))
            keep_zone(connection, zone, person(request).name, here.clock())
    except Refused as refusal:
        return _form(request, {name: text(form, name) for name in form}, str(refusal), 409, new=new)
    return done(request, f"/admin/zones/{zone.id}", say("zones.kept"))


def look(request: Request, form: FormData) -> Response:
    """Put an inspection on record."""
    here, name = desk(request), request.path_params["zone"]
    standards = {
        standard: (text(form, f"met-{standard}") == "yes", text(form, f"note-{standard}")[:500])
        for standard in STANDARDS
    }
    try:
        seen = day(form, "day")
        if seen is None:
            raise Refused(words(request)("zones.day-missing"))
        sight = Sight(
            zone=name,
            day=seen,
            standards=standards,
            note=text(form, "note")[:4000],
            follow_up=text(form, "follow_up")[:4000],
            due=day(form, "due"),
        )
        with writing(here.engine) as connection:
            inspect(connection, sight, person(request).name, here.clock())
    except Refused as refusal:
        return _shown(request, name, {field: text(form, field) for field in form}, str(refusal), 409)
    return done(request, f"/admin/zones/{name}", words(request)("zones.inspected"))


def settle(request: Request, form: FormData) -> Response:
    """Say how the follow-up of an inspection was done."""
    here, name = desk(request), request.path_params["zone"]
    with writing(here.engine) as connection:
        resolve(
            connection,
            request.path_params["number"],
            text(form, "resolution")[:4000],
            person(request).name,
            here.clock(),
        )
    return done(request, f"/admin/zones/{name}", words(request)("zones.settled"))


def count(request: Request, form: FormData) -> Response:
    """Enter how many people came on a day."""
    here, name = desk(request), request.path_params["zone"]
    counted = day(form, "counted_on")
    if counted is None:
        raise Refused(words(request)("zones.day-missing"))
    with writing(here.engine) as connection:
        people = number(form, "visitors")
        count_visitors(connection, name, counted, people, person(request).name, here.clock())
    return done(request, f"/admin/zones/{name}", words(request)("zones.counted", day=counted, count=people))


def _shown(
    request: Request, name: str, values: dict[str, str] | None = None, problem: str = "", status: int = 200
) -> Response:
    here = desk(request)
    today = local(here.clock()).date()
    first = today - timedelta(days=DAYS - 1)
    with here.engine.connect() as connection:
        zone = find_zone(connection, name)
        seen = inspections(connection, name)
        days = daily_visitors(connection, name, today, DAYS)
        boxes = kiosks_of(connection, name)
        used = kiosk_visits(connection, first, today).get(name, 0)
        offices = {one.id: one.title for one in revisions.published_of(connection, PublicOrganisation)}
    me = person(request)
    return render(
        request,
        "supervision/zone.html",
        status,
        title=zone.title,
        zone=zone,
        inspections=seen,
        standards=STANDARDS,
        days=[(first + timedelta(days=n), days.get(first + timedelta(days=n))) for n in range(DAYS)],
        total=sum(days.values()),
        kiosks=boxes,
        used=used,
        offices=offices,
        values=values or {"day": today.isoformat()},
        problem=problem,
        today=today,
        writes=me.has(*WRITERS),
        counts=me.has(*COUNTERS),
    )


def _zone(form: FormData, name: str) -> Zone:
    level = text(form, "level")
    if level not in get_args(Level):
        raise Refused("请选择体验区的级别")
    return Zone(
        id=name,
        title=text(form, "title"),
        level=next(one for one in LEVELS if one == level),
        organisation=text(form, "organisation")[:96],
        address=text(form, "address"),
        phone=text(form, "phone"),
        latitude=degrees(form, "latitude"),
        longitude=degrees(form, "longitude"),
        opened=day(form, "opened"),
        closed=day(form, "closed"),
        note=text(form, "note"),
    )


def _form(
    request: Request, values: dict[str, Any], problem: str = "", status: int = 200, *, new: bool = False
) -> Response:
    with desk(request).engine.connect() as connection:
        offices = [(one.id, one.title) for one in revisions.published_of(connection, PublicOrganisation)]
    title = words(request)("zones.new" if new else "zones.edit")
    context = {"values": values, "levels": LEVELS, "offices": offices, "problem": problem, "new": new}
    context["zone"] = request.path_params.get("zone")
    return render(request, "supervision/zone_form.html", status, title=title, **context)


PAGES = (
    Page(
        "/zones", register, READERS, label="zones.zones", group="zones", icon="fa-solid fa-map-location-dot"
    ),
    Page("/zones/new", form, WRITERS),
    Page("/zones/new", posted(keep), WRITERS, ("POST",)),
    Page("/zones/{zone}", show, READERS),
    Page("/zones/{zone}/edit", form, WRITERS),
    Page("/zones/{zone}/edit", posted(keep), WRITERS, ("POST",)),
    Page("/zones/{zone}/inspections", posted(look), WRITERS, ("POST",)),
    Page("/zones/{zone}/inspections/{number:int}", posted(settle), WRITERS, ("POST",)),
    Page("/zones/{zone}/visitors", posted(count), COUNTERS, ("POST",)),
)
