"""The difference of two texts, as a reviewer reads it."""

from msgspec.structs import replace

from catalog.records.service import Evidence, PublicService
from county.editing.difference import Changed, Reader, compare_fields, referred
from county.editing.wording import Piece
from county.web.admin.words import load_words

NAMED = Reader(load_words("zh"), {"police": "公安局", "new-police": "公安局"})


def said(changes: list[Changed]) -> list[tuple[str, str]]:
    """Before and after of every field that differs."""
    return [(read(one.before), read(one.after)) for one in changes]


def read(side: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in side)


SERVICE = PublicService(
    id="birth",
    title="出生登记",
    competent_authority="police",
    evidence=(Evidence(title="出生证", order=1, form="original_and_copy"),),
)


def test_choices_references_and_parts_are_said_in_words() -> None:
    changed = replace(
        SERVICE,
        competent_authority="health",
        evidence=(Evidence(title="出生证", order=1, form="electronic"),),
    )
    office, paper = said(compare_fields("service", SERVICE, changed, NAMED))
    assert office == ("公安局", "health")
    assert "材料形式：原件和复印件" in paper[0].splitlines()
    assert "original_and_copy" not in str(paper)
    assert set(referred("service", SERVICE, changed, None)) == {"police", "health"}


def test_two_offices_of_one_name_are_told_apart() -> None:
    changed = replace(SERVICE, competent_authority="new-police")
    assert said(compare_fields("service", SERVICE, changed, NAMED))[0] == ("police", "new-police")


def test_a_tick_that_is_taken_away_says_no() -> None:
    free = replace(SERVICE, free=True)
    assert said(compare_fields("service", free, SERVICE, NAMED)) == [("是", "否")]
    assert said(compare_fields("service", SERVICE, SERVICE, NAMED)) == []
