"""The list of records, and the search behind references."""

from typing import Any, get_args
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from catalog.records import RECORD_TYPES
from county.editing import listing
from county.editing.drafting import may_edit
from county.editing.listing import Level, Line, State, Wanted
from county.web.admin.records.common import Address, editor, names_of, number_of, when
from county.web.admin.shell import desk, person, render, words

STATES = get_args(State)[1:]
LEVELS = get_args(Level)[1:]


def records(request: Request) -> Response:
    """A page of the list. What is wanted stands in the query, so that a list can be kept as a bookmark."""
    wanted = _wanted(request)
    with desk(request).engine.connect() as connection:
        found = listing.find_records(connection, wanted)
        organisations = listing.titles(connection, ("organisation",))
        areas = listing.titles(connection, ("field",))
        counts = listing.counted(connection, wanted.organisation)
        authors = names_of(connection, (line.author for line in found.lines))
    who = editor(request)
    context: dict[str, Any] = {
        "wanted": wanted,
        "found": found,
        "kinds": [(kind, counts.get(kind, 0)) for kind in RECORD_TYPES],
        "all": sum(counts.values()),
        "organisations": organisations,
        "areas": areas,
        "authors": authors,
        "states": STATES,
        "levels": LEVELS,
        "url_of": _url_of,
        "when": when,
        "may_edit": lambda line: person(request).has("clerk") and may_edit(who, line.organisations),
        "link": lambda **changes: _link(wanted, **changes),
    }
    return render(request, "records/list.html", title=words(request)("records.records"), **context)


def offers(request: Request) -> Response:
    """Records that a reference may be set to, as JSON."""
    kinds = [kind for kind in request.query_params.get("kinds", "").split() if kind in RECORD_TYPES]
    with desk(request).engine.connect() as connection:
        found = listing.offers(connection, kinds, request.query_params.get("q", "")[:100])
    say = words(request)
    return JSONResponse(
        [{"id": offer.id, "title": offer.title, "kind": say(f"fields.kind.{offer.kind}")} for offer in found]
    )


def _wanted(request: Request) -> Wanted:
    given = request.query_params
    kind, state, level = given.get("kind", ""), given.get("state", ""), given.get("level", "")
    sort = given.get("sort", "")
    return Wanted(
        kind=kind if kind in RECORD_TYPES else "",
        q=given.get("q", "")[:100].replace("\0", ""),
        organisation=given.get("organisation", "")[:96].replace("\0", ""),
        area=given.get("area", "")[:96].replace("\0", ""),
        state=state if state in STATES else "",  # type: ignore[arg-type]
        level=level if level in LEVELS else "",  # type: ignore[arg-type]
        mine=person(request).name if given.get("mine") else "",
        sort=sort if sort in listing.SORTS else "-updated",
        page=max(1, number_of(given.get("page", "1"))),
    )


def _link(wanted: Wanted, **changes: object) -> str:
    """The address of this list with something changed; another filter begins at the first page."""
    values = {name: getattr(wanted, name) for name in Wanted.__slots__}
    values |= {"page": 1, "mine": "1" if wanted.mine else ""} | changes
    kept = {name: value for name, value in values.items() if value and (name, value) not in _USUAL}
    return f"/admin/records?{urlencode(kept)}" if kept else "/admin/records"


_USUAL = frozenset({("page", 1), ("sort", "-updated")})


def _url_of(line: Line) -> str:
    return Address(line.kind, line.id).url()
