"""The hotline's statistics in whatever table they come, and the yearly report."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine

from county import audit
from county.database.engine import writing
from county.errors import Refused
from county.insight.hotline import (
    MOST_TOPICS,
    Topic,
    changes,
    drop,
    keep,
    kept,
    read_statistics,
    take_over,
    topics_of,
    years,
)
from county.insight.tables import Table, as_csv, as_workbook
from county.insight.topics import hot_topics
from county.insight.topics import years as reported
from county.uploads import MOST_BYTES
from tests.county.insight.test_pages import deliver, said
from tests.county.insight.test_receiving import HOUR, NOW, TODAY, counts

SUMMED = """\
年度,诉求类别,受理量（件）,承办单位
2026,占道经营,"1,200",城管局
2026,噪声扰民,300,公安局
2025,占道经营,1500,城管局
合计,,3000,
"""
CALLS = """\
受理时间\t问题类型\t承办部门
2026-03-01 08:00\t供水\t水务局
2026年4月2日\t供水\t城建局
2026-05-02\t供水\t水务局
"""


def test_columns_are_found_by_what_they_mean() -> None:
    found = read_statistics(SUMMED.encode(), "热线.csv", None)
    assert found.topics == (
        Topic(2026, "占道经营", 1200, "城管局"),
        Topic(2026, "噪声扰民", 300, "公安局"),
        Topic(2025, "占道经营", 1500, "城管局"),
    )
    assert (found.rows, found.findings, found.years) == (3, (), (2025, 2026))


def test_old_offices_write_gb18030() -> None:
    assert read_statistics(SUMMED.encode("gb18030"), "热线.csv", None).topics[0].topic == "占道经营"


def test_a_list_of_calls_is_counted() -> None:
    assert read_statistics(CALLS.encode(), "calls.csv", None).topics == (Topic(2026, "供水", 3, "水务局"),)


def test_a_workbook_is_read_as_well(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["某县 12345 热线统计"])  # type: ignore[union-attr]
    book.active.append(["主题", "件数"])  # type: ignore[union-attr]
    book.active.append(["供水", 12])  # type: ignore[union-attr]
    whole = io.BytesIO()
    book.save(whole)
    assert read_statistics(whole.getvalue(), "热线.xlsx", 2024).topics == (Topic(2024, "供水", 12),)


def test_rows_that_cannot_be_used_are_named() -> None:
    text = f"主题,件数\n供水,十二\n{'长' * 130},1\n排水,3\n"
    found = read_statistics(text.encode(), "a.csv", None)
    assert [one.at and one.at.cell for one in found.findings] == ["B2", "A3", ""]
    assert found.topics == ()
    assert found.rows == 3


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.csv"),
        (b"a,b\n1,2\n", "a.csv"),
        (b"\xff\xfe\x00", "a.csv"),
        (b"PK\x03\x04broken", "a.xlsx"),
        (b"<html>", "a.exe"),
        (b"x" * (MOST_BYTES + 1), "a.csv"),
        (("主题,件数,年\n" + "".join(f"t{n},1,2026\n" for n in range(MOST_TOPICS + 1))).encode(), "a.csv"),
    ],
)
def test_what_is_no_such_table_is_refused(data: bytes, name: str) -> None:
    with pytest.raises(Refused) as refused:
        read_statistics(data, name, 2026)
    assert len(str(refused.value)) > 5


@given(st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), max_size=12))
def test_any_table_is_read_or_refused_and_no_row_is_lost(rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["主题", "件数", "年份"], *rows])
    try:
        found = read_statistics(text.getvalue().encode("utf-8", "ignore"), "a.csv", 2026)
    except Refused:
        return
    assert len(found.findings) <= found.rows <= len(rows)
    assert all(topic.number >= 0 and topic.topic for topic in found.topics)


def test_a_file_is_tried_first_and_then_taken_over(engine: Engine) -> None:
    statistics = read_statistics(SUMMED.encode(), "热线.csv", None)
    with writing(engine) as connection:
        with pytest.raises(Refused):
            take_over(connection, "clerk", NOW)
        keep(connection, "clerk", statistics, NOW)
        keep(connection, "clerk", statistics, NOW)
        assert topics_of(connection, 2026) == []
        assert [(one.year, one.added) for one in changes(connection, statistics)] == [(2025, 1), (2026, 2)]
    with writing(engine) as connection:
        assert kept(connection, "clerk") == statistics
        assert kept(connection, "other") is None
        take_over(connection, "clerk", NOW)
    with writing(engine) as connection:
        assert kept(connection, "clerk") is None
        assert [one.number for one in topics_of(connection, 2026)] == [1200, 300]
        assert list(years(connection)) == [2026, 2025]
        assert [one.action for one in audit.entries(connection)][-1:] == ["import hotline"]
        less = read_statistics("年,主题,件数\n2026,占道经营,7\n".encode(), "b.csv", None)
        (change,) = changes(connection, less)
        assert (change.changed, change.gone, change.added, change.same) == (1, 1, 0, 0)
        keep(connection, "clerk", less, NOW)
        drop(connection, "clerk")
        assert kept(connection, "clerk") is None
        assert len(topics_of(connection, 2026)) == 2


def test_the_report_compares_with_the_year_before(engine: Engine) -> None:
    names = {"record/service/birth": 40, "visit": 100}
    deliver(
        engine,
        "a",
        [counts(1, HOUR, **names), counts(2, HOUR - timedelta(days=365), **{"record/service/birth": 20})],
    )
    said(engine, "打麻将", ("a", 0), ("a", 1), ("b", 0))
    with writing(engine) as connection:
        keep(connection, "clerk", read_statistics(SUMMED.encode(), "热线.csv", None), NOW)
        take_over(connection, "clerk", NOW)
        found = hot_topics(connection, 2026, lambda kind, name: f"{kind}:{name}")
        empty = hot_topics(connection, 2020, lambda kind, name: name)
        assert reported(connection, TODAY) == [2026, 2025]
    assert (found.calls, found.calls_before, found.visits, found.visits_before) == (1500, 1500, 100, None)
    assert [(one.title, one.number, one.before, one.change) for one in found.hotline] == [
        ("占道经营", 1200, 1500, -0.2),
        ("噪声扰民", 300, 0, None),
    ]
    (line,) = found.looked_up["service"]
    assert (line.title, line.number, line.before, line.change) == ("service:birth", 40, 20, 1.0)
    assert [(one.title, one.number) for one in found.missed] == [("打麻将", 3)]
    assert empty.is_empty
    assert not found.is_empty


def test_tables_are_safe_to_open() -> None:
    table = Table("说法[1]", ("words", "number"), [("=1+1", 5), ("打麻将", 3)])
    assert as_csv(table).decode("utf-8-sig").splitlines() == ["words,number", "'=1+1,5", "打麻将,3"]
    book = load_workbook(io.BytesIO(as_workbook([table, table])))
    assert len(book.sheetnames) == 2
    cells = [cell for row in book.worksheets[0].iter_rows(min_row=2) for cell in row]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("=1+1", "s"),
        (5, "n"),
        ("打麻将", "s"),
        (3, "n"),
    ]


def test_a_workbook_of_a_fictional_county_says_so_above_its_headings() -> None:
    table = Table("热线", ("主题", "件数"), [("城乡居民医疗保险参保缴费和异地就医备案", 3), ("水", 4)])
    (sheet,) = load_workbook(io.BytesIO(as_workbook([table], "演示"))).worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[:2] == [("演示", None), ("主题", "件数")]
    assert sheet.freeze_panes == "B3"
    widths = [sheet.column_dimensions[letter].width for letter in "AB"]
    assert widths == [40, 12]
