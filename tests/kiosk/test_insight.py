"""What the kiosk learns for the county: words that stay and find nothing, matches and questions that lead nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from catalog.outbox import Counts, NotFound, outbox_path, read_rows
from catalog.records import GuidedFlow, LifeEvent
from kiosk.catalogue import Catalogue
from kiosk.insight import STAYS, Insight, is_found, left
from kiosk.navigation import Navigator
from kiosk.outbox import Outbox
from kiosk.pages.asked import Asked
from kiosk.pages.router import shown
from kiosk.post import Post
from kiosk.visit import Visit
from kiosk.walk import Walk
from tests.kiosk.routes import NOW, asked

pytestmark = pytest.mark.usefixtures("plain_codes")
TODAY = NOW.date()


@dataclass
class Hall:
    """A kiosk without a window."""

    catalogue: Catalogue
    state: Path
    now: datetime = NOW
    visit: Visit = field(default_factory=lambda: Visit(60, 20, "zh"))
    navigator: Navigator = field(default_factory=Navigator)

    def __post_init__(self) -> None:
        self.post = Post(Outbox(outbox_path(self.state)), lambda: self.now)
        self.insight = Insight(self.post, self.visit, self.navigator, self.asked)

    def asked(self) -> Asked:
        return replace(asked(self.catalogue, visit=self.visit), now=self.now)

    def type(self, query: str, *looks: float) -> None:
        """On the search page, type something and look at it at these seconds."""
        self.navigator.go("search")
        self.visit.query = query
        for seconds in looks:
            self.insight.look(seconds)

    def go(self, route: str) -> None:
        before = self.navigator.route
        self.navigator.go(route)
        self.insight.went("", before)

    def kept(self) -> list[object]:
        self.post.close()
        path = outbox_path(self.state)
        return [row.value() for row in read_rows(path, {})] if path.exists() else []

    def counts(self) -> dict[str, int]:
        (row,) = self.kept()
        assert isinstance(row, Counts)
        return row.counts


@pytest.fixture
def hall(catalogue: Catalogue, tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(catalogue, tmp_path)
    yield hall
    hall.post.close()


def test_words_that_stay_and_find_nothing_are_kept_with_their_day(hall: Hall) -> None:
    hall.type("滑雪场", 10, 10 + STAYS, 20, 30)
    assert hall.kept() == [NotFound(day=TODAY, words="滑雪场")]


def test_not_each_letter_is_kept(hall: Hall) -> None:
    for second, query in enumerate(("q", "qz", "qzx", "qzxj")):
        hall.type(query, second, second + STAYS / 2)
    assert hall.kept() == []


@pytest.mark.parametrize("query", ["sfz", "上户口", "签证", "王小明", "13800138000", "", "  ", "zhangwei"])
def test_what_is_found_or_names_somebody_is_not_kept(hall: Hall, query: str) -> None:
    hall.type(query, 0, STAYS)
    assert hall.kept() == []


def test_a_query_left_behind_is_not_kept(hall: Hall) -> None:
    hall.type("滑雪场", 0)
    hall.navigator.go("home")
    hall.insight.look(STAYS)
    assert hall.kept() == []
    assert "滑雪场" not in str(vars(hall.insight)["_seen"])


def test_the_same_words_are_kept_once_a_day(hall: Hall) -> None:
    for start in (0, 100, 200):
        hall.type("滑雪场", start, start + STAYS)
        hall.type("", start + 10)
        hall.now = NOW + timedelta(days=start // 200)
    hall.type("滑雪场", 300, 300 + STAYS)
    assert hall.kept() == [NotFound(day=day, words="滑雪场") for day in (TODAY, TODAY + timedelta(1))]


def test_nobody_fills_the_outbox_with_words(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.post.MOST_MISSES", 3)
    for number in range(5):
        hall.post.miss(f"w{number}")
    assert len(hall.kept()) == 3


def test_a_part_that_is_marked_is_a_find(catalogue: Catalogue) -> None:
    for query, found in (("sfz", True), ("滑雪场", False), ("huaxue", False)):
        question = asked(catalogue, visit=Visit(60, 20, "zh", query=query))
        assert is_found(query, shown("search", question).page) is found


def test_a_match_without_result_counts_groups_and_not_taps(hall: Hall) -> None:
    hall.go("home")
    for group in ("身份", "年龄", "处境", "行业", "事项"):
        hall.visit.tap(group)
    hall.go("matched/person")
    hall.go("matched/business")
    names = [name for name in hall.counts() if name.startswith("unmatched")]
    assert names == ["unmatched/business/事项+行业", "unmatched/person/事项+处境+年龄+行业+身份"]


def test_a_match_with_a_result_or_without_taps_is_not_counted_so(hall: Hall) -> None:
    hall.go("matched/person")
    hall.visit.tap("身份", "id-veteran")
    hall.go("home")
    hall.go("matched/person")
    assert not [name for name in hall.counts() if name.startswith("unmatched")]


def test_where_questions_were_left_is_counted(hall: Hall, catalogue: Catalogue) -> None:
    event = next(event for event in catalogue.events if event.flow)
    flow = catalogue.store.get(GuidedFlow, event.flow)
    assert flow is not None
    assert isinstance(event, LifeEvent)
    assert left(hall.visit) == []
    hall.visit.walks["life_event", event.id] = Walk(flow)
    hall.insight.leave()
    assert hall.counts() == {f"abandoned/{flow.id}/{flow.questions[0].id}": 1}
