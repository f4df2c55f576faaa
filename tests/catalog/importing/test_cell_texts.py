"""The small readers: ticks, channels, lists, places in the hall, fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.importing.cells import time_limit
from catalog.importing.channels import NATIONAL, read_channels
from catalog.importing.elements import read_basis, read_content
from catalog.importing.fields import field, field_id, fields_in
from catalog.importing.location import channel
from catalog.importing.marks import ticked
from catalog.importing.words import heading, line_list, plain, word_list


@pytest.mark.parametrize(
    "mark",
    [
        *("√", "✓", "✔", "☑", "■", "✅", "∨", "是", " √ ", "√。", "Ｙ", "Ⅴ", "打勾", "县级", "√县级"),
        *("[x]", "[ X ]", "（√）", "【✓】", "R", "P", "þ", "ü"),
    ],
)
def test_ticks(mark: str) -> None:
    assert ticked(mark, "县级") is True


@pytest.mark.parametrize(
    "mark", ["", " ", "□", "×", "否", "—", "/", "无", "[ ]", "（ ）", "〇", "o", "£", "─"]
)
def test_no_ticks(mark: str) -> None:
    assert ticked(mark, "县级") is False


def test_other_words_are_neither() -> None:
    assert ticked("待定", "县级") is None


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("■政府网站 □政府公报 ■政务服务中心", ("政府网站", "政务服务中心")),
        ("■政府网站\n□政府公报\n■其他", ("政府网站", "其他")),
        ("t政府网站\n口政府公报\nt两微一端", ("政府网站", "两微一端")),
        ("□政府网站 □政府公报", ()),
        ("政府网站\n政务服务中心", ("政府网站", "政务服务中心")),
        ("政府网站、两微一端、纸质载体", ("政府网站", "两微一端", "纸质媒体")),
        ("政府网站 两微一端", ("政府网站", "两微一端")),
        ("■社区/企事业单位/村公示栏(电子屏)", ("社区/企事业单位/村公示栏（电子屏）",)),
        ("■其他（12345政务服务热线）", ("其他（12345政务服务热线）",)),
        ("☑政府网站☐政府公报", ("政府网站",)),
        ("口头告知", ("口头告知",)),
        ("[x]政府网站 [ ]政府公报", ("政府网站",)),
        ("（√）政府网站（ ）政府公报【√】入户/现场", ("政府网站", "入户/现场")),
        ("■政府网站 □其他（  ）", ("政府网站",)),
        ("R政府网站 £政府公报 R微信群", ("政府网站", "微信群")),
        ("R政府网站R两微一端£政府公报", ("政府网站", "两微一端")),
        ("þ 政府网站\n¨ 政府公报", ("政府网站",)),
        ("□政府公报\nR政府网站", ("政府网站",)),
        ("t 政府网站 口 政府公报", ("政府网站",)),
        ("政府网站√ 政府公报□ 纸质媒体√", ("政府网站", "纸质媒体")),
        ("█政府网站⬜政府公报★纸质媒体☆听证会", ("政府网站", "纸质媒体")),
        ("服务窗口政务服务中心", ("服务窗口政务服务中心",)),
        ("", ()),
    ],
)
def test_channels(text: str, channels: tuple[str, ...]) -> None:
    assert read_channels(text) == channels


@given(
    st.lists(st.sampled_from(NATIONAL), unique=True),
    st.sampled_from(["■□", "☑☐", "t口", "R£", "þ¨"]),
    st.sampled_from("\n "),
)
def test_every_choice_of_channels_is_read(chosen: list[str], marks: str, gap: str) -> None:
    text = gap.join(f"{marks[name not in chosen]}{name}" for name in NATIONAL)
    assert read_channels(text) == tuple(name for name in NATIONAL if name in chosen)


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("名称、条件、材料", ("名称", "条件", "材料")),
        ("承办单位（科室、岗位）、时限", ("承办单位（科室、岗位）", "时限")),
        ("1. 收入表；2. 支出表；3. 说明", ("收入表", "支出表", "说明")),
        ("●政策文件●申请条件", ("政策文件", "申请条件")),
        ("名称、文号；一图读懂、解读", ("名称、文号", "一图读懂、解读")),
        ("标准为1.5倍", ("标准为1.5倍",)),
    ],
)
def test_content(text: str, elements: tuple[str, ...]) -> None:
    assert read_content(text) == elements


@pytest.mark.parametrize(
    ("text", "laws"),
    [
        ("《甲法》《乙条例》", ("《甲法》", "《乙条例》")),
        ("【规章】《甲办法》【法律】《乙法》", ("【规章】《甲办法》", "【法律】《乙法》")),
        ("《甲条例》（国务院令第711号）、省有关规定", ("《甲条例》（国务院令第711号）", "省有关规定")),
        ("《甲法》第一条、第二条", ("《甲法》第一条第二条",)),
        ("《关于印发〈乙办法〉的通知》", ("《关于印发〈乙办法〉的通知》",)),
        ("《关于贯彻《乙法》的意见》", ("《关于贯彻《乙法》的意见》",)),
    ],
)
def test_basis(text: str, laws: tuple[str, ...]) -> None:
    assert read_basis(text) == laws


@pytest.mark.parametrize(
    ("address", "floor", "window"),
    [
        ("县政务服务中心 1 楼 A06", 1, "A06"),
        ("一楼A06窗口", 1, "A06"),
        ("2楼C区12号", 2, "C12"),
        ("政务大厅三层B区6号窗口", 3, "B06"),
        ("文昌路32号政务中心2F D03", 2, "D03"),
        ("政通路1号政务中心一楼15号窗口", 1, "15"),
        ("县政务服务中心1楼A区", 1, ""),
        ("各乡镇便民服务中心", None, ""),
        ("城关镇青禾大道126号", None, ""),
        ("负一楼A01", -1, "A01"),
        ("十二楼Ｂ０３", 12, "B03"),
        ("", None, ""),
    ],
)
def test_places_in_the_hall(address: str, floor: int | None, window: str) -> None:
    found = channel(address, opening_hours="", phone="", complaints_phone="")
    assert (found.floor, found.window) == (floor, window)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("20工作日", 20, "working_day"),
        ("20 个工作日", 20, "working_day"),
        ("当场", None, "on_the_spot"),
        ("60日", 60, "day"),
        ("即办", None, "on_the_spot"),
        ("2小时", 2, "hour"),
        ("按批次", None, "working_day"),
    ],
)
def test_time_limits(text: str, value: int | None, unit: str) -> None:
    found = time_limit(text)
    assert (found.text, found.value, found.unit) == (text, value, unit)


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("某县户籍管理领域基层政务公开标准目录", ["户籍管理"]),
        ("(21)养老服务领域基层政务公开标准目录", ["养老服务"]),
        ("国有土地上房屋征收与补偿领域", ["国有土地上房屋征收与补偿"]),
        ("公共法律服务、扶贫领域基层政务公开标准目录", ["公共法律服务", "扶贫"]),
        ("卫生健康领域", ["医疗卫生"]),
        ("某县自然资源领域基层政务公开标准目录", ["自然资源"]),
        ("某市城市管理领域标准目录", ["城市管理"]),
        ("市场监管领域", ["市场监管"]),
        ("填表说明", []),
    ],
)
def test_the_field_in_a_title(title: str, fields: list[str]) -> None:
    assert sorted(fields_in(title)) == sorted(fields)


def test_fields_have_stable_ids() -> None:
    assert field_id("就业") == "employment"
    assert field_id("交通运输") == field_id("交通运输") != field_id("旅游")
    assert field("交通运输").order > field("市政服务").order


def test_headings_without_what_offices_add() -> None:
    assert heading(" 公 开\n内容（要素）*") == "公开内容"
    assert heading("乡（镇、街道）、村（社区）级") == "乡、村级"
    assert plain("序 号") == "序号"


def test_lists() -> None:
    assert word_list("准生证、生育证（一孩、二孩）；登记") == ("准生证", "生育证（一孩、二孩）", "登记")
    assert line_list("1. 有户口\n2. 满 16 岁") == ("有户口", "满 16 岁")
    assert line_list("1.5 倍以内\n其他") == ("1.5 倍以内", "其他")
