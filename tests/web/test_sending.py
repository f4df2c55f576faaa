"""Files that people send: whatever they are, the answer is a page that says what to do, and nothing else happens."""

import time
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import requests

from catalog.records import PublicService, Record
from county import revisions
from county.importing.folder import MAX_TOTAL
from tests.sample import SAMPLE, sample_records
from tests.size import LONG
from tests.web.desk import Client, RunningDesk, running_desk

OFFICES = (SAMPLE / "机构.xlsx").read_bytes()


def bomb() -> bytes:
    """A workbook of a few kilobytes that says it holds gigabytes."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for number in range(4):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b" " * (70 << 20))
    return kept.getvalue()


def entities() -> bytes:
    """A workbook whose XML defines entities in terms of each other."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
        )
    return kept.getvalue()


def scripts() -> bytes:
    """Names and texts that would run in a page or a spreadsheet that trusted them."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["机构编号", "机构名称", "主要职责", "联系电话"])
    sheet.append(["x-1", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "+cmd"])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


CORPUS = {
    "bomb.xlsx": (bomb, "too-large", "过大"),
    "entities.xlsx": (entities, "damaged", "DOCTYPE"),
    "../../../etc/cron.d/evil.xlsx": (lambda: b"no workbook", "not-a-workbook", "不是工作簿"),
    "old.xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old", "旧格式"),
    "page.html": (lambda: b"<script>alert(1)</script>", "unknown", "不是工作簿"),
    "empty.xlsx": (lambda: b"", "empty", "空的"),
    "half.xlsx": (lambda: OFFICES[: len(OFFICES) // 2], "damaged", "损坏"),
}


Parts = list[tuple[str, tuple[str | None, str | bytes]]]
"""The parts of a form: name, and file name with content."""


@pytest.fixture
def clerk(desk: RunningDesk) -> Client:
    return desk.client("clerk")


def send(clerk: Client, name: str, data: bytes) -> requests.Response:
    """Send one file as the page does, its token first."""
    parts: Parts = [("csrftoken", (None, clerk.csrf)), ("file", (name, data))]
    return clerk.post("/admin/import/send", files=parts, headers={"Origin": clerk.address})


def read(clerk: Client, answer: requests.Response) -> str:
    """The report's page once the files are read."""
    assert answer.status_code == 303, answer.text
    page = answer.headers["Location"]
    deadline = time.monotonic() + 90
    while clerk.get(f"{page}/progress").json()["status"] == "reading":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return clerk.get(page).text


@pytest.mark.parametrize("name", CORPUS)
def test_what_is_no_workbook_is_refused_in_words(desk: RunningDesk, clerk: Client, name: str) -> None:
    make, _, said = CORPUS[name]
    page = read(clerk, send(clerk, name, make()))
    assert said in page
    assert "必须改正" in page
    assert "<script>alert" not in page
    with desk.engine.connect() as connection:
        assert not [r for r in revisions.latest(connection) if r.id.startswith("x-")]
    assert not list(Path("/etc/cron.d").glob("evil*"))


def test_texts_that_are_markup_stay_texts(desk: RunningDesk, clerk: Client) -> None:
    page = read(clerk, send(clerk, "<img src=x onerror=alert(1)>.xlsx", scripts()))
    assert "&lt;script&gt;" in page
    for markup in ("<script>alert", "<img src=x"):
        assert markup not in page


def test_too_much_is_refused_before_it_is_received(clerk: Client) -> None:
    headers = {"Origin": clerk.address, "X-CSRFToken": clerk.csrf, "Content-Length": str(MAX_TOTAL * 2)}
    headers["Content-Type"] = "multipart/form-data; boundary=x"
    request = requests.Request(
        "POST", clerk.address + "/admin/import/send", headers=headers, data=b"x" * 20000
    )
    prepared = clerk.prepare_request(request)
    prepared.headers["Content-Length"] = str(MAX_TOTAL * 2)
    answer = requests.Session.send(clerk, prepared, allow_redirects=False, timeout=30)
    assert answer.status_code == 303
    assert "没有接收" in clerk.get("/admin/import").text


def test_others_do_not_see_a_job(desk: RunningDesk, clerk: Client) -> None:
    answer = send(clerk, "机构.xlsx", OFFICES)
    page = answer.headers["Location"]
    desk.add("another", ["clerk"], "police")
    other = desk.client("another")
    for path in (page, f"{page}/progress"):
        assert other.get(path).status_code == 409
    for act in ("apply", "cancel", "read"):
        assert other.submit(f"{page}/{act}").status_code in (303, 409)
    assert "办结" not in read(clerk, answer)
    assert clerk.submit(f"{page}/cancel").status_code == 303
    assert not list((desk.settings.folder / "imports").glob(f"{page.rsplit('/', 1)[-1]}/*"))


def test_what_is_exported_reads_back_without_a_change(tmp_path: Path) -> None:
    records = [record for record in sample_records() if record.id != "county"]
    with running_desk(tmp_path / "state", records) as desk:
        read_back(desk.client("clerk"), records)


def read_back(clerk: Client, records: Sequence[Record]) -> None:
    office = next(record.competent_authority for record in records if isinstance(record, PublicService))
    queries = ("?", f"?kind=service&organisation={office}")
    for query in (*queries, "?kind=service", "?kind=disclosure") if LONG else queries:
        data = clerk.get(f"/admin/export/download{query}&anyway=1").content
        files = _files(data)
        parts: Parts = [("csrftoken", (None, clerk.csrf)), *(("file", file) for file in files)]
        answer = clerk.post("/admin/import/send", files=parts, headers={"Origin": clerk.address})
        assert "没有要导入的变化" in read(clerk, answer), query
        clerk.submit(f"{answer.headers['Location']}/cancel")


def _files(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if "[Content_Types].xml" in archive.namelist():
            return [("一份.xlsx", data)]
        return [(Path(name).name, archive.read(name)) for name in archive.namelist()]


def test_no_exported_cell_is_a_formula(desk: RunningDesk, clerk: Client) -> None:
    data = clerk.get("/admin/export/download?kind=service").content
    book = openpyxl.load_workbook(BytesIO(data))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}
