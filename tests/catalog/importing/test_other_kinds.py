"""Services, policies, lists and documents."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from catalog.importing.reading import Reading, read_files
from catalog.records import (
    Bulletin,
    FloorPlan,
    LifeStage,
    Outline,
    Policy,
    PublicOrganisation,
    PublicService,
    Record,
    Synonym,
    Tag,
)
from tests.catalog.importing.hand_over import HEAD, Rows, codes, only, row, workbook

OFFICE = PublicOrganisation(id="police", title="某县公安局", short_title="公安局")
BIRTH = LifeStage(id="birth", audience="person", title="出生")
SERVICES: Rows = [
    [
        "事项编号",
        "事项名称",
        "实施主体",
        "人生阶段",
        "受理条件",
        "办件类型",
        "承诺办结时限",
        "到办事现场次数",
        "办理地点",
        "是否收费",
    ],
    [
        "register",
        "出生登记",
        "县公安局",
        "出生",
        "1. 有户口\n2. 已出生",
        "即办件",
        "当场",
        1,
        "大厅1楼A06",
        None,
    ],
]
EVIDENCE: Rows = [
    ["事项编号", "排序", "材料名称", "材料必要性", "材料形式", "原件份数", "免提交", "需要情形"],
    ["register", 2, "结婚证", "非必要", "复印件", 0, "数据共享免提交", "已婚时"],
    ["register", 1, "身份证", "必要", "原件和复印件", 1, None, None],
]


def service_reading(folder: Path, services: Rows = SERVICES, evidence: Rows = EVIDENCE) -> Reading:
    path = workbook(folder / "事项.xlsx", {"事项": services, "申请材料": evidence})
    return read_files([path], known=[OFFICE, BIRTH])


def changed(rows: Rows, line: int, column: int, value: object) -> Rows:
    """The rows with one cell changed."""
    copy = [list(values) for values in rows]
    copy[line][column] = value
    return copy


def only_record(reading: Reading) -> Record:
    (record,) = reading.records
    return record


def test_a_service_with_its_parts(tmp_path: Path) -> None:
    reading = service_reading(tmp_path)
    service = only_record(reading)
    assert isinstance(service, PublicService)
    assert service.competent_authority == "police"
    assert service.life_stages == ("birth",)
    assert service.requirements == ("有户口", "已出生")
    assert service.processing_kind == "immediate"
    assert service.promised_time_limit is not None
    assert service.promised_time_limit.unit == "on_the_spot"
    assert (service.channel.floor, service.channel.window, service.visits) == (1, "A06", 1)
    assert [(paper.title, paper.form, paper.waiver) for paper in service.evidence] == [
        ("身份证", "original_and_copy", ""),
        ("结婚证", "copy", "data_sharing"),
    ]
    assert codes(reading) == set()


FEES = [("否", True), ("免费", True), (" 不收取", True), ("是", False), ("视情况收取", False), (None, False)]


@pytest.mark.parametrize(("written", "free"), FEES)
def test_a_service_is_free_only_when_the_office_says_so(tmp_path: Path, written: object, free: bool) -> None:
    service = only_record(service_reading(tmp_path, changed(SERVICES, 1, 9, written)))
    assert isinstance(service, PublicService)
    assert service.free is free


@pytest.mark.parametrize("name", ["公安局", "县公安局", "某县公安局"])
def test_offices_go_by_several_names(tmp_path: Path, name: str) -> None:
    service = only_record(service_reading(tmp_path, changed(SERVICES, 1, 2, name)))
    assert isinstance(service, PublicService)
    assert service.competent_authority == "police"


@pytest.mark.parametrize(
    ("line", "column", "value", "code", "cell"),
    [
        (1, 2, "外星局", "unknown-organisation", "C2"),
        (1, 2, None, "empty-cell", "C2"),
        (1, 3, "来世", "unknown-reference", "D2"),
        (1, 5, "慢慢办", "bad-value", "F2"),
        (1, 7, "一两次", "bad-value", "H2"),
        (1, 0, "出生 登记", "bad-value", "A2"),
    ],
)
def test_bad_cells_refuse_the_import(
    tmp_path: Path, line: int, column: int, value: object, code: str, cell: str
) -> None:
    finding = only(service_reading(tmp_path, changed(SERVICES, line, column, value), EVIDENCE[:1]), code)
    assert finding.blocking
    assert finding.at
    assert finding.at.cell == cell


def test_parts_of_an_unknown_service_refuse_the_import(tmp_path: Path) -> None:
    finding = only(service_reading(tmp_path, SERVICES, changed(EVIDENCE, 1, 0, "no-such")), "orphan-row")
    assert finding.blocking
    assert finding.at
    assert (finding.at.sheet, finding.at.cell) == ("申请材料", "A2")


def test_ids_merged_over_several_parts(tmp_path: Path) -> None:
    sheets = {"申请材料": changed(EVIDENCE, 2, 0, None), "事项": SERVICES}
    reading = read_files([workbook(tmp_path / "a.xlsx", sheets, merged=["A2:A3"])], known=[OFFICE, BIRTH])
    service = only_record(reading)
    assert isinstance(service, PublicService)
    assert len(service.evidence) == 2
    assert only(
        read_files([workbook(tmp_path / "b.xlsx", sheets)], known=[OFFICE, BIRTH]), "empty-cell"
    ).blocking


def test_columns_of_a_table_may_stand_anywhere(tmp_path: Path) -> None:
    turned = [list(values)[::-1] for values in SERVICES]
    assert service_reading(tmp_path / "a", turned).records[0].id == "register"


def test_policies_with_clauses_and_interpretations(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "政策文件": [["编号", "标题", "有效性", "成文日期"], ["p1", "办法", "失效", date(2026, 3, 18)]],
        "政策条款": [
            ["政策编号", "条款", "支持内容", "条件", "标签"],
            ["p1", "补助", "1000 元", "甲\n乙", "t-a"],
        ],
        "政策解读": [
            ["政策编号", "解读标题", "发布日期", "问", "答"],
            ["p1", "问答", "2026年3月20日", "能领吗？", "能。"],
            ["p1", "问答", "2026-03-20", "怎么领？", "申请。"],
        ],
    }
    tag = Tag(id="t-a", label="甲", group="身份")
    reading = read_files([workbook(tmp_path / "政策.xlsx", sheets)], known=[tag])
    policy = only_record(reading)
    assert isinstance(policy, Policy)
    assert (policy.in_force, policy.issued) == (False, date(2026, 3, 18))
    assert policy.clauses[0].conditions == ("甲", "乙")
    (interpretation,) = policy.interpretations
    assert [question.text for question in interpretation.questions] == ["能领吗？", "怎么领？"]
    assert interpretation.published == date(2026, 3, 20)


def test_references_must_exist(tmp_path: Path) -> None:
    path = workbook(tmp_path / "同义词.xlsx", {"词": [["群众说法", "对应编号"], ["上户口", "no-such"]]})
    assert only(read_files([path]), "unknown-reference").blocking


def test_the_same_words_on_two_rows_lead_to_both(tmp_path: Path) -> None:
    rows: Rows = [["群众说法", "对应编号"], ["身份证", "a"], ["身份证", "b"]]
    offices = [PublicService(id=i, title=i, competent_authority="police") for i in "ab"]
    reading = read_files([workbook(tmp_path / "词.xlsx", {"词": rows})], known=offices)
    word = only_record(reading)
    assert isinstance(word, Synonym)
    assert word.targets == ("a", "b")
    assert only(reading, "merged-row").severity == "info"


def test_a_bulletin(tmp_path: Path) -> None:
    path = tmp_path / "公告.yaml"
    path.write_text(
        "- {id: n1, kind: notice, title: 停水, issuer: 司, issued: 2026-11-20T15:30+08:00, level: null, colour: 红}\n",
        encoding="utf-8",
    )
    reading = read_files([path])
    bulletin = only_record(reading)
    assert isinstance(bulletin, Bulletin)
    assert bulletin.issued == datetime(2026, 11, 20, 15, 30, tzinfo=timezone(timedelta(hours=8)))
    assert "colour" in only(reading, "unknown-key").message


def test_a_bad_value_in_a_document_names_line_and_path(tmp_path: Path) -> None:
    path = tmp_path / "标签.yaml"
    path.write_text("- {id: a, label: 甲, group: 乙}\n- {id: b, label: 1, group: 乙}\n", encoding="utf-8")
    reading = read_files([path])
    finding = only(reading, "bad-value")
    assert finding.blocking
    assert finding.at
    assert finding.at.row == 2
    assert "$.label" in finding.message


def test_entries_without_an_order_stand_as_written(tmp_path: Path) -> None:
    path = tmp_path / "标签.yaml"
    path.write_text("- {id: b, label: 乙, group: 丙}\n- {id: a, label: 甲, group: 丙}\n", encoding="utf-8")
    orders = {record.id: record.order for record in read_files([path]).records if isinstance(record, Tag)}
    assert orders == {"b": 1, "a": 2}
    path.write_text(
        "- {id: b, label: 乙, group: 丙, order: 7}\n- {id: a, label: 甲, group: 丙}\n", encoding="utf-8"
    )
    orders = {record.id: record.order for record in read_files([path]).records if isinstance(record, Tag)}
    assert orders == {"b": 7, "a": 0}


def test_a_hall_plan_and_outlines(tmp_path: Path) -> None:
    (tmp_path / "平面图.yaml").write_text(
        "id: hall\nname: 大厅\nwidth: 60\ndepth: 40\nunit: 米\nfloors: []\nzones: []\nfacilities: []\n"
        "windows:\n- {floor: 1, zone: A, window: A01, x: 3, y: 7}\n",
        encoding="utf-8",
    )
    (tmp_path / "图.geojson").write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "road-a", "properties": '
        '{"kind": "road", "name": "甲路", "label": [1, 2]}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
        encoding="utf-8",
    )
    plan, outline = sorted(read_files([tmp_path]).records, key=lambda record: record.id)
    assert isinstance(plan, FloorPlan)
    assert isinstance(outline, Outline)
    assert plan.windows[0].code == "A01"
    assert outline.label == (1, 2)


def test_a_table_below_titles_and_above_notes(tmp_path: Path) -> None:
    rows: Rows = [
        ["某县机构一览表"],
        ["机构编号", "机构名称", "电话"],
        ["a", "甲局", "0000-1"],
        [None, "备注：无"],
    ]
    reading = read_files([workbook(tmp_path / "机构.xlsx", {"机构": rows})])
    assert sorted(reading.rows.values()) == ["header", "note", "record", "title"]


def test_fields_that_services_name_are_records_too(tmp_path: Path) -> None:
    rows = [[*values, extra] for values, extra in zip(SERVICES, ["所属领域", "户籍管理"], strict=True)]
    ids = {record.id for record in service_reading(tmp_path, rows).records}
    assert ids == {"register", "household-registration"}


def test_a_folder_with_several_kinds(tmp_path: Path) -> None:
    workbook(tmp_path / "子" / "目录.xlsx", {"Sheet1": [*HEAD, row()]})
    workbook(tmp_path / "机构.xlsx", {"机构": [["机构编号", "机构名称"], ["a", "甲局"]]})
    reading = read_files([tmp_path])
    files = {record.source.file for record in reading.records if record.source}
    assert files == {"子/目录.xlsx", "机构.xlsx"}
