"""Entries of items, policies and periods; freshness, faults, indicators and coverage over them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import msgspec
import pytest

from catalog.checks.check import check
from catalog.findings import Finding
from catalog.records import (
    Bulletin,
    Channel,
    DisclosureField,
    DisclosureRule,
    LegalResource,
    Participation,
    Place,
    Policy,
    ProcedureStep,
    PublicService,
    Survey,
)
from catalog.records.county import Feedback
from county.supervision.completeness import completeness, missing
from county.supervision.coverage import by_field, by_organisation
from county.supervision.entries import entries, punctual, tally, unrecorded
from county.supervision.faults import faults
from county.supervision.freshness import ages
from county.supervision.indicators import indicators
from county.supervision.overview import overview
from county.supervision.rules import Freshness, default_rules
from tests.county.catalogue import NOW
from tests.county.supervision.grounds import TODAY, ground, item, publication, within
from tests.sample import sample_records

OLD = TODAY - timedelta(days=400)
FULL = item(
    "full",
    within(20),
    content=("名单",),
    basis=("条例",),
    deadline_text="20个工作日",
    channels=("政府网站", "公开查阅点"),
    to_all_society=True,
)


def test_each_publication_is_judged() -> None:
    rows = [
        publication("full", date(2026, 10, 12), date(2026, 10, 20)),
        publication("full", date(2026, 9, 1), date(2026, 11, 20), number=2),
        publication("full", date(2026, 9, 1), number=3),
        publication("full", date(2026, 11, 16), number=4),
    ]
    found = entries(ground([FULL], rows))
    counts = tally(found)
    assert {state: number for state, number in counts.items() if number} == {
        "on_time": 1,
        "pending": 1,
        "overdue": 1,
        "late": 1,
    }
    assert punctual(counts) == (1, 3)
    assert {entry.organisations for entry in found} == {("civil-affairs",)}


def test_items_without_an_entry_are_counted_not_judged() -> None:
    other = item("other", within(20))
    on_request = item("asked", within(20), proactive=False, on_request=True)
    base = ground([FULL, other, on_request], [publication("full", date(2026, 11, 2))])
    assert [one.id for one in unrecorded(base)] == ["other"]
    assert len(entries(base)) == 1


def test_recurring_items_have_an_entry_a_period() -> None:
    progress = item("progress", DisclosureRule(kind="quarterly"))
    rows = [publication("progress", date(2026, 7, 1), date(2026, 7, 9), period="2026-Q2")]
    found = entries(ground([progress], rows, approved=date(2026, 5, 1)))
    assert [(entry.period, entry.state, entry.number) for entry in found] == [
        ("2026-Q4", "estimate", 0),
        ("2026-Q3", "overdue", 0),
        ("2026-Q2", "on_time", 1),
    ]


def test_a_period_that_the_rule_no_longer_names_is_not_lost() -> None:
    monthly = item("progress", DisclosureRule(kind="monthly"))
    rows = [publication("progress", date(2026, 7, 1), date(2026, 7, 9), period="2026-Q2")]
    found = entries(ground([monthly], rows, approved=TODAY))
    assert ("2026-Q2", "unknown") in {(entry.period, entry.state) for entry in found}


@pytest.mark.parametrize(
    ("issued", "shown", "state"),
    [
        (date(2026, 6, 1), {}, "unknown"),  # older than this county's first edition
        (date(2026, 11, 2), {"p": date(2026, 11, 5)}, "on_time"),
        (date(2026, 11, 2), {}, "pending"),
        (date(2026, 10, 9), {"p": date(2026, 11, 20)}, "late"),
        (date(2026, 10, 9), {}, "overdue"),
    ],
)
def test_policies_are_published_with_an_edition(issued: date, shown: dict[str, date], state: str) -> None:
    policy = Policy(id="p", title="通知", issuer="县民政局", issued=issued)
    found = entries(ground([policy], shown=shown, opened=date(2026, 10, 1)))
    assert [entry.state for entry in found] == [state]


def test_a_notice_that_came_down_too_early() -> None:
    shown = item("shown", within(10, display=7, display_unit="working_day"))
    rows = [publication("shown", date(2026, 10, 12), date(2026, 10, 13), shown_until=date(2026, 10, 15))]
    base = ground([shown], rows)
    (entry,) = entries(base)
    assert entry.short
    (fault,) = faults(base, [], [], [entry])
    assert (fault.sort, fault.reason) == ("inaccurate", "short")


def test_freshness_by_record_and_by_column() -> None:
    rules = msgspec.structs.replace(
        default_rules(),
        freshness=(
            Freshness(
                title="敬老院", kind="place", scope="record", pattern="敬老院", max_days=30, warn_days=5
            ),
            Freshness(title="便民点", kind="place", scope="record", max_days=365, warn_days=30),
            Freshness(title="公告", kind="bulletin", scope="column", max_days=14, warn_days=3),
            Freshness(title="政策", kind="policy", scope="column", max_days=180, warn_days=20),
        ),
    )
    places = [
        Place(id=name, title=title, category="c", latitude=0, longitude=0, checked_on=day)
        for name, title, day in (
            ("a", "县敬老院", TODAY - timedelta(days=40)),
            ("b", "图书馆", TODAY - timedelta(days=40)),
            ("c", "体育馆", TODAY - timedelta(days=350)),
        )
    ]
    news = Bulletin(id="n", bulletin_kind="notice", title="n", issued=NOW - timedelta(days=15))
    base = ground([*places, news], rules=rules, approved=OLD)
    found = {(aged.rule.title, aged.record): aged.age for aged in ages(base)}
    assert found == {
        ("敬老院", "a"): "stale",
        ("便民点", "b"): "fresh",
        ("便民点", "c"): "soon",
        ("公告", ""): "stale",
        ("政策", ""): "empty",
    }


def test_the_four_faults() -> None:
    closed = TODAY - timedelta(days=31)
    talks = [
        Participation(id="silent", participation_kind="draft", title="a", closes=closed),
        Participation(id="open", participation_kind="draft", title="b", closes=TODAY),
        Participation(id="visit", participation_kind="open_day", title="c", closes=closed, event_time=NOW),
        Participation(
            id="said",
            participation_kind="draft",
            title="d",
            closes=closed,
            feedback=Feedback(published=closed),
        ),
    ]
    base = ground([FULL, *talks], [publication("full", date(2026, 9, 1))])
    findings = [
        Finding(code="repealed-law", severity="error", message="x", kind="disclosure", record="full"),
        Finding(code="incomplete-guide", severity="warning", message="y"),
        Finding(code="rows-read", severity="info", message="z"),
    ]
    found = faults(base, findings, [], entries(base))
    assert [(fault.sort, fault.reason, fault.record) for fault in found] == [
        ("outdated", "overdue", "full"),
        ("inaccurate", "repealed-law", "full"),
        ("silent", "unanswered", "silent"),
        ("useless", "incomplete-guide", ""),
    ]
    assert found[1].organisations == ("civil-affairs",)


def test_indicators() -> None:
    steps = tuple(
        ProcedureStep(title=phase, order=n, phase=phase, actor="经办人")  # type: ignore[arg-type]
        for n, phase in enumerate(("before", "during", "after"))
    )
    law = (LegalResource(title="条例"),)
    good = PublicService(
        id="good",
        title="好",
        competent_authority="civil-affairs",
        steps=steps,
        legal_resources=law,
        channel=Channel(complaints_phone="0000-1"),
    )
    poor = PublicService(id="poor", title="差", competent_authority="civil-affairs", steps=steps[:2])
    records = [good, poor, FULL, item("bare", None), Survey(id="s", survey_kind="rating", title="好差评")]
    assert {one.name: (one.met, one.of) for one in indicators(records)} == {
        "power": (1, 2),
        "service": (1, 2),
        "elements": (1, 2),
        "channels": (1, 2),
        "evaluation": (1, 2),
    }
    assert all(one.percent is None for one in indicators([]))


def test_completeness_names_what_is_missing() -> None:
    assert missing(FULL) == ()
    assert missing(item("bare", None)) == ("content", "basis", "deadline", "channel", "audience")
    found = completeness([FULL, item("bare", None)])
    assert (found.items, found.complete, found.elements["basis"], found.elements["body"]) == (2, 1, 1, 2)


def test_coverage_adds_up() -> None:
    field = DisclosureField(id="social-assistance", title="社会救助")
    base = ground([field, FULL], [publication("full", date(2026, 9, 1))])
    found = entries(base)
    (office,) = by_organisation(base, found, faults(base, [], [], found))
    assert (office.title, office.items, office.recorded, office.punctual) == ("测试县民政局", 1, 1, (0, 1))
    (row,) = by_field(base, found, faults(base, [], [], found))
    assert (row.title, row.items, row.faults, row.states["overdue"]) == ("社会救助", 1, 1, 1)


@pytest.mark.slow
def test_the_demonstration_county_is_overseen_quickly() -> None:
    base = ground(sample_records())
    findings = check(list(base.records.values()), TODAY)
    begun = datetime.now()
    seen = overview(base, findings)
    assert datetime.now() - begun < timedelta(seconds=2)
    assert seen.completeness.items == 354
    assert sum(row.items for row in seen.fields) == 354
    assert seen.states["overdue"] == 0
    assert replace(base, today=TODAY) == base
