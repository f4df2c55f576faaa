"""What the checks say about the whole county, with filters and counts, and as a workbook; the sensitive words."""

from io import BytesIO
from typing import Any, get_args
from urllib.parse import urlencode

from openpyxl import Workbook
from sqlalchemy import ColumnElement, Connection, case, func, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from catalog.records import RECORD_TYPES
from county.clock import local
from county.database.editing import record_finding, record_summary
from county.database.engine import writing
from county.editing import listing, sensitive
from county.editing.checking import check_soon, checked
from county.web.admin.records.common import Address, number_of, when
from county.web.admin.shell import desk, done, person, render, words

PAGE = 50
COLUMNS = ("severity", "kind", "title", "message", "advice", "field", "code", "place")
SEVERITIES = get_args(sensitive.Severity)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def findings(request: Request) -> Response:
    """A page of findings."""
    wanted = _wanted(request)
    page = max(1, number_of(request.query_params.get("page", "1")))
    engine, clock = desk(request).engine, desk(request).clock
    check_soon(engine, clock)
    with engine.connect() as connection:
        rows = connection.execute(_found(wanted).limit(PAGE).offset((page - 1) * PAGE)).all()
        kinds = _counts(connection, {}, "kind")
        severities = _counts(connection, wanted, "severity")
        total = sum(number for name, number in severities.items() if wanted["severity"] in ("", name))
        context: dict[str, Any] = {
            "rows": rows,
            "total": total,
            "pages": max(1, -(-total // PAGE)),
            "page": page,
            "wanted": wanted,
            "counts": severities,
            "codes": sorted(_counts(connection, wanted, "code").items()),
            "kinds": [kind for kind in RECORD_TYPES if kind in kinds],
            "organisations": listing.titles(connection, ("organisation",)),
            "checked": checked(connection, local(clock()).date()),
            "severities": SEVERITIES,
            "url_of": lambda row: Address(row.kind, row.record).url(),
            "when": when,
            "link": lambda **changes: _link(wanted, **changes),
            "query": urlencode({name: value for name, value in wanted.items() if value}),
        }
    return render(request, "records/findings.html", title=words(request)("records.findings"), **context)


def progress(request: Request) -> Response:
    """Whether the findings are those of the newest texts, as JSON."""
    engine, clock = desk(request).engine, desk(request).clock
    check_soon(engine, clock)
    with engine.connect() as connection:
        known = checked(connection, local(clock()).date())
    return JSONResponse({"fresh": known.fresh, "at": when(known.at)})


def workbook(request: Request) -> Response:
    """The findings that are wanted, as a workbook."""
    say = words(request)
    with desk(request).engine.connect() as connection:
        rows = connection.execute(_found(_wanted(request)).limit(50_000)).all()
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = say("records.findings")
    sheet.append(
        [
            say(f"records.column-{name}")
            for name in ("severity", "kind", "title", "message", "advice", "field", "code", "place")
        ]
    )
    for row in rows:
        kind = say(f"fields.kind.{row.kind}") if row.kind in RECORD_TYPES else ""
        severity = say(f"records.severity-{row.severity}")
        cells = (
            severity,
            kind,
            row.title or row.record,
            say.said(row.message),
            say.said(row.advice),
            say.said(row.field),
            row.code,
            row.place,
        )
        sheet.append([_plain(cell) for cell in cells])
    for column, width in zip("ABCDEFGH", (8, 14, 36, 60, 40, 24, 28, 40), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    data = BytesIO()
    book.save(data)
    headers = {"Content-Disposition": 'attachment; filename="findings.xlsx"'}
    return Response(data.getvalue(), media_type=_XLSX, headers=headers)


def word_list(request: Request) -> Response:
    """The county's own sensitive words."""
    with desk(request).engine.connect() as connection:
        context: dict[str, Any] = {
            "list": sensitive.list_words(connection),
            "severities": SEVERITIES,
            "when": when,
        }
    return render(request, "records/sensitive.html", title=words(request)("records.sensitive"), **context)


async def change_words(request: Request) -> Response:
    """Add words, or take one off the list."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    return await run_in_threadpool(_change_words, request, form)


def _change_words(request: Request, form: dict[str, str]) -> Response:
    who, now = person(request).name, desk(request).clock()
    with writing(desk(request).engine) as connection:
        if form.get("remove"):
            sensitive.remove_word(connection, form["remove"], who, now)
        else:
            texts = form.get("words", "").splitlines()
            sensitive.add_words(connection, texts, form.get("severity", ""), form.get("advice", ""), who, now)
    return done(request, "/admin/sensitive-words", words(request)("records.words-changed"))


def _wanted(request: Request) -> dict[str, str]:
    given = request.query_params
    return {
        name: given.get(name, "")[:96].replace("\0", "")
        for name in ("severity", "code", "kind", "organisation", "q")
    }


def _conditions(wanted: dict[str, str]) -> list[ColumnElement[bool]]:
    table = record_finding.c
    found: list[ColumnElement[bool]] = [
        table[name] == wanted[name] for name in ("severity", "code", "kind") if wanted.get(name)
    ]
    if wanted.get("organisation"):
        found.append(record_summary.c.organisations.contains(f" {wanted['organisation']} ", autoescape=True))
    if wanted.get("q"):
        said = func.lower(table.message).contains(wanted["q"].lower(), autoescape=True)
        found.append(said | record_summary.c.words.contains(wanted["q"].lower(), autoescape=True))
    return found


def _found(wanted: dict[str, str]) -> Any:
    order = {"error": 0, "warning": 1, "info": 2}
    rank = case(*((record_finding.c.severity == name, place) for name, place in order.items()), else_=3)
    return (
        _joined(select(record_finding, record_summary.c.title, record_summary.c.organisations))
        .where(*_conditions(wanted))
        .order_by(rank, record_finding.c.number)
    )


def _joined(query: Any) -> Any:
    same = (record_summary.c.kind == record_finding.c.kind) & (
        record_summary.c.record == record_finding.c.record
    )
    return query.select_from(record_finding.outerjoin(record_summary, same))


def _counts(connection: Connection, wanted: dict[str, str], name: str) -> dict[str, int]:
    """Value of a column → how many findings there are with it, of those that are wanted otherwise."""
    others = {key: value for key, value in wanted.items() if key != name}
    column = record_finding.c[name]
    rows = connection.execute(
        _joined(select(column, func.count())).where(*_conditions(others)).group_by(column)
    )
    return {row[0]: row[1] for row in rows}


def _link(wanted: dict[str, str], **changes: object) -> str:
    values = {name: value for name, value in ({**wanted, **changes}).items() if value}
    return f"/admin/findings?{urlencode(values)}" if values else "/admin/findings"


def _plain(text: str) -> str:
    """A cell's text: what a table program would take for a formula, and control characters, made harmless."""
    clean = "".join(letter for letter in text if letter >= " " or letter in "\n\t")
    return f"'{clean}" if clean.startswith(_FORMULA) else clean
