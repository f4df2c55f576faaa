"""The sheet of answers: every paper with its reason, windows in the order of walking, and what is not needed."""

from datetime import date

from catalog.guided.answers import Answers
from catalog.guided.result import Result, result
from catalog.records import County
from catalog.sheet.guided import guided_sheet, joined
from catalog.sheet.page import Origin, Sheet, Subject, sheet
from catalog.sheet.plain import plain_text
from catalog.sheet.words import sheet_words
from tests.catalog.sheet.guided import FLOW, SERVICES

WORDS = sheet_words("en")
COUNTY = County(id="county", title="县", zone_title="区", zone_title_en="Zone", public_url="http://h")
ORIGIN = Origin(COUNTY, 3, date(2026, 11, 22), "h", "http://h/m/event/e?e=3#a=1ABC", "ABCDE")


def outcome(answers: Answers) -> Result:
    return result(FLOW, answers, SERVICES)


def printed(answers: Answers) -> Sheet:
    return guided_sheet("F", outcome(answers), ORIGIN, WORDS)


def papers(found: Sheet, name: str) -> dict[str, str]:
    return {line.title: line.note for group in found.groups if group.name == name for line in group.lines}


def test_a_paper_says_why_and_what_for() -> None:
    bring = papers(printed({"q": "yes"}), "bring")
    assert set(bring) == {"identity card", "certificate"}
    assert bring["certificate"].startswith("You are married")
    assert "first, second" in bring["identity card"]


def test_what_is_not_sure_stands_apart() -> None:
    for answers in ({}, {"q": "unsure"}):
        assert set(papers(printed(answers), "in_case")) == {"certificate"}


def test_what_is_not_needed_says_why() -> None:
    found = printed({"q": "no"})
    lines = [line for section in found.sections for line in section.lines]
    assert lines == ["Mind this", "certificate: You are single", "third"]
    assert "certificate" not in papers(found, "bring") | papers(found, "in_case")
    assert [stop.does for stop in found.stops] == [
        WORDS("does", services=name) for name in ("first", "second")
    ]


def test_visits_and_copies_are_counted_together() -> None:
    found = printed({"q": "yes"})
    assert found.facts == (
        ("Visits", WORDS("visit-count", count=1)),
        ("Visits saved", WORDS("visit-count", count=2)),
    )
    amounts = {line.title: line.amount for line in found.groups[0].lines}
    assert (
        amounts["identity card"] == f"{WORDS('originals', count=1)}{WORDS('comma')}{WORDS('copies', count=4)}"
    )


def test_a_list_names_what_each_group_is_for_and_the_plain_text_each_paper_once() -> None:
    plain = sheet(Subject("more", (SERVICES["second"],)), ORIGIN, WORDS)
    found = joined([printed({"q": "yes"}), plain], 2, WORDS)
    assert found.title == WORDS("list", count=2)
    assert [group.title.split("\n")[0] for group in found.groups] == ["F", "more"]
    assert plain_text(found, WORDS).count("certificate") == 1


def test_one_sheet_stays_as_it_is() -> None:
    assert joined([printed({})], 1, WORDS) == printed({})
