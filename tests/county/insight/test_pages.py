"""What the county may read of what kiosks reported: sums, none of them small, nothing of one visitor."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, insert, select

from catalog.outbox import Answers, NotFound, Rating, Row
from catalog.records import PublicService, Survey, Synonym
from catalog.records.base import Value
from catalog.records.county import SurveyOption, SurveyQuestion
from county import revisions
from county.accounts.people import Person
from county.database.engine import writing
from county.database.fleet import kiosk
from county.database.insight import report
from county.database.tables import revision
from county.editing.drafting import Editor
from county.errors import Refused
from county.insight import counts, receiving
from county.insight.opinions import given, questionnaires, ratings
from county.insight.receiving import receive
from county.insight.window import Window, places, read_window
from county.insight.words import make_synonym, missed, put_aside, take_back
from county.reviewing.review import review_texts
from tests.county.catalogue import approve
from tests.county.insight.test_receiving import NOW, TODAY, row
from tests.county.insight.test_receiving import counts as counted

WEEK = Window(TODAY - timedelta(days=6), TODAY)
CLERK = Editor("clerk", "police", common=True)
BIRTH = PublicService(id="birth", title="出生登记", competent_authority="police")
SURVEY = Survey(
    id="service-rating",
    survey_kind="好差评",
    title="好差评",
    questions=(
        SurveyQuestion(
            id="grade",
            type="grade",
            text="评价",
            options=tuple(SurveyOption(value=one, label=str(one), stars=one) for one in range(5, 0, -1)),
        ),
        SurveyQuestion(
            id="why",
            type="multi",
            text="原因",
            options=(SurveyOption(value="slow", label="慢"), SurveyOption(value="far", label="远")),
        ),
    ),
)


def deliver(engine: Engine, kiosk_id: str, rows: Sequence[Row]) -> None:
    with writing(engine) as connection:
        assert receive(connection, kiosk_id, rows, NOW, 1).refused == ()


def said(engine: Engine, text: str, *places: tuple[str, int]) -> None:
    """Words were not found: (kiosk, days ago)."""
    for number, (name, ago) in enumerate(places):
        value = NotFound(day=TODAY - timedelta(days=ago), words=text)
        deliver(engine, name, [row(value, number + 1, f"{text.encode().hex()[:30]}-{name}-{number}")])


def rated(engine: Engine, *grades: int, about: str = "service/birth", name: str = "hall") -> None:
    values: list[Value] = [
        Rating(day=TODAY, survey=SURVEY.id, edition=1, about=about, answers={"grade": (one,)})
        for one in grades
    ]
    deliver(engine, name, [row(value, at, f"{about}-{at}") for at, value in enumerate(values, 1)])


def test_only_numbers_of_five_and_more_are_shown(engine: Engine) -> None:
    names = {"record/service/birth": 7, "record/service/rare": 4, "record/policy/p": 9, "visit": 30}
    deliver(engine, "hall", [counted(1, **names)])
    with engine.connect() as connection:
        assert counts.totals(connection, WEEK, "visit") == {"": 30}
        (looked,) = counts.looked_up(connection, WEEK, "service")
        assert (looked.name, looked.number, list(looked.weeks.values())) == ("birth", 7, [7])
        assert counts.by_week(connection, WEEK, "visit") == {counts.monday(TODAY): 30}
        earlier = Window(TODAY - timedelta(days=90), TODAY - timedelta(days=8))
        assert counts.totals(connection, earlier, "") == {}
        elsewhere = Window(WEEK.start, WEEK.end, frozenset({"other"}))
        assert counts.totals(connection, elsewhere, "") == {}


def test_a_week_under_five_is_left_out_of_a_larger_sum(engine: Engine) -> None:
    hours = [datetime(2026, 11, day, 2, 0, tzinfo=UTC) for day in (3, 10)]
    deliver(
        engine,
        "hall",
        [
            counted(1, hours[0], **{"record/service/birth": 3}),
            counted(2, hours[1], **{"record/service/birth": 6}),
        ],
    )
    with engine.connect() as connection:
        (looked,) = counts.looked_up(connection, Window(date(2026, 11, 1), TODAY), "service")
    assert (looked.number, dict(looked.weeks)) == (9, {date(2026, 11, 9): 6})


def test_where_questions_were_given_up(engine: Engine) -> None:
    names = {
        "abandoned/flow-a/q2": 6,
        "abandoned/flow-a/q1": 2,
        "unmatched/person/身份+年龄": 5,
        "unmatched/business/": 8,
    }
    deliver(engine, "hall", [counted(1, **names)])
    with engine.connect() as connection:
        assert [(one.flow, one.question, one.number) for one in counts.abandoned(connection, WEEK)] == [
            ("flow-a", "q2", 6)
        ]
        found = counts.unmatched(connection, WEEK)
    assert [(one.audience, one.groups) for one in found] == [("business", ()), ("person", ("身份", "年龄"))]


def test_words_are_read_when_three_kiosk_days_share_them(engine: Engine) -> None:
    said(engine, "宠物托运", ("a", 0), ("a", 1), ("b", 0))
    said(engine, "跑步机", ("a", 0), ("a", 0), ("b", 0))
    with engine.connect() as connection:
        assert [(one.words, one.kiosk_days, one.handled) for one in missed(connection, WEEK)] == [
            ("宠物托运", 3, "")
        ]
        assert missed(connection, Window(TODAY, TODAY)) == []
        assert missed(connection, Window(WEEK.start, TODAY, frozenset({"a"}))) == []


def test_words_become_a_synonym_by_review(county: Engine) -> None:
    approve(county, [BIRTH])
    said(county, "娃落户", ("a", 0), ("a", 1), ("b", 0))
    with writing(county) as connection:
        record_id = make_synonym(connection, "娃落户", "birth", CLERK, NOW)
    with county.connect() as connection:
        (one,) = missed(connection, WEEK)
        assert (one.handled, one.record) == ("draft", record_id)
        assert record_id not in {record.id for record in revisions.published(connection)}
        (number, content_hash) = connection.execute(
            select(revision.c.number, revision.c.content_hash).where(revision.c.state == "submitted")
        ).one()
    with writing(county) as connection:
        for name in ("first", "second", "third"):
            roles = frozenset({"reviewer", "approver"})
            person = Person(name, name, roles, "")  # type: ignore[arg-type]
            assert review_texts(connection, {number: content_hash}, "approved", person, "", NOW) == []
    with county.connect() as connection:
        (one,) = missed(connection, WEEK)
        assert one.handled == "published"
        (made,) = [record for record in revisions.published(connection) if isinstance(record, Synonym)]
    assert (made.text, made.targets) == ("娃落户", ("birth",))


def test_a_synonym_gains_targets_and_refuses_the_same(county: Engine) -> None:
    approve(county, [BIRTH, PublicService(id="id-card", title="身份证", competent_authority="police")])
    approve(county, [Synonym(id="old", text="办 证", targets=("id-card",))])
    with writing(county) as connection:
        assert make_synonym(connection, "办 证", "birth", CLERK, NOW) == "old"
    with county.connect() as connection:
        (body,) = [record for record in revisions.latest(connection) if isinstance(record, Synonym)]
    assert body.targets == ("id-card", "birth")
    for text, target in (("办 证", "birth"), ("", "birth"), ("好" * 40, "birth"), ("新词", "gone")):
        with pytest.raises(Refused), writing(county) as connection:
            make_synonym(connection, text, target, CLERK, NOW)


def test_words_can_be_put_aside_and_taken_back(engine: Engine) -> None:
    said(engine, "打麻将", ("a", 0), ("a", 1), ("b", 0))
    said(engine, "修鞋店", ("a", 0), ("a", 1), ("b", 0), ("b", 1))
    with writing(engine) as connection:
        put_aside(connection, "修鞋店", "clerk", NOW)
        put_aside(connection, "修鞋店", "clerk", NOW)
    with engine.connect() as connection:
        assert [(one.words, one.handled) for one in missed(connection, WEEK)] == [
            ("打麻将", ""),
            ("修鞋店", "aside"),
        ]
    with writing(engine) as connection:
        take_back(connection, "修鞋店", "clerk", NOW)
    with engine.connect() as connection:
        assert [one.words for one in missed(connection, WEEK)] == ["修鞋店", "打麻将"]


def test_old_words_are_forgotten_and_opinions_are_not(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(engine, "打麻将", ("a", 5))
    rated(engine, 5)
    monkeypatch.setattr(receiving, "KEPT", timedelta(days=1))
    said(engine, "修鞋店", ("a", 0))
    with engine.connect() as connection:
        kinds = connection.scalars(select(report.c.kind).order_by(report.c.kind)).all()
    assert kinds == ["not_found", "rating"]


def test_ratings_are_sums_of_five_and_more(engine: Engine) -> None:
    rated(engine, 5, 5, 5, 5, 5, 5, 5, 5, 5, 1)
    rated(engine, 5, 5, 5, 1, about="service/rare")
    rated(engine, 5, 4, 4, 3, 2, 1, about="")
    with engine.connect() as connection:
        rows = given(connection, WEEK, Rating)
    found = ratings(rows, {SURVEY.id: SURVEY}, lambda one: one.about)
    everything = ratings(rows, {SURVEY.id: SURVEY}, lambda one: "all")
    nobody = ratings(rows, {}, lambda one: "all")
    (one,) = found
    assert (one.subject, one.number, one.average, one.satisfied) == ("service/birth", 10, 4.6, 0.9)
    assert one.counts == (None, None, None, None, None)
    assert everything[0].number == 20
    assert nobody == []


def test_questionnaires_hide_small_choices(engine: Engine) -> None:
    values = [Answers(day=TODAY, survey=SURVEY.id, edition=1, answers={"why": ("slow", "gone")})] * 5
    values += [Answers(day=TODAY, survey=SURVEY.id, edition=1, answers={"why": ("far",)})]
    deliver(engine, "hall", [row(value, at, f"a{at}") for at, value in enumerate(values, 1)])
    with engine.connect() as connection:
        rows = given(connection, WEEK, Answers)
    (one,) = questionnaires(rows, {SURVEY.id: SURVEY})
    assert questionnaires(rows, {}) == []
    assert one.number == 6
    asked = one.questions[1]
    assert (asked.number, [choice.number for choice in asked.choices]) == (6, [5, None])


def test_windows_follow_zones_and_groups(engine: Engine) -> None:
    place = {"public_key": "", "state": "in service", "enrolled": NOW}
    with writing(engine) as connection:
        for number, (zone, group) in enumerate((("z1", "g"), ("z1", ""), ("z2", "g")), 1):
            fields = {"id": f"k{number}", "name": f"终端{number}", "zone": zone, "group": group}
            connection.execute(insert(kiosk).values(**place | {"public_key": f"{number}"}, **fields))
    with engine.connect() as connection:
        zone_one = read_window(connection, {"place": "zone:z1"}, TODAY)
        assert zone_one.kiosks == frozenset({"k1", "k2"})
        assert read_window(connection, {"place": "group:g"}, TODAY).kiosks == frozenset({"k1", "k3"})
        assert read_window(connection, {"place": "kiosk:x"}, TODAY).kiosks == frozenset({"x"})
        assert read_window(connection, {}, TODAY).kiosks is None
        assert {one.value for one in places(connection)} >= {"zone:z1", "group:g", "kiosk:k1"}
        for wrong in (
            {"from": "gestern"},
            {"from": "2026-02-01", "to": "2026-01-01"},
            {"from": "1990-01-01"},
        ):
            with pytest.raises(Refused):
                read_window(connection, wrong, TODAY)
        assert read_window(connection, {"to": "0001-01-01"}, TODAY).start == date.min
