"""What stands on a sheet, and what of it fits into a code."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from msgspec.structs import replace

from catalog.qr import modules
from catalog.records import LifeEvent, Place, PublicService
from catalog.sheet.page import Line, Section, Sheet, Stop, Subject, sheet
from catalog.sheet.plain import LARGEST, plain_text
from catalog.sheet.subject import subject_of
from catalog.sheet.words import sheet_words
from tests.catalog.sheet.records import BIRTH, CARD, ORIGIN, services
from tests.sample import COUNTY, sample_records, store_of

ZH, EN = sheet_words("zh"), sheet_words("en")
MODULES_OF_VERSION_25 = 4 * 25 + 17


def of(*found: PublicService, title: str = "出生登记") -> Sheet:
    return sheet(Subject(title, found), ORIGIN, ZH)


def test_both_languages_have_the_same_words() -> None:
    assert ZH.texts.keys() == EN.texts.keys()
    assert all(text for words in (ZH, EN) for text in words.texts.values())


def test_a_service_has_its_papers_window_steps_and_age() -> None:
    found = of(BIRTH)
    assert found.facts == (("收费", "不收费"), ("跑几次", "1 次"))
    assert of(replace(BIRTH, free=False)).facts == (("跑几次", "1 次"),)
    assert [(group.name, [line.title for line in group.lines]) for group in found.groups] == [
        ("bring", ["出生医学证明", "居民户口簿"]),
        ("in_case", ["亲子鉴定意见书"]),
        ("waived", ["结婚证"]),
    ]
    assert found.groups[0].lines[1] == Line("居民户口簿", "原件 1 份、复印件 2 份")
    assert found.stops == (Stop("县政务服务中心 1 楼 A06", "时间：周一至周五", "电话：0000-7121001"),)
    assert found.sections == (
        Section("怎么办", ("【办理前】商量用什么姓", "【办理中】到窗口申报：一次办完。")),
    )
    assert (found.checked, found.code) == ("2026-10-15 由公安局核对", "T78R5")
    assert "第 7 版 · 2026-11-21" in found.edition
    assert "虚构" in found.notice


def test_several_services_share_one_list_and_say_which_window_does_what() -> None:
    found = of(BIRTH, CARD)
    assert found.groups[0].lines[1] == Line(
        "居民户口簿", "原件 1 份、复印件 3 份", "用于：出生登记、社保卡申领"
    )
    assert [stop.does for stop in found.stops] == ["办：出生登记", "办：社保卡申领"]
    assert (found.facts, found.sections, found.checked) == ((), (), "")


def test_nothing_to_bring_is_said() -> None:
    assert of(PublicService(id="x", title="x", competent_authority="o")).groups[0].title == "没有必须带的材料"


def test_a_list_is_put_together_from_the_edition(tmp_path: Path) -> None:
    event = LifeEvent(
        id="baby", audience="person", title="新生儿", title_en="A baby", services=("birth", "gone")
    )
    with_event = store_of([COUNTY, BIRTH, CARD, event], tmp_path / "x.db")
    keys = [("life_event", "baby"), ("service", "birth"), ("service", "gone"), ("nonsense", "x")]
    assert subject_of(keys, with_event, EN) == Subject("Take-away list (2)", (BIRTH,), ())
    assert subject_of(keys[:1], with_event, EN) == Subject("A baby", (BIRTH,), ())
    assert subject_of([*keys[1:2], ("county", "county")], with_event, ZH) == Subject(
        "带走清单（2 项）", (BIRTH,), (("青禾县",),)
    )
    assert subject_of(keys[2:], with_event, ZH) is None


def test_a_place_is_told_with_its_address_and_phone(tmp_path: Path) -> None:
    place = Place(
        id="hall",
        title="政务服务中心",
        category="x",
        latitude=36,
        longitude=117,
        address="1 号",
        phone="0000-1",
    )
    store = store_of([COUNTY, BIRTH, place], tmp_path / "x.db")
    alone = subject_of([("place", "hall")], store, ZH)
    assert alone == Subject("政务服务中心", (), (("1 号", "0000-1"),))
    found = sheet(alone, ORIGIN, ZH)
    assert found.sections == (Section("", ("1 号\n0000-1",)),)
    assert plain_text(found, ZH).splitlines()[:3] == ["政务服务中心", "1 号", "0000-1"]
    both = subject_of([("place", "hall"), ("service", "birth")], store, ZH)
    assert both is not None
    assert sheet(both, ORIGIN, ZH).sections[-1] == Section("清单里还有", ("政务服务中心\n1 号\n0000-1",))


def test_the_text_has_what_is_needed_at_the_window() -> None:
    lines = plain_text(of(BIRTH), ZH).splitlines()
    assert lines == [
        "出生登记",
        "带：",
        "1. 出生医学证明 原件 1 份（副页由派出所收存）",
        "2. 居民户口簿 原件 1 份、复印件 2 份",
        "看情况带：",
        "1. 亲子鉴定意见书 原件 1 份（情形：随父落户时）",
        "县政务服务中心 1 楼 A06",
        "时间：周一至周五",
        "电话：0000-7121001",
        "2026-10-15 由公安局核对",
        "青禾县政务公开体验区 · 内容第 7 版 · 2026-11-21",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_service_of_the_county_fits_with_all_papers_and_its_phone(language: str) -> None:
    words = sheet_words(language)
    for record in sample_records():
        if isinstance(record, PublicService):
            text = plain_text(sheet(Subject(record.title, (record,)), ORIGIN, words), words)
            assert len(text.encode()) <= LARGEST
            assert record.channel.phone in text


@pytest.mark.slow
@given(services())
def test_the_text_fits_whatever_an_office_wrote(found: tuple[PublicService, ...]) -> None:
    text = plain_text(of(*found), ZH)
    assert text.startswith("出生登记")
    assert len(text.encode()) <= LARGEST
    assert len(text.splitlines()) > 1


def test_what_is_left_out_is_said() -> None:
    short = plain_text(of(BIRTH), ZH, largest=220)
    assert "另有 1 份看情况才带，请先电话问清。" in short
    assert "0000-7121001" in short
    assert "等，共 2 份" in plain_text(of(BIRTH), ZH, largest=200)
    assert plain_text(of(BIRTH), ZH, largest=30).endswith("…")


def test_the_largest_text_is_a_code_of_version_25() -> None:
    assert len(modules("国" * (LARGEST // 3), 0)) == MODULES_OF_VERSION_25
    assert len(modules("国" * (LARGEST // 3 + 1), 0)) > MODULES_OF_VERSION_25


def test_every_word_is_used() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8").replace("'", '"')
        for path in Path(__file__).parents[3].glob("catalog/sheet/*.py")
    )
    keys = tomllib.loads(files("assets").joinpath("strings/sheet.en.toml").read_text(encoding="utf-8"))
    made = {"bring", "in_case", "optional", "waived", "before", "during", "after"}
    assert {key for key in keys if f'"{key}"' not in code and not key.startswith("limit-")} <= made
