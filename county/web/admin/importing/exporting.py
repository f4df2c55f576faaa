"""Any list as the official workbooks, which read back without a change."""

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from catalog.exporting.workbooks import export_workbooks
from catalog.findings import Finding
from catalog.offices import Offices
from catalog.records import KIND_OF, RECORD_TYPES, PublicOrganisation, Record
from county import revisions
from county.belonging import owners
from county.errors import Refused
from county.web.admin.page import Page
from county.web.admin.records.common import READERS
from county.web.admin.shell import desk, render, words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_IN_FILES = ("county", "calendar_year")
"""Kinds that no workbook brings."""


def show(request: Request) -> Response:
    """What can be exported."""
    with desk(request).engine.connect() as connection:
        records = revisions.latest(connection)
    offices = [record for record in records if isinstance(record, PublicOrganisation)]
    here = {KIND_OF[type(record)] for record in records}
    return render(
        request,
        "importing/export.html",
        title=words(request)("importing.export"),
        kinds=[kind for kind in RECORD_TYPES if kind in here and kind not in NOT_IN_FILES],
        offices=sorted(offices, key=lambda office: office.id),
    )


def download(request: Request) -> Response:
    """One workbook, or a ZIP when it takes several files."""
    kind = request.query_params.get("kind", "")
    office = request.query_params.get("organisation", "")
    read = revisions.published if request.query_params.get("state") == "published" else revisions.latest
    with desk(request).engine.connect() as connection:
        records = read(connection)
    known = {record.id: record for record in records if isinstance(record, PublicOrganisation)}
    if (kind and kind not in RECORD_TYPES) or (office and office not in known):
        raise Refused("没有这种内容或这个机构，请返回导出页重新选择")
    chosen = _chosen(kind, office, Offices(known.values()))
    part = known[office].short_title or known[office].title if office else ""
    with TemporaryDirectory() as folder:
        losses = export_workbooks(records, Path(folder), chosen)
        if losses and "anyway" not in request.query_params:
            return _told(request, losses)
        files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        if not files:
            raise Refused("没有符合条件的内容可以导出")
        if len(files) == 1:
            return _file(_named(files[0], part), files[0].read_bytes())
        return _file(_named(Path("目录和清单.zip"), part), _zipped(Path(folder), files, part))


def _told(request: Request, losses: Sequence[Finding]) -> Response:
    """What a workbook cannot hold, before anybody edits one that lacks it."""
    url = f"/admin/export/download?{request.url.query}&anyway=1"
    title = words(request)("importing.losses")
    return render(
        request, "importing/losses.html", title=title, losses=losses[:300], total=len(losses), url=url
    )


def _chosen(kind: str, office: str, offices: Offices) -> Callable[[Record], bool]:
    def chosen(record: Record) -> bool:
        return (not kind or KIND_OF[type(record)] == kind) and (
            not office or office in owners(record, offices)
        )

    return chosen


def _named(path: Path, part: str) -> str:
    """A part of a list has a name of its own: else the rest would be missing from it when it is imported."""
    return f"{path.stem}-{part}{path.suffix}" if part else path.name


def _zipped(folder: Path, files: list[Path], part: str) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            inside = path.relative_to(folder).parent / _named(path, part)
            archive.write(path, inside.as_posix())
    return kept.getvalue()


def _file(name: str, data: bytes) -> Response:
    plain = "export" + Path(name).suffix
    headers = {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"}
    media = XLSX if name.endswith(".xlsx") else "application/octet-stream"
    return Response(data, media_type=media, headers=headers)


PAGES = (
    Page(
        "/export",
        show,
        READERS,
        label="importing.export",
        group="content",
        icon="fa-solid fa-file-export",
    ),
    Page("/export/download", download, READERS),
)
