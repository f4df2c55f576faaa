"""Clocks of emergency plans: every way of writing that a plan of the demonstration county has, and others."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.records import EmergencyPlan, Record
from county.bulletins.clock import Clock, Limit, limit, read_clock, since
from tests.county.supervision.grounds import CALENDAR

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("启动后 30 分钟内", Clock("activation", 30)),
        ("启动二级响应时立即", Clock("level", 10, level=2)),
        ("启动三级响应后 2 小时内", Clock("level", 120, level=3)),
        ("决定作出后立即", Clock("event", 10)),
        ("每 3 小时，险情加密到每小时", Clock("activation", 180, every=180)),
        ("核实后 2 小时内首次发布", Clock("event", 120)),
        ("响应终止后 10 个工作日内", Clock("lift", 10, "working_day")),
        ("险情解除后 1 个工作日内", Clock("lift", 1, "working_day")),
        ("启动当日", Clock("activation", 0, "same_day")),
        ("中断后 1 小时内，每 4 小时更新", Clock("event", 60, every=240)),
        ("首次 2 小时内，随后每 3 小时", Clock("activation", 120, every=180)),
        ("30 分钟内", Clock("activation", 30)),
        ("火险等级变化后当日", Clock("event", 0, "same_day")),
        ("按权限和规定时限", None),
        ("", None),
    ],
)
def test_words(text: str, clock: Clock | None) -> None:
    assert read_clock(text) == clock


def test_nearly_all_of_the_plans_can_be_read(sample: tuple[Record, ...]) -> None:
    plans = [record for record in sample if isinstance(record, EmergencyPlan)]
    unread = [one.deadline for plan in plans for one in plan.disclosure if read_clock(one.deadline) is None]
    assert unread == ["按权限和规定时限"]


@given(st.text(max_size=40))
def test_nothing_breaks_it(text: str) -> None:
    clock = read_clock(text)
    assert clock is None or limit(clock, NOW, (), CALENDAR) is not None


def test_limits() -> None:
    assert limit(Clock("activation", 30), NOW, (), CALENDAR) == Limit(NOW + HOUR / 2)
    assert limit(Clock("activation", 30), NOW, (NOW,), CALENDAR) is None
    rolling = Clock("activation", 120, every=180)
    assert limit(rolling, NOW, (NOW + HOUR, NOW), CALENDAR) == Limit(NOW + 4 * HOUR)
    last = limit(Clock("lift", 10, "working_day"), NOW, (), CALENDAR)
    assert last is not None
    assert (last.at.date().isoformat(), last.estimated) == ("2026-12-04", False)
    far = limit(Clock("lift", 40, "working_day"), NOW, (), CALENDAR)
    assert far is not None
    assert far.estimated


def test_when_a_clock_begins() -> None:
    levels = {4: NOW, 2: NOW + HOUR}
    assert since(Clock("activation", 1), NOW, levels, None, None) == NOW
    assert since(Clock("level", 1, level=3), NOW, levels, None, None) == NOW + HOUR
    assert since(Clock("level", 1, level=1), NOW, levels, None, None) is None
    assert since(Clock("lift", 1), NOW, levels, None, None) is None
    assert since(Clock("lift", 1), NOW, levels, NOW + 2 * HOUR, None) == NOW + 2 * HOUR
    assert since(Clock("event", 1), NOW, levels, None, None) is None
    assert since(Clock("event", 1), NOW, levels, None, NOW) == NOW
