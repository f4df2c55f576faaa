"""Directories in the layouts that offices use (domain.md 2)."""

from pathlib import Path

import pytest

from catalog.importing.reading import read_files
from catalog.records import DisclosureField
from tests.catalog.importing.hand_over import HEAD, Rows, codes, directory, items, only, row, workbook


def test_the_national_form(tmp_path: Path) -> None:
    reading = directory(tmp_path, [row(level1="就业信息", level2="岗位信息")])
    (item,) = items(reading)
    assert (item.directory, item.field, item.level1, item.level2) == (
        "standard",
        "employment",
        "就业信息",
        "岗位信息",
    )
    assert item.channels == ("政府网站",)
    assert (item.to_all_society, item.proactive, item.on_request) == (True, True, False)
    assert item.levels == ("县级",)
    assert codes(reading) == set()


def test_columns_are_found_by_meaning(tmp_path: Path) -> None:
    head: list[list[object]] = [
        ["某县就业领域目录"],
        ["序 号", "公开\n时限", "公开 事项", None, None, "公开内容(要素)", "责任单位", "公开依据"],
        [None, None, "一级事项", "二级事项", "三级事项", None, None, None],
    ]
    head[1] += ["公开方式", None, "公开对象", None, "公开层级", None, None, "备注"]
    head[2] += ["依申请", "主动", "特定对象", "全社会", "东阳市级", "镇街乡", "村", None]
    values = [
        "0505",
        "长期",
        "甲",
        "乙",
        "丙",
        "名称",
        "县局",
        "《某法》",
        "",
        "☑",
        "本村村民",
        "",
        "✓",
        "是",
        "",
        "见附件",
    ]
    (item,) = items(directory(tmp_path, [values], head))
    assert (item.number, item.level3, item.disclosing_body) == ("0505", "丙", "县局")
    assert (item.proactive, item.on_request) == (True, False)
    assert (item.to_all_society, item.specific_group) == (False, "本村村民")
    assert item.levels == ("东阳市级", "镇街乡")
    assert item.note == "见附件"


def test_blank_and_merged_names_inherit_but_other_cells_do_not(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        row(1, "政策", "甲"),
        row(2, None, "乙", basis=None, deadline=None),
        row(3, "业务", "丙", basis="《某法》"),
        row(4, None, "丁", basis=None),
    ]
    reading = directory(tmp_path, rows, merged=["B6:B7", "E6:E7"])
    one, two, three, four = items(reading)
    assert [item.level1 for item in (one, two, three, four)] == ["政策", "政策", "业务", "业务"]
    assert (two.basis, two.deadline) == ((), None)
    assert four.basis == three.basis


def test_third_levels_inherit_the_second_only_inside_their_group(tmp_path: Path) -> None:
    head: Rows = [
        ["某县就业领域目录"],
        ["一级事项", "二级事项", "三级事项", "公开内容", "公开依据", "公开时限"],
    ]
    rows: list[list[object]] = [
        ["甲", "乙", "一", "内容", "《法》", "长期"],
        [None, None, "二", "内容", "《法》", "长期"],
        ["丙", None, "三", "内容", "《法》", "长期"],
        [None, "丁", None, "内容", "《法》", "长期"],
    ]
    names = [(i.level1, i.level2, i.level3) for i in items(directory(tmp_path, rows, head))]
    assert names == [("甲", "乙", "一"), ("甲", "乙", "二"), ("丙", "", "三"), ("丙", "丁", "")]


def test_ditto_inherits_its_column_and_says_from_where(tmp_path: Path) -> None:
    rows = [row(1, "甲", "一", deadline="5日内"), row(2, "同上", "二", deadline="同 上", basis="〃")]
    reading = directory(tmp_path, [*rows, row(3, "同上", "三", deadline="同上")])
    _, two, three = items(reading)
    assert (two.level1, two.deadline_text, two.basis) == ("甲", "5日内", ("《就业促进法》",))
    assert three.deadline == two.deadline
    said = [finding for finding in reading.findings if finding.code == "ditto-time-limit"]
    assert [f.at.cell for f in said if f.at] == ["F5", "F6"]
    assert {f.related[0].row for f in said} == {4}


def test_ditto_without_anything_above(tmp_path: Path) -> None:
    finding = only(directory(tmp_path, [row(deadline="同上")]), "ditto-without-source")
    assert finding.at
    assert finding.at.cell == "F4"


def test_stacked_tables_and_everything_around_them(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        *map(list, HEAD),
        row(1, "甲", "一"),
        ["备注：1.动态调整"],
        [],
        ["（七）户籍管理领域基层政务公开标准目录"],
        *map(list, HEAD[1:]),
        row(1, "乙", "二"),
        *map(list, HEAD[1:]),
        row(2, None, "三"),
        [None, "填报单位（盖章）：某局", None, "填报日期：2026年6月30日"],
    ]
    path = workbook(
        tmp_path / "目录.xlsx", {"Sheet1": rows, "说明": [["一、按要求填写。"], ["二、不要改列。"]]}
    )
    reading = read_files([path])
    assert [(i.field, i.level2) for i in items(reading)] == [
        ("employment", "一"),
        ("household-registration", "二"),
        ("household-registration", "三"),
    ]
    assert sorted(reading.rows.values()) == sorted(
        ["title"] * 2 + ["header"] * 6 + ["record"] * 3 + ["note"] * 2 + ["instruction"] * 2
    )
    assert codes(reading) == set()


