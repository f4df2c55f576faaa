import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.importing.deadline import read_deadline
from catalog.records import DisclosureRule
from catalog.records.disclosure import DeadlineKind, DeadlineUnit


@pytest.mark.parametrize(
    ("text", "value", "unit", "start"),
    [
        ("形成或者变更之日起20个工作日内予以公开", 20, "working_day", "形成或者变更"),
        ("制定或获取信息之日起10个工作日内", 10, "working_day", "制定或获取信息"),
        ("信息形成或变更之日起3个工作日内", 3, "working_day", "信息形成或变更"),
        ("自信息形成或者变更之日起二十个工作日内", 20, "working_day", "信息形成或者变更"),
        ("20工作日", 20, "working_day", ""),
        ("２０ 个工作日", 20, "working_day", ""),
        ("部门预算经本级财政部门批复后20日内公开", 20, "day", "部门预算经本级财政部门批复"),
        ("核实后2小时内", 2, "hour", "核实"),
        ("挂牌、销号之日起3个工作日内", 3, "working_day", "挂牌、销号"),
        ("长期公开，调整后10个工作日内更新", 10, "working_day", "调整"),
        ("作出决定之日起不超过7个工作日", 7, "working_day", "作出决定"),
    ],
)
def test_a_number_of_days_from_an_event(text: str, value: int, unit: DeadlineUnit, start: str) -> None:
    rule = read_deadline(text)
    assert rule is not None
    assert (rule.kind, rule.value, rule.unit) == ("within", value, unit)
    assert rule.start.removesuffix("之日起") == start


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("实时公开", "at_once"),
        ("及时公开", "at_once"),
        ("按年公开", "yearly"),
        ("每年3月底前", "yearly"),
        ("每季度公开一次", "quarterly"),
        ("每月20日内公开", "monthly"),
        ("长期", "permanent"),
        ("活动开始前5个工作日", "unknown"),
        ("计划批准后10个工作日内；检查结果20个工作日内", "unknown"),
        ("水质信息每月公开，水价调整即时公开", "unknown"),
        ("每半年公开一次", "unknown"),
        ("认定次月公告", "unknown"),
        ("按规定", "unknown"),
    ],
)
def test_rhythms_and_what_cannot_be_computed(text: str, kind: DeadlineKind) -> None:
    rule = read_deadline(text)
    assert rule is not None
    assert (rule.kind, rule.value) == (kind, None)


@pytest.mark.parametrize(
    ("text", "kind", "display", "unit"),
    [
        ("10个工作日内，公示7个工作日", "within", 7, "working_day"),
        ("及时公开，公告期限为5个工作日", "at_once", 5, "working_day"),
        ("草案公告时间不少于30日；批准后20个工作日内", "within", 30, "day"),
        ("公示期不少于7天", "unknown", 7, "day"),
    ],
)
def test_how_long_it_stays_up(text: str, kind: DeadlineKind, display: int, unit: DeadlineUnit) -> None:
    rule = read_deadline(text)
    assert rule is not None
    assert (rule.kind, rule.display, rule.display_unit) == (kind, display, unit)


def test_publication_after_a_display_is_not_a_display() -> None:
    rule = read_deadline("公示后10个工作日内")
    assert rule == DisclosureRule(kind="within", value=10, unit="working_day", start="公示")


def test_nothing_is_no_rule() -> None:
    assert read_deadline(" \n") is None


@given(st.text())
def test_any_text_has_a_rule_or_none(text: str) -> None:
    rule = read_deadline(text)
    assert rule is None or rule.kind != "within" or rule.value is not None
