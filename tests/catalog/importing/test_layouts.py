"""The same directory in any order of columns, any known wording, any marks, and as any office types it."""

import csv
import random
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.importing.directory_header import PROFILE
from catalog.importing.reading import Reading, read_files
from tests.catalog.importing.hand_over import HEAD, Rows, codes, directory, items, only, row, workbook

COLUMNS = {
    ("", "number"): (1, 2, 3),
    ("公开事项", "level1"): ("招生", "招生", "收费"),
    ("公开事项", "level2"): ("范围", "结果", "标准"),
    ("", "content"): ("名称；条件", "名单", "项目；标准"),
    ("", "basis"): ("《义务教育法》", "《义务教育法》", "《价格法》"),
    ("", "deadline"): ("20个工作日内", "20个工作日内", "长期"),
    ("", "body"): ("县教育局", "县教育局", "县教育局"),
    ("", "channels"): ("■政府网站 □政府公报 ■纸质媒体", "□政府网站 ■政府公报 □其他", "■政府网站 ■其他"),
    ("公开对象", "society"): ("√", "", "√"),
    ("公开对象", "group"): ("", "本县学生家长", ""),
    ("公开方式", "proactive"): ("√", "√", ""),
    ("公开方式", "on_request"): ("", "", "√"),
    ("公开层级", "县级"): ("√", "√", ""),
    ("公开层级", "村级"): ("", "√", "√"),
    ("", "note"): ("", "见附件", ""),
}
INHERITED = ("level1", "basis", "deadline", "body")
SPELLINGS = (
    lambda text: text,
    lambda text: f" {text}\u3000",
    lambda text: f"\ufeff{text}\u200b\u00a0",
    lambda text: text.replace("公开", "公 开\n"),
    lambda text: f"{text}（请如实填写，没有的不填；有多项的逐项写明，不得遗漏，下同）",
)


def layout(dice: random.Random) -> Rows:
    """The directory as some office might lay it out."""
    groups = list(dict.fromkeys(group or key for group, key in COLUMNS))
    dice.shuffle(groups)
    columns = [(group, key) for place in groups for group, key in COLUMNS if (group or key) == place]
    upper, lower = [], []
    for position, (group, key) in enumerate(columns):
        known = [word for word in PROFILE.columns.get(key, (key,)) if key != "level1" or word != "具体职责"]
        word = dice.choice(known) if key in PROFILE.columns else key
        word = word if word.endswith(")") else dice.choice(SPELLINGS)(word)
        first = position == 0 or columns[position - 1][0] != group
        upper.append((group if first else "") if group else word)
        lower.append(word if group else "")
    rows = [[typed(key, n, dice) for _, key in columns] for n in range(3)]
    return [["临溪市义务教育领域基层政务公开标准目录"], upper, lower, *rows]


def typed(key: str, number: int, dice: random.Random) -> object:
    """A cell as some office might type it."""
    text = next(values[number] for (_, column), values in COLUMNS.items() if column == key)
    above = next(values[number - 1] for (_, column), values in COLUMNS.items() if column == key)
    if number and text == above and key in INHERITED:
        return dice.choice([text, "同上", "同 上。", "〃", "″", *([""] if key == "level1" else [])])
    if text == "√":
        return dice.choice(["√", "✔\ufe0f", "☑", "[x]", "（√）", "R", "是", "√\u200b"])
    if text == "" and key not in ("group", "note"):
        return dice.choice(["", "□", "[ ]", "×", "/", "—", "\u200b"])
    if key == "channels":
        ticked, empty = dice.choice(["■□", "☑☐", "t口", "R£", "√□", ("[x]", "[ ]"), ("（√）", "（　）")])
        gap = dice.choice([" ", "\n"])
        return str(text).replace("■", ticked).replace("□", empty).replace(" ", gap)
    return text


def said(reading: Reading) -> list[object]:
    """What the rows say, whatever their layout."""
    assert not [finding for finding in reading.findings if finding.severity != "info"]
    return [msgspec.structs.replace(item, source=None) for item in items(reading)]


