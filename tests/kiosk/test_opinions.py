"""Rating, questionnaires and calls without a window; and what is counted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from catalog.box import Status
from catalog.outbox import Answers, Call, Counts, Rating, outbox_path, read_rows
from catalog.survey import is_rating
from kiosk import opining
from kiosk.acts import ACTS
from kiosk.catalogue import Catalogue
from kiosk.counting import HOURS, Tally, acted, touched, viewed
from kiosk.navigation import HOME, Navigator
from kiosk.outbox import Outbox
from kiosk.pages.asked import Asked
from kiosk.pages.opinions import finished, rating_survey
from kiosk.pages.router import shown
from kiosk.post import CALL_LASTS, POUR_EVERY, Post
from screens.shared.modes import Modes
from tests.kiosk.routes import NOW, asked


class Person:
    """Somebody at a kiosk without a window: the part of the hands that opinions need."""

    def __init__(self, catalogue: Catalogue, path: Path) -> None:
        self.now = NOW
        self.path = path
        self.post = Post(Outbox(path), lambda: self.now)
        self.navigator = Navigator([HOME])
        self.question = asked(catalogue)
        self.visit = self.question.visit

    def asked(self) -> Asked:
        call = self.post.call
        return replace(self.question, now=self.now, called=call.asked if call else None)

    def goes(self, *routes: str) -> None:
        """Follow routes as `kiosk.app` does."""
        for route in routes:
            if route.startswith("do/"):
                _, act, *rest = route.split("/", 2)
                ACTS[act](self, "".join(rest))  # type: ignore[arg-type]
            else:
                self.navigator.go(route)

    def rows(self) -> list[object]:
        self.post.close()
        return [row.value() for row in read_rows(self.path, {})] if self.path.exists() else []

    @property
    def page(self) -> Any:
        return shown(self.navigator.route, self.asked()).page


@pytest.fixture
def person(catalogue: Catalogue, tmp_path: Path) -> Person:
    return Person(catalogue, outbox_path(tmp_path))


def test_a_good_grade_is_two_touches_and_has_no_time_or_name(person: Person, catalogue: Catalogue) -> None:
    service = catalogue.services[0].id
    person.goes(f"rating/service/{service}", "do/pick/overall/5", "do/send")
    assert person.navigator.trail == [HOME, "thanks"]
    edition = catalogue.manifest.edition
    assert person.rows() == [
        Rating(
            day=NOW.date(),
            survey="service-rating",
            edition=edition,
            about=f"service/{service}",
            answers={"overall": (5,)},
        )
    ]


def test_a_low_grade_asks_why_and_says_what_follows(person: Person) -> None:
    person.goes("rating", "do/pick/overall/1", "do/send")
    assert person.navigator.route == "rating"
    assert "哪里需要改进" in person.page.missing
    person.goes("do/tick/bad/attitude", "do/tick/bad/level", "do/tick/bad/attitude", "do/send")
    assert person.navigator.route == "thanks/low"
    assert "整改" in person.page.text
    (row,) = person.rows()
    assert isinstance(row, Rating)
    assert row.answers == {"overall": (1,), "bad": ("level",)}


def test_reasons_of_a_grade_that_was_changed_are_not_sent(person: Person) -> None:
    person.goes("rating", "do/pick/overall/1", "do/tick/bad/level", "do/pick/overall/4", "do/send")
    (row,) = person.rows()
    assert isinstance(row, Rating)
    assert row.answers == {"overall": (4,)}


def test_answers_are_gone_from_the_visit_once_sent_and_nothing_is_sent_twice(person: Person) -> None:
    person.goes("rating", "do/pick/overall/5", "do/send", "do/send", "rating", "do/send")
    assert person.visit.opinions == {}
    assert len(person.rows()) == 1
    assert "谢谢" in person.page.title


def test_each_service_is_rated_for_itself(person: Person, catalogue: Catalogue) -> None:
    one, other = (f"rating/service/{service.id}" for service in catalogue.services[:2])
    person.goes(one, "do/pick/overall/5", other)
    assert not any(face.chosen for face in person.page.faces)
    person.goes(one, "do/send", other, "do/pick/overall/4", "do/send")
    assert [row.about for row in person.rows() if isinstance(row, Rating)] == [one[7:], other[7:]]


def test_a_questionnaire_goes_question_by_question_and_back_keeps_answers(person: Person) -> None:
    person.goes("survey/hall-satisfaction")
    answered = {"q1": "self", "q2": "all", "q3": "5", "q5": "4"}
    for number in range(6):
        question = f"q{number + 1}"
        if question in answered:
            assert person.page.next_label == ""
            person.goes(f"do/pick/{question}/{answered[question]}")
        if number < 5:
            person.goes(person.page.next_route)
    person.goes(person.page.previous_route, person.page.previous_route)
    assert [choice.label for choice in person.page.choices if choice.chosen] == []
    person.goes("survey/hall-satisfaction/q6", "do/send")
    (row,) = person.rows()
    assert isinstance(row, Answers)
    assert row.answers == {"q1": ("self",), "q2": ("all",), "q3": (5,), "q5": (4,)}


def test_sending_too_early_leads_to_what_is_missing(person: Person) -> None:
    person.goes("survey/hall-satisfaction/q6", "do/send")
    assert person.navigator.route == "survey/hall-satisfaction/q1"
    assert person.rows() == []


@pytest.mark.parametrize(
    "act", ["pick/overall/9", "pick/nope/1", "tick/", "pick/overall/1/x", "send", "pick"]
)
def test_an_option_that_is_not_there_changes_nothing(person: Person, act: str) -> None:
    for route in ("home", "rating", "survey/hall-satisfaction/q1", "survey/nope"):
        person.goes(route, f"do/{act}")
    assert person.visit.opinions == {}
    assert person.rows() == []


def test_what_cannot_be_kept_is_not_thanked_for(person: Person, tmp_path: Path) -> None:
    person.post = Post(Outbox(tmp_path / "nowhere" / "outbox.db"), lambda: NOW)
    person.goes("rating", "do/pick/overall/5", "do/send")
    assert person.navigator.route == "unsaved"
    assert person.visit.opinions, "the visitor may try again"


def test_a_call_is_made_once_shown_and_taken_back(person: Person) -> None:
    person.goes("guide", "do/call", "do/call")
    person.now = NOW + timedelta(minutes=2, seconds=5)
    assert "09:30" in person.page.state
    assert "2 分钟" in person.page.since
    person.goes("do/withdraw", "do/withdraw")
    assert person.page.route == "do/call"
    rows = person.rows()
    assert [(row.state, row.at.minute, row.at.second) for row in rows if isinstance(row, Call)] == [
        ("asked", 30, 0),
        ("withdrawn", 32, 0),
    ]


def test_a_call_that_nobody_answers_ends(person: Person) -> None:
    person.goes("guide", "do/call")
    person.now = NOW + CALL_LASTS
    assert person.post.call is None
    person.now = NOW - timedelta(days=1)
    assert person.post.call is None


def test_a_call_that_cannot_be_kept_says_where_to_walk(person: Person, tmp_path: Path) -> None:
    person.post = Post(Outbox(tmp_path / "nowhere" / "outbox.db"), lambda: NOW)
    person.goes("guide", "do/call")
    assert "没能发出呼叫" in person.page.warning


@pytest.mark.parametrize(
    ("status", "warned"),
    [
        (None, True),
        (Status(tried=NOW), True),
        (Status(tried=NOW, confirmed=NOW - timedelta(hours=1)), True),
        (Status(tried=NOW, confirmed=NOW - timedelta(minutes=2)), False),
    ],
)
def test_without_a_connection_the_page_says_that_nobody_may_hear(
    person: Person, status: Status | None, warned: bool
) -> None:
    person.question = replace(person.question, status=status)
    person.goes("guide")
    assert bool(person.page.warning) == warned


def test_a_face_after_erasing_opens_the_rating_in_the_same_language(person: Person) -> None:
    page = finished(asked(person.question.catalogue, "en"))
    person.goes(page.faces[4].route)
    assert (person.navigator.route, person.visit.language) == ("rating", "en")
    assert [face.grade for face in person.page.faces if face.chosen] == [1]


def test_a_county_without_surveys_still_rates_in_five_grades(person: Person) -> None:
    class Silent(Catalogue):
        surveys = ()

    for language in ("zh", "en"):
        question = replace(
            asked(person.question.catalogue, language), catalogue=Silent(person.question.catalogue.store)
        )
        page = shown("rating", question).page
        assert [face.grade for face in page.faces] == [5, 4, 3, 2, 1]
        assert page.more == ()
        assert is_rating(rating_survey(question))


def test_names_hold_records_of_the_edition_and_nothing_typed(catalogue: Catalogue) -> None:
    service = catalogue.services[0].id
    assert viewed(f"service/{service}/papers", "en", Modes(large=True), catalogue.store) == [
        "page/service",
        "language/en",
        "mode/large",
        f"record/service/{service}",
    ]
    assert viewed("service/planted", "zh", Modes(), catalogue.store) == ["page/service", "language/zh"]
    assert viewed("planted/secret", "zh", Modes(), catalogue.store) == []
    assert acted("choose") == ["act/choose"]
    assert acted("key") == acted("") == []


def test_counts_wait_for_the_clock_and_not_for_the_end_of_a_visit(person: Person) -> None:
    person.post.tick()
    person.post.count(["page/home", "visit"])
    person.now = NOW + POUR_EVERY - timedelta(seconds=1)
    person.post.tick()
    assert not person.path.exists()
    person.now = NOW + POUR_EVERY
    person.post.tick()
    person.post.count(["page/home"])
    hour = NOW.replace(minute=0)
    assert person.rows() == [Counts(hour=hour, counts={"page/home": 2, "visit": 1})]


def test_counts_that_cannot_be_written_stay_but_not_for_ever(tmp_path: Path) -> None:
    tally = Tally()
    for hour in range(HOURS + 10):
        tally.add(["visit"], datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour))
    tally.pour(Outbox(tmp_path / "nowhere" / "outbox.db"))
    outbox = Outbox(outbox_path(tmp_path))
    tally.pour(outbox)
    tally.pour(outbox)
    outbox.close()
    rows = [row.value() for row in read_rows(outbox_path(tmp_path), {})]
    assert len(rows) == HOURS
    assert all(isinstance(row, Counts) and row.counts == {"visit": 1} for row in rows)


def test_every_act_here_is_a_touch() -> None:
    names = {"pick", "tick", "rate", "send", "call", "withdraw"}
    assert names <= set(ACTS)
    assert all(callable(getattr(opining, name)) for name in names)


def test_a_touch_is_counted_where_it_leads(catalogue: Catalogue) -> None:
    visit = asked(catalogue, "en").visit
    seen = ["page/home", "language/en"]
    assert touched("", "attract", "home", visit, catalogue.store) == [*seen, "visit"]
    assert touched("choose", "home", "home", visit, catalogue.store) == ["act/choose"]
    assert touched("erase", "home", "attract", visit, catalogue.store) == ["act/erase"]
    assert touched("back", "search", "home", visit, catalogue.store) == seen
