"""The merged list of papers."""

from catalog.papers import merged_papers
from catalog.records import Evidence, PublicService


def service(name: str, *evidence: Evidence) -> PublicService:
    return PublicService(id=name, title=name, competent_authority="x", evidence=evidence)


def test_a_paper_is_asked_for_once_originals_are_shown_again_copies_add_up() -> None:
    one = service("a", Evidence(title="身份证", order=1, originals=1, copies=1))
    two = service("b", Evidence(title="身份证 ", order=1, originals=2, copies=2))
    (paper,) = merged_papers([one, two])
    assert (paper.title, paper.group, paper.originals, paper.copies) == ("身份证", "bring", 2, 3)
    assert [asking.id for asking, _ in paper.needs] == ["a", "b"]


def test_the_strongest_need_decides_and_only_such_needs_count() -> None:
    waived = service("a", Evidence(title="户口簿", order=1, copies=5, waiver="data_sharing"))
    in_case = service("b", Evidence(title="户口簿", order=1, copies=3, only_if="迁入时"))
    always = service("c", Evidence(title="户口簿", order=1, copies=1))
    assert [(p.group, p.copies) for p in merged_papers([waived, in_case, always])] == [("bring", 1)]
    assert [(p.group, p.copies) for p in merged_papers([waived, in_case])] == [("in_case", 3)]
    assert [p.group for p in merged_papers([waived])] == ["waived"]


def test_papers_to_bring_come_first_then_in_the_order_met() -> None:
    one = service(
        "a",
        Evidence(title="看情形", order=1, only_if="x"),
        Evidence(title="必带二", order=3),
        Evidence(title="必带一", order=2),
    )
    assert [paper.title for paper in merged_papers([one])] == ["必带一", "必带二", "看情形"]
