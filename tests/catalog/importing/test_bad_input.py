"""Bad input is refused with a clear reason and a place, and never hangs."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from catalog.importing import workbook as opening
from catalog.importing.reading import Reading, read_files
from tests.catalog.importing.hand_over import HEAD, Rows, items, only, row, workbook

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with one part changed, or all of them."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if part in ("", name) else data)
    return target


def national(path: Path) -> Path:
    return workbook(path / "目录.xlsx", {"Sheet1": [*HEAD, row()]})


def refused(path: Path, code: str) -> Reading:
    reading = read_files([path])
    finding = only(reading, code)
    assert finding.blocking
    assert finding.advice
    assert finding.at
    assert reading.refused
    return reading


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("目录.xlsx", b"", "empty-file"),
        ("目录.xlsx", b"<html><table></table></html>", "not-a-workbook"),
        ("目录.xls", OLE, "old-workbook"),
        ("目录.et", OLE, "old-workbook"),
        ("目录.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted-workbook"),
        ("目录.xlsx", b"PK\x03\x04" + bytes(200), "damaged-workbook"),
        ("目录.csv", b"\xff\x00\xfe\x81", "bad-encoding"),
        ("目录.docx", b"text", "unknown-file"),
        ("目录.csv", "甲,乙,丙\n1,2,3\n".encode(), "unknown-header"),
        ("目录.csv", b'"' + b"a" * 200_000, "damaged-workbook"),
        ("表.yaml", b"- id: a\n  b: [1\n", "malformed-yaml"),
        ("表.yaml", b"- id: a\n  label: x\n  label: y\n", "malformed-yaml"),
        ("表.yaml", b"- &a {id: a}\n- *a\n", "malformed-yaml"),
        ("表.yaml", b"[" * 5000, "malformed-yaml"),
        ("表.yaml", b"- {what: 1}\n", "unknown-document"),
        ("表.yaml", b"# nothing\n", "empty-file"),
        ("图.geojson", b'{"type": "FeatureCollection",\n "features": [,]}', "malformed-geojson"),
        ("图.geojson", b"[1]", "malformed-geojson"),
        ("图.geojson", b"[" * 100_000, "malformed-geojson"),
    ],
)
def test_files_that_are_not_what_they_should_be(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert refused(path, code).records == ()


def test_lines_are_named(tmp_path: Path) -> None:
    yaml, json = tmp_path / "表.yaml", tmp_path / "图.geojson"
    yaml.write_text("- id: a\n- id: b\n  x: [1\n", encoding="utf-8")
    json.write_text('{"type": "FeatureCollection",\n\n "features": [,]}', encoding="utf-8")
    (bad,) = (f for f in read_files([yaml]).findings if f.blocking)
    assert bad.at
    assert bad.at.row in {3, 4}
    (bad,) = (f for f in read_files([json]).findings if f.blocking)
    assert bad.at
    assert bad.at.row == 3


def test_an_empty_workbook(tmp_path: Path) -> None:
    refused(workbook(tmp_path / "空.xlsx", {"Sheet1": []}), "empty-file")


def test_a_wrong_header_names_what_is_missing(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "机构.xlsx", {"机构": [["机构名称", "简称", "主要职责", "大厅位置"], ["甲", "乙"]]}
    )
    finding = only(refused(path, "unknown-header"), "unknown-header")
    assert "机构编号" in finding.message
    assert finding.at
    assert finding.at.row == 1


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "目录.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "text")
    refused(path, "not-a-workbook")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = rewritten(national(tmp_path), SHEET, lambda xml: xml + b" " * (opening.MAX_PART + 1))
    assert bomb.stat().st_size < 200_000
    refused(bomb, "too-large")


def test_a_directory_of_the_archive_that_lies(tmp_path: Path) -> None:
    path = rewritten(national(tmp_path), SHEET, lambda xml: xml + b" " * 10_000_000)
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(SHEET).file_size
    lying = data.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != data
    path.write_bytes(lying)
    assert read_files([path]).refused


def test_entities_are_refused(tmp_path: Path) -> None:
    declared = b'<!DOCTYPE a [<!ENTITY b "cccccccc">]>'
    path = rewritten(national(tmp_path), SHEET, lambda xml: declared + xml)
    refused(path, "damaged-workbook")


def test_xml_that_breaks_off(tmp_path: Path) -> None:
    refused(rewritten(national(tmp_path), SHEET, lambda xml: xml[: len(xml) // 2]), "damaged-workbook")


@pytest.mark.slow
def test_a_million_formatted_empty_rows(tmp_path: Path) -> None:
    empty = b"".join(b'<row r="%d"/>' % number for number in range(6, 1_000_000, 7))
    path = rewritten(
        national(tmp_path),
        SHEET,
        lambda xml: xml.replace(b"</sheetData>", empty + b'<row r="1048576"/></sheetData>'),
    )
    reading = read_files([path])
    assert len(items(reading)) == 1
    assert not reading.refused


@pytest.mark.slow
@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="4000000000"><c r="A4000000000" t="n"><v>1</v></c></row>',
        b'<row r="9"><c r="XFD9" t="n"><v>1</v></c></row>',
        b"".join(b'<row r="%d"><c r="ZZ%d"/></row>' % (number, number) for number in range(9, 9000)),
    ],
)
def test_rows_and_columns_without_end(tmp_path: Path, rows: bytes) -> None:
    refused(
        rewritten(
            national(tmp_path), SHEET, lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>")
        ),
        "too-large",
    )


def test_formula_errors_name_their_cell(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for values in [*HEAD, row(deadline="#REF!")]:
        sheet.append(list(values))
    sheet["F4"].data_type = "e"
    sheet["G5"] = "=A1"
    book.save(tmp_path / "目录.xlsx")
    found = [f for f in read_files([tmp_path / "目录.xlsx"]).findings if f.code == "formula-error"]
    assert [f.at.cell for f in found if f.at] == ["F4", "G5"]
    assert all(f.blocking for f in found)


def test_text_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    path = tmp_path / "目录.csv"
    path.write_text(
        "就业领域\n一级事项,二级事项,公开内容,公开依据,公开时限\n甲,=1+1,@SUM(A1),《法》,长期\n",
        encoding="utf-8",
    )
    (item,) = items(read_files([path]))
    assert (item.level2, item.content) == ("=1+1", ("@SUM(A1)",))


def test_other_files_in_a_folder_are_skipped_and_said(tmp_path: Path) -> None:
    national(tmp_path)
    (tmp_path / "README.md").write_text("text")
    (tmp_path / "~$目录.xlsx").write_bytes(b"lock")
    (tmp_path / "counts.json").write_text('{"services": 3}')
    (tmp_path / "queries.tsv").write_text("query\texpected\n")
    reading = read_files([tmp_path])
    assert not reading.refused
    assert len(items(reading)) == 1
    assert sorted(f.at.file for f in reading.findings if f.code == "file-skipped" and f.at) == [
        "README.md",
        "counts.json",
        "queries.tsv",
        "~$目录.xlsx",
    ]
    assert read_files([tmp_path / "counts.json"]).refused
    assert read_files([tmp_path / "queries.tsv"]).refused


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_files([tmp_path / "no"])


def test_the_same_id_in_two_files(tmp_path: Path) -> None:
    rows = [["机构编号", "机构名称"], ["a-office", "甲局"]]
    for name in ("一.xlsx", "二.xlsx"):
        workbook(tmp_path / name, {"机构": rows})
    finding = only(read_files([tmp_path]), "duplicate-id")
    assert finding.blocking
    assert (finding.at and finding.at.file, finding.related[0].file) == ("二.xlsx", "一.xlsx")


def test_sheets_that_are_not_read_are_said(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {"目录": [*HEAD, row()], "选项": [["是", "否"], ["有", "无"]]}
    finding = only(read_files([workbook(tmp_path / "目录.xlsx", sheets)]), "unread-sheet")
    assert finding.at
    assert finding.at.sheet == "选项"


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    one = workbook(tmp_path / "a" / "机构.xlsx", {"机构": [["机构编号", "机构名称"], ["x", "甲局"]]})
    two = workbook(tmp_path / "b" / "目录.xlsx", {"目录": [*HEAD, row()]})
    assert read_files([one, two]) == read_files([two, one])


def test_progress_is_told_for_every_file(tmp_path: Path) -> None:
    national(tmp_path)
    told: list[tuple[str, int, int]] = []
    read_files([tmp_path], progress=lambda *step: told.append(step))
    assert told == [("目录.xlsx", 1, 1)]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name in ("a.xlsx", "a.csv", "a.yaml", "a.geojson"):
        path = folder / name
        path.write_bytes(data)
        assert read_files([path]).findings


@pytest.mark.slow
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=5))
def test_a_damaged_workbook_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[float, int]]
) -> None:
    path = national(tmp_path_factory.mktemp("damaged"))
    content = bytearray(path.read_bytes())
    for place, value in damage:
        content[int(place * len(content))] = value
    path.write_bytes(content)
    assert read_files([path]).findings


@pytest.mark.parametrize("name", ["目录.xls", "目录.et", "目录.csv"])
def test_a_workbook_of_another_name_is_read(tmp_path: Path, name: str) -> None:
    assert len(items(read_files([national(tmp_path).rename(tmp_path / name)]))) == 1


def test_a_workbook_in_the_strict_form_says_how_to_save_it(tmp_path: Path) -> None:
    pattern = re.compile(rb"schemas\.openxmlformats\.org/(spreadsheetml|officeDocument)/2006")
    path = rewritten(national(tmp_path), "", lambda xml: pattern.sub(rb"purl.oclc.org/ooxml/\1", xml))
    assert "Open XML" in only(refused(path, "damaged-workbook"), "damaged-workbook").advice


def test_a_quote_without_end_names_the_row_where_it_begins(tmp_path: Path) -> None:
    path = tmp_path / "机构.csv"
    path.write_text('机构编号,机构名称\na,"甲\n乙"\nb,"丙\nc,丁\n', encoding="utf-8")
    finding = only(refused(path, "damaged-workbook"), "damaged-workbook")
    assert finding.at
    assert finding.at.row == 3


def test_a_directory_without_names_says_which_column_it_lacks(tmp_path: Path) -> None:
    rows: Rows = [
        ["序号", "公开内容", "公开依据", "公开时限", "公开主体"],
        [1, "名称", "《法》", "长期", "局"],
    ]
    path = workbook(tmp_path / "目录.xlsx", {"就业": rows})
    assert only(refused(path, "unknown-header"), "unknown-header").message.endswith("缺少列：事项名称")
