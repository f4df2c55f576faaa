"""Reports stay as they were made, and say the same as page, PDF and workbook."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from catalog.records import County
from county.database.engine import writing
from county.errors import Refused
from county.supervision.overview import Overview, Overviews, overview
from county.supervision.publications import Occasion, enter, void
from county.supervision.report import find_report, make, reports
from county.supervision.report_pdf import pdf
from county.supervision.report_workbook import workbook
from county.supervision.rules import current_rules, default_rules, write_rules
from county.supervision.zones import Zone, count_visitors, keep_zone
from county.web.admin.words import load_words
from tests.county.catalogue import NOW, approve
from tests.county.supervision.grounds import OFFICE, TODAY, ground, item, publication, within

EVIL = '=HYPERLINK("http://x","y")'


@pytest.fixture
def seen() -> Overview:
    """A county with an item whose name is a formula, late once."""
    county = County(
        id="county", title="测试县", title_en="Test County", zone_title="", public_url="", demonstration=True
    )
    rows = [
        publication("evil", date(2026, 9, 1), date(2026, 11, 10), title=EVIL),
        publication("evil", date(2026, 10, 12), date(2026, 11, 9), title="二", number=2),
    ]
    return overview(ground([county, item("evil", within(20))], rows), [])


@pytest.fixture
def made(engine: Engine, seen: Overview) -> Engine:
    """A county with a report of the month."""
    with writing(engine) as connection:
        keep_zone(connection, Zone(id="zone-1", title=EVIL, level="county"), "watch", NOW)
        count_visitors(connection, "zone-1", TODAY, 40, "guide", NOW)
        make(connection, seen, "2026-11", "watch", NOW)
    return engine


def test_a_report_says_what_was_known(made: Engine) -> None:
    with made.connect() as connection:
        kept = find_report(connection, 1)
    report = kept.report
    assert (report.county, report.period, report.first, report.last) == (
        "测试县",
        "2026-11",
        date(2026, 11, 1),
        date(2026, 11, 30),
    )
    assert report.punctual == (1, 2)
    assert [(late.title, late.published) for late in report.late] == [(EVIL, date(2026, 11, 10))]
    assert report.visitors == 40
    assert report.items == 1


def test_it_never_changes(made: Engine, seen: Overview) -> None:
    with made.connect() as connection:
        before = find_report(connection, 1)
    with writing(made) as connection:
        count_visitors(connection, "zone-1", TODAY, 99, "guide", NOW)
        make(connection, seen, "2026-11", "watch", NOW)
    with made.connect() as connection:
        assert find_report(connection, 1) == before
        assert [kept.report.visitors for kept in reports(connection)] == [99, 40]
    for attempt in ("UPDATE supervision_report SET body = '{}'", "DELETE FROM supervision_report"):
        with pytest.raises(DBAPIError), writing(made) as connection:
            connection.execute(text(attempt))


def test_an_altered_report_is_noticed(made: Engine) -> None:
    with writing(made) as connection:
        connection.execute(
            text(
                "INSERT INTO supervision_report (number, period, first, last, body, digest, author, at) "
                "SELECT 2, period, first, last, replace(body, '测试县', '别的县'), digest, author, at "
                "FROM supervision_report"
            )
        )
    with made.connect() as connection, pytest.raises(Refused, match="不一致"):
        find_report(connection, 2)


def test_earlier_reports_are_its_trend(made: Engine, seen: Overview) -> None:
    with writing(made) as connection:
        later = Overview(**{name: getattr(seen, name) for name in Overview.__slots__})
        make(connection, later, "2026-Q4", "watch", NOW)
        object.__setattr__(later, "ground", ground([], today=date(2026, 12, 5)))
        make(connection, later, "2026-12", "watch", NOW + timedelta(days=13))
    with made.connect() as connection:
        assert [one.period for one in find_report(connection, 3).report.trend] == ["2026-11"]
        assert find_report(connection, 2).report.trend == ()


@pytest.mark.parametrize("period", ["", "2026-13", "2026-Q5", "26-1", "2027-01", "x" * 100])
def test_what_is_no_period(engine: Engine, seen: Overview, period: str) -> None:
    with pytest.raises(Refused), writing(engine) as connection:
        make(connection, seen, period, "watch", NOW)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbook_holds_no_formula(made: Engine, language: str) -> None:
    with made.connect() as connection:
        report = find_report(connection, 1).report
    book = load_workbook(BytesIO(workbook(report, load_words(language))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert EVIL in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert 1 in {cell.value for cell in cells if cell.data_type == "n"}
    assert load_words(language)("paper.demonstration") in {cell.value for cell in cells}
    assert all(sheet.freeze_panes and sheet.column_dimensions["A"].width > 10 for sheet in book)
    late = book.worksheets[5]
    assert late.column_dimensions["D"].width < late.column_dimensions["B"].width
    assert len(book.worksheets) >= 5


@pytest.mark.parametrize(
    ("language", "period", "title"),
    [
        ("zh", "2026-01", "测试县2026年1月政务公开监督报告"),
        ("zh", "2026-Q4", "测试县2026年第4季度政务公开监督报告"),
        ("zh", "2026", "测试县2026年政务公开监督报告"),
        ("en", "2026-Q4", "Test County: report on open government, quarter 4 of 2026"),
    ],
)
def test_it_has_its_title_in_both_languages(made: Engine, language: str, period: str, title: str) -> None:
    with made.connect() as connection:
        report = find_report(connection, 1).report
    assert replace(report, period=period).title(load_words(language)) == title


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pdf_is_the_same_each_time(made: Engine, language: str) -> None:
    with made.connect() as connection:
        kept = find_report(connection, 1)
    first, second = (pdf(kept.report, 1, "watch", kept.digest, load_words(language)) for _ in range(2))
    assert first.startswith(b"%PDF")
    assert first == second


def test_an_overview_is_computed_anew_when_something_changes(engine: Engine) -> None:
    approve(engine, [OFFICE, item("relief", within(20))])
    kept = Overviews()
    first = kept.get(engine, NOW)
    assert kept.get(engine, NOW) is first
    entry = Occasion(kind="disclosure", record="relief", title="一", formed=date(2026, 9, 1))
    with writing(engine) as connection:
        number = enter(connection, entry, first.ground.records, "clerk", NOW)
    second = kept.get(engine, NOW)
    assert second.states["estimate"] == 1  # no calendar was confirmed here
    with writing(engine) as connection:
        void(connection, number, "clerk", NOW)
    assert kept.get(engine, NOW).entries == ()
    assert kept.get(engine, NOW + timedelta(days=1)).ground.today == date(2026, 11, 23)


def test_the_county_writes_its_own_rules(engine: Engine) -> None:
    own: Any = default_rules()
    with writing(engine) as connection:
        assert current_rules(connection) == own
        write_rules(connection, own, "watch", NOW)
    with engine.connect() as connection:
        assert current_rules(connection) == own
    with pytest.raises(DBAPIError), writing(engine) as connection:
        connection.execute(text("UPDATE supervision_rules SET body = '{}'"))