def delimited(path: Path, rows: Rows, separator: str = ",", encoding: str = "utf-8") -> Reading:
    """What is read from a CSV file with these rows."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return read_files([path])


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.sampled_from(",;\t"), st.sampled_from(["utf-8-sig", "utf-16", "gb18030"]))
def test_every_layout_reads_the_same(
    tmp_path_factory: pytest.TempPathFactory, seed: int, separator: str, encoding: str
) -> None:
    folder = tmp_path_factory.mktemp("layouts")
    groups = [group or PROFILE.columns[key][0] for group, key in COLUMNS]
    leaves = [PROFILE.columns.get(key, (key,))[0] if group else "" for group, key in COLUMNS]
    rows = [[values[number] for values in COLUMNS.values()] for number in range(3)]
    plainly = delimited(folder / "一.csv", [["义务教育领域"], groups, leaves, *rows])
    assert len(items(plainly)) == 3
    other = delimited(folder / "二.csv", layout(random.Random(seed)), separator, encoding)
    assert said(other) == said(plainly)


def test_headings_with_instructions_and_layers_with_brackets(tmp_path: Path) -> None:
    head = [list(cells) for cells in HEAD]
    head[1][7] = (
        "公开渠道和载体（“■”表示必选，“□”表示可选，在标注范围内至少选择其一公开，法律法规规章另有规定的从其规定）"
    )
    head[2][12:] = ["县（市、区）级", "乡（镇、街道）、村（社区）级"]
    (item,) = items(directory(tmp_path, [row(town="√")], head))
    assert item.channels == ("政府网站",)
    assert item.levels == ("县级", "乡级", "村级")


def test_marks_of_repetition(tmp_path: Path) -> None:
    marks = ["同上", "同 上。", "同前", "同上一行", "—同上—", "〃", "″", "＂", "''", "如上"]
    rows = [row(1, "甲", "一"), *(row(n, "甲", f"{n}", body=mark) for n, mark in enumerate(marks, 2))]
    assert {item.disclosing_body for item in items(directory(tmp_path, rows))} == {"县人社局"}


def test_cells_of_characters_that_nobody_sees_are_empty(tmp_path: Path) -> None:
    reading = directory(tmp_path, [row(group="\u200b"), ["\ufeff", "\u200b\u00a0"], row(2, "\u2060", "乙")])
    assert [(item.level1, item.specific_group) for item in items(reading)] == [("一级", ""), ("一级", "")]
    assert "数据行 2" in only(reading, "rows-read").message


ONE_LINE = [
    "序号",
    "类别",
    "公开事项",
    "公开内容",
    "公开依据",
    "公开时限",
    "责任部门",
    "公开方式",
    "公开对象",
]


def test_a_category_in_a_standard_directory_is_the_first_name(tmp_path: Path) -> None:
    rows: Rows = [
        [1, "招生", "范围", "名称", "《法》", "及时", "县教育局", "主动公开", "全社会"],
        [2, None, "结果", "名单", "《法》", "及时", "县教育局", "依申请公开", "学生家长"],
    ]
    found = items(directory(tmp_path, rows, [["临溪市义务教育领域政务公开目录"], ONE_LINE]))
    assert {(item.directory, item.field) for item in found} == {("standard", "compulsory-education")}
    assert [(item.level1, item.level2) for item in found] == [("招生", "范围"), ("招生", "结果")]


def test_a_category_beside_the_first_name_is_said(tmp_path: Path) -> None:
    head = [list(cells) for cells in HEAD]
    head[1].append("类别")
    finding = only(directory(tmp_path, [[*row(), "政策"]], head), "unknown-column")
    assert finding.at
    assert finding.at.cell.startswith("O")


def test_a_way_of_disclosure_that_names_channels(tmp_path: Path) -> None:
    rows: Rows = [[1, "机构", "职责", "职责", "《条例》", "及时", "各部门", "政府网站、公示栏", "全社会"]]
    (item,) = items(directory(tmp_path, rows, [["临溪市主动公开基本目录"], ONE_LINE]))
    assert item.proactive
    assert item.channels[0] == "政府网站"
    reading = directory(tmp_path, [[*rows[0], "广播电视"]], [["基本目录"], [*ONE_LINE, "公开渠道"]])
    finding = only(reading, "unreadable-mode")
    assert finding.at
    assert finding.at.cell == "H3"


def test_notes_that_go_on_below_a_note(tmp_path: Path) -> None:
    notes: Rows = [["注：1.动态调整"], ["2. 由教育局负责解释"], ["（三）自印发之日起施行"]]
    assert codes(directory(tmp_path, [row(), *notes])) == set()
    assert codes(directory(tmp_path, [row(), *notes[1:]])) == {"unread-row"}


def test_a_copied_sheet_names_no_field(tmp_path: Path) -> None:
    path = workbook(tmp_path / "目录.xlsx", {"Sheet1 (2)": [*HEAD[1:], row()]})
    assert only(read_files([path]), "unknown-field").blocking