def test_rows_of_the_same_name_keep_their_own_ids_whatever_their_order(tmp_path: Path) -> None:
    rows = [row(1, "甲", "一"), row(2, "甲", "一", content="别的内容")]
    one = {item.id: item.content for item in items(directory(tmp_path / "a", rows))}
    other = {item.id: item.content for item in items(directory(tmp_path / "b", rows[::-1]))}
    assert one == other
    assert len(one) == 2


def test_a_repeated_row_is_said(tmp_path: Path) -> None:
    reading = directory(tmp_path, [row(1, "甲", "一"), row(1, "甲", "一")])
    assert len(items(reading)) == 1
    finding = only(reading, "repeated-row")
    assert finding.at
    assert (finding.at.row, finding.related[0].row) in {(5, 4), (4, 5)}


def test_rows_that_fit_nowhere_are_said(tmp_path: Path) -> None:
    reading = directory(tmp_path, [row(), [None, None, None, "只有内容"], ["2"], [None, "只有一个词的一行"]])
    assert len(items(reading)) == 1
    said = [f.at.row for f in reading.findings if f.code == "unread-row" and f.at]
    assert said == [5, 6]


def test_unreadable_ticks_and_unknown_columns_are_said(tmp_path: Path) -> None:
    head = [list(HEAD[0]), [*HEAD[1], "五公开"], [*HEAD[2], None]]
    reading = directory(tmp_path, [[*row(society="待定"), "□决策"]], head)
    tick, column = only(reading, "unreadable-tick"), only(reading, "unknown-column")
    assert tick.at
    assert column.at
    assert (tick.at.cell, column.at.cell) == ("I4", "O3")


def test_a_row_that_numbers_the_columns_belongs_to_the_header(tmp_path: Path) -> None:
    reading = directory(tmp_path, [[str(number) for number in range(1, 15)], row()])
    assert len(items(reading)) == 1
    assert codes(reading) == set()


def test_names_merged_across_inherit_downwards_only(tmp_path: Path) -> None:
    rows = [row(1, "甲", "一"), row(2, "整体", None), row(3, None, "二")]
    names = [(item.level1, item.level2) for item in items(directory(tmp_path, rows, merged=["B5:C5"]))]
    assert names == [("甲", "一"), ("整体", ""), ("整体", "二")]


def test_audience_and_mode_in_words(tmp_path: Path) -> None:
    head: Rows = [["就业领域"], ["二级事项", "公开内容", "公开时限", "公开对象", "公开方式", "公开层级"]]
    rows = [
        ["甲", "内容", "长期", "全社会", "主动公开", "县级、乡级"],
        ["乙", "内容", "长期", "本村村民", "依申请公开", "村"],
    ]
    one, two = items(directory(tmp_path, rows, head))
    assert (one.to_all_society, one.proactive, one.on_request) == (True, True, False)
    assert one.levels == ("县级", "乡级")
    assert (two.to_all_society, two.specific_group, two.on_request) == (False, "本村村民", True)
    assert two.levels == ("村级",)


def test_a_new_field_is_accepted_and_said(tmp_path: Path) -> None:
    head = [["某县自然资源领域基层政务公开标准目录"], *HEAD[1:]]
    reading = directory(tmp_path, [row()], head)
    (item,) = items(reading)
    (named,) = (record for record in reading.records if isinstance(record, DisclosureField))
    assert (named.title, named.id) == ("自然资源", item.field)
    assert only(reading, "new-field").severity == "info"


def test_a_directory_of_no_field_is_refused(tmp_path: Path) -> None:
    reading = directory(tmp_path, [row()], [["标准目录"], *HEAD[1:]])
    assert only(reading, "unknown-field").blocking


@pytest.mark.parametrize(
    ("header", "values", "names", "category"),
    [
        (
            [
                "序号",
                "事项名称",
                "公开内容",
                "公开依据",
                "条款内容",
                "公开渠道",
                "公开时限",
                "公开责任",
                "公开链接",
            ],
            [
                "1",
                "人事任免",
                "任免信息",
                "《条例》",
                "第二十条",
                "政府网站",
                "7个工作日内",
                "县人社局",
                "http://a",
            ],
            ("人事任免", "", ""),
            "其他",
        ),
        (
            [
                "分类",
                "一级目录",
                "二级目录",
                "三级目录",
                "四级目录",
                "公开依据",
                "公开事项",
                "事项内容",
                "公开时限",
            ],
            ["甲类", "一", "二", None, None, "《条例》", "名称", "内容", "长期"],
            ("一", "二", "名称"),
            "甲类",
        ),
        (
            ["具体职责", "业务事项", "信息类别", "内容标准", "公开时限", "公开形式"],
            ["婚姻登记", "结婚登记", "办事指南", "条件、材料", "20个工作日内", "网站"],
            ("婚姻登记", "结婚登记", ""),
            "办事指南",
        ),
    ],
)
def test_supplementary_forms(
    tmp_path: Path, header: list[str], values: list[object], names: tuple[str, ...], category: str
) -> None:
    reading = directory(tmp_path, [values], [["某县主动公开补充目录"], header])
    (item,) = items(reading)
    assert (item.level1, item.level2, item.level3) == names
    assert (item.directory, item.field) == ("supplementary", category)
    assert (item.to_all_society, item.proactive) == (True, True)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_exports_of_old_systems(tmp_path: Path, encoding: str, separator: str) -> None:
    header = ["一级事项", "二级事项", "公开内容", "公开依据", "公开时限", "全社会", "主动", "县级"]
    lines = [["某县就业领域目录"], header, ["甲", '"乙\n丙"', "内容", "《法》", "长期", "√", "√", "√"]]
    path = tmp_path / "目录.csv"
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    (item,) = items(read_files([path]))
    assert (item.level2, item.field, item.levels) == ("乙\n丙", "employment", ("县级",))
