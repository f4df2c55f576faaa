"""What is taken away from the English desk, on paper and as workbooks: nothing of ours is left in Chinese."""

import io
from datetime import UTC, datetime

import msgspec
import pytest
from fpdf import FPDF
from openpyxl import load_workbook
from sqlalchemy import insert, update

from catalog.outbox import NotFound, Row
from catalog.records.base import Value
from county.database.accounts import person
from county.database.engine import writing
from county.database.insight import hotline
from county.insight.receiving import receive
from county.revisions import Change
from tests.county.insight.test_receiving import counts, row
from tests.county.reviewing.cases import FIRST, SECOND, submitted, take
from tests.county.web.records import BIRTH, RECORDS, WATER
from tests.web.desk import RunningDesk
from tests.web.test_english import chinese
from tests.web.test_sending import CORPUS, OFFICES, read, send

YEAR = datetime.now(UTC).year


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written on paper from now on, line by line; single characters are measured there, too."""
    pieces: list[str] = []
    normalise, name = FPDF.normalize_text, FPDF.set_title

    def written(pdf: FPDF, text: str) -> str:
        if len(text) > 1:
            pieces.append(text)
        found: str = normalise(pdf, text)
        return found

    def named(pdf: FPDF, title: str) -> None:
        pieces.append(title)
        name(pdf, title)

    monkeypatch.setattr(FPDF, "normalize_text", written)
    monkeypatch.setattr(FPDF, "set_title", named)
    return pieces


@pytest.fixture(scope="module")
def desk(desk: RunningDesk) -> RunningDesk:
    """Everybody works in English."""
    with writing(desk.engine) as connection:
        connection.execute(update(person).values(language="en"))
    return desk


def left(pieces: list[str]) -> set[str]:
    """What is Chinese in these texts and not the county's own."""
    return {found for piece in pieces for found in chinese(piece.replace("<", " "))}


def cells(data: bytes) -> list[str]:
    """Everything that is written in a workbook, with the names of its sheets."""
    book = load_workbook(io.BytesIO(data))
    values = [
        str(value) for sheet in book for line in sheet.iter_rows(values_only=True) for value in line if value
    ]
    return [*book.sheetnames, *values]


def test_the_report_of_hot_topics(desk: RunningDesk, printed: list[str]) -> None:
    now = datetime.now(UTC)
    hour = now.replace(minute=0, second=0, microsecond=0)
    looked = {"visit": 30, "record/service/birth": 9, "record/policy/water": 8, "record/life_event/baby": 7}
    with writing(desk.engine) as connection:
        connection.execute(insert(hotline).values(year=YEAR, topic="出生登记", number=12))
        connection.execute(insert(hotline).values(year=YEAR - 1, topic="出生登记", number=6))
        rows: list[Row] = [counts(1, hour, **looked)]
        for number in range(3):
            value: Value = NotFound(day=now.date(), words="出生登记")
            rows.append(row(value, number + 2, f"w{number}"))
        for kiosk in ("a", "b", "c"):
            receive(connection, kiosk, rows, now, 1)
    with desk.client("supervisor") as supervisor:
        assert supervisor.get(f"/admin/insight/topics.pdf?year={YEAR}").content.startswith(b"%PDF-")
        book = cells(supervisor.get(f"/admin/insight/topics.xlsx?year={YEAR}").content)
        assert left(printed) == set()
        assert left(book) == set()
        assert any(f"hot topics of {YEAR}" in piece for piece in printed)
        assert {"Open", "Topics of the hotline", f"Kiosk-days {YEAR}"} <= set(book)
        for what in ("looked", "words", "given-up", "opinions"):
            assert left(cells(supervisor.get(f"/admin/insight/export/{what}.xlsx").content)) == set()


def test_the_review_sheet(desk: RunningDesk, printed: list[str]) -> None:
    changes = [
        Change.to(msgspec.structs.replace(BIRTH, description="长" * 500)),
        Change.to(msgspec.structs.replace(WATER, title="新")),
        Change("service", "card", None),
    ]
    for change in changes:
        number = submitted(desk.engine, change)
        take(desk.engine, [number], FIRST)
        take(desk.engine, [number], SECOND, "returned", "No")
        with desk.client("reviewer") as reviewer:
            assert reviewer.get(f"/admin/review/{number}/sheet.pdf").content.startswith(b"%PDF-")
    assert {found.strip("长") for found in left(printed)} <= {
        "",
        FIRST.display_name,
        SECOND.display_name,
        "同意",
    }
    assert "Second review" in " ".join(printed)


def test_the_reports_of_supervision(desk: RunningDesk, printed: list[str]) -> None:
    with desk.client("supervisor") as supervisor:
        for number, period in enumerate((f"{YEAR}", f"{datetime.now(UTC):%Y-%m}"), 1):
            made = supervisor.submit("/admin/reports", period=period)
            assert made.status_code == 303, made.text
            assert supervisor.get(f"/admin/reports/{number}.pdf").content.startswith(b"%PDF-")
            assert left(cells(supervisor.get(f"/admin/reports/{number}.xlsx").content)) == set()
            assert chinese(supervisor.get(f"/admin/reports/{number}").text) == set()
    assert left(printed) == set()
    assert printed


@pytest.mark.parametrize("name", [*CORPUS, "offices.xlsx"])
def test_the_report_of_an_import(desk: RunningDesk, name: str) -> None:
    data = CORPUS[name][0]() if name in CORPUS else OFFICES
    with desk.client("clerk") as clerk:
        page = read(clerk, send(clerk, name, data))
    written = cells(OFFICES) if name == "offices.xlsx" else []
    assert {found for found in chinese(page) if found not in "".join(written)} == set()


def test_the_list_of_findings(desk: RunningDesk) -> None:
    assert RECORDS
    with desk.client("reviewer") as reviewer:
        reviewer.get("/admin/findings")
        assert left(cells(reviewer.get("/admin/findings.xlsx").content)) == set()


def test_what_is_left_in_chinese_is_noticed(printed: list[str]) -> None:
    pdf = FPDF()
    pdf.set_title("遗漏")
    assert left([*printed, "x <空> y"]) == {"遗漏", "空"}
