"""Publications from a table, on both databases."""

from collections import Counter
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine

from catalog.records import DisclosureRule, Policy, Record
from county.database.engine import writing
from county.errors import Refused
from county.supervision import bulk
from county.supervision.bulk import Upload, apply, blank, compare, read_table
from county.supervision.publications import publications
from tests.county.catalogue import NOW
from tests.county.supervision.grounds import ground, item, within

HEADS = tuple(names[0] for names in bulk.PROFILE.columns.values())
GROUND = ground(
    [
        item("relief", within(10)),
        item("progress", DisclosureRule(kind="quarterly")),
        Policy(id="policy-1", title="通知", issuer="县民政局", issued=date(2026, 11, 2)),
    ]
)
ROW = {"编号": "relief", "公开的是什么": "名单", "形成日期": "2026-11-02", "公开日期": "2026-11-09"}


def everybodys(record: Record) -> bool:
    return True


def table(*rows: dict[str, Any], heads: tuple[str, ...] = HEADS) -> bytes:
    book, data = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = "公开记录"
    sheet.append(heads)
    for row in rows:
        sheet.append([row.get(head, "") for head in heads])
    book.save(data)
    return data.getvalue()


def read(*rows: dict[str, Any]) -> Upload:
    return read_table(table(*rows), "公开.xlsx", GROUND, everybodys)


def put(engine: Engine, upload: Upload) -> Counter[bulk.Sort]:
    with writing(engine) as connection:
        return apply(connection, upload, GROUND, everybodys, "clerk", NOW)


def kept(engine: Engine) -> list[tuple[str, str, date | None]]:
    with engine.connect() as connection:
        return [(one.record, one.title, one.published) for one in publications(connection)]


def test_the_same_table_twice_changes_nothing(engine: Engine) -> None:
    rows = (ROW, {"编号": "policy-1", "形成日期": date(2026, 11, 2)}, {"编号": "progress"})
    upload = read(*rows)
    assert (len(upload.lines), upload.unfilled, upload.findings) == (2, 1, ())
    assert put(engine, upload) == {"added": 2}
    before = kept(engine)
    assert set(before) == {("relief", "名单", date(2026, 11, 9)), ("policy-1", "通知", None)}
    assert put(engine, read(*rows)) == {"same": 2}
    assert kept(engine) == before


def test_a_row_that_differs_corrects_its_entry(engine: Engine) -> None:
    quarter = {"编号": "progress", "所属期": "2026-Q3", "形成日期": "2026-10-02"}
    put(engine, read({**ROW, "公开日期": ""}, quarter))
    upload = read(ROW, {**quarter, "公开日期": "2026-10-12"})
    with engine.connect() as connection:
        steps = compare(upload, publications(connection))
    assert [(step.sort, step.changes) for step in steps] == [("corrected", ("published",))] * 2
    assert put(engine, upload) == {"corrected": 2}
    assert set(kept(engine)) == {
        ("relief", "名单", date(2026, 11, 9)),
        ("progress", "progress", date(2026, 10, 12)),
    }


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "unknown": ({"编号": "other"}, "B3", "找不到"),
    "kind": ({"类别": "别的"}, "A3", "取值"),
    "other kind": ({"类别": "政策文件"}, "B3", "找不到"),
    "no day": ({"形成日期": ""}, "E3", "不能为空"),
    "no date": ({"公开日期": "昨天"}, "G3", "不是日期"),
    "no such day": ({"公开日期": "2026-02-30"}, "G3", "不是日期"),
    "before": ({"公开日期": "2026-11-01"}, "", "早于形成"),
    "future": ({"公开日期": "2027-11-01"}, "", "以后"),
    "script": ({"公开链接": "javascript:alert(1)"}, "", "https"),
    "period": ({"所属期": "2026-Q3"}, "", "不用填"),
    "long": ({"公开的是什么": "长" * 201}, "", "太长"),
    "twice": ({}, "B3", "第 2 行"),
}


@pytest.mark.parametrize("case", WRONG)
def test_one_wrong_row_and_nothing_is_entered(engine: Engine, case: str) -> None:
    changes, cell, said = WRONG[case]
    upload = read(ROW, {**ROW, **changes})
    (finding,) = upload.findings
    assert finding.at is not None
    assert (finding.at.sheet, finding.at.row, finding.at.cell) == ("公开记录", 3, cell)
    assert said in finding.message
    with pytest.raises(Refused, match="改正"):
        put(engine, upload)
    assert kept(engine) == []


def test_what_others_own_is_not_entered(engine: Engine) -> None:
    def mine(record: Record) -> bool:
        return record.id == "relief"

    data = table(ROW, {"编号": "policy-1", "形成日期": "2026-11-02"})
    (finding,) = read_table(data, "a.xlsx", GROUND, mine).findings
    assert "属于其他单位" in finding.message
    with pytest.raises(Refused, match="其他单位"), writing(engine) as connection:
        apply(connection, read(ROW), GROUND, lambda record: False, "clerk", NOW)
    assert kept(engine) == []
    sheet = load_workbook(BytesIO(blank(GROUND, mine))).active
    assert sheet is not None
    assert [row[1] for row in sheet.iter_rows(values_only=True)] == ["编号", "relief"]


def test_the_blank_table_reads_back(engine: Engine) -> None:
    book = load_workbook(BytesIO(blank(GROUND, everybodys)))
    sheet = book.active
    assert sheet is not None
    assert read_table(blank(GROUND, everybodys), "a.xlsx", GROUND, everybodys).unfilled == 3
    sheet["E2"], sheet["G2"] = date(2026, 11, 2), "2026-11-09"
    data = BytesIO()
    book.save(data)
    assert put(engine, read_table(data.getvalue(), "a.xlsx", GROUND, everybodys)) == {"added": 1}
    assert len(kept(engine)) == 1


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"PK\x03\x04broken", table(heads=("编号",))])
def test_what_is_no_such_table_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        read_table(data, "a.csv", GROUND, everybodys)


def test_an_unknown_column_is_said_to_be_so() -> None:
    (finding,) = read_table(table(ROW, heads=(*HEADS, "备用")), "a.xlsx", GROUND, everybodys).findings
    assert finding.at is not None
    assert finding.at.cell == "K1"


def test_an_upload_waits_for_its_person(engine: Engine) -> None:
    upload = read(ROW, {**ROW, "编号": "other"})
    with writing(engine) as connection:
        bulk.keep(connection, upload, "clerk", NOW)
        bulk.keep(connection, upload, "clerk", NOW)
        assert bulk.kept(connection, "clerk") == upload
        assert bulk.kept(connection, "other") is None
        bulk.drop(connection, "clerk")
        assert bulk.kept(connection, "clerk") is None
