"""Policy match: groups and tags decide as the county means it, and a season is what the calendar says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.matching import MOST_ASKED, Match, Taps, groups, in_force, is_for, matches, window
from catalog.records import Policy, PolicyClause, Tag
from catalog.records.base import Audience

TODAY = date(2026, 11, 22)
TAGS = [
    Tag(id=f"{group}-{n}", label=f"{group} {n}", group=group)
    for group in ("who", "age", "企业规模")
    for n in (1, 2)
]


def clause(
    *tags: str, title: str = "c", opens: date | None = None, closes: date | None = None
) -> PolicyClause:
    return PolicyClause(title=title, tags=tags, opens=opens, closes=closes)


def found(*clauses: PolicyClause, taps: Taps, audience: Audience = "person") -> list[Match]:
    return matches([Policy(id="p", title="P", clauses=clauses)], TAGS, taps, audience, TODAY)


def likelihood(of: PolicyClause, taps: Taps, audience: Audience = "person") -> str:
    result = found(of, taps=taps, audience=audience)
    return result[0].likelihood if result else "unlikely"


@pytest.mark.parametrize(
    ("taps", "said"),
    [
        ({}, "open"),
        ({"who": ("who-2",)}, "possible"),
        ({"who": ("who-2", "who-1"), "age": ("age-1",)}, "likely"),
        ({"who": ("who-1",), "age": ("age-2",)}, "unlikely"),
        ({"who": ("who-1",), "age": ()}, "unlikely"),
        ({"age": ()}, "unlikely"),
        ({"trade": ("trade-1",)}, "open"),
    ],
)
def test_any_tag_of_a_group_and_every_answered_group(taps: Taps, said: str) -> None:
    assert likelihood(clause("who-1", "who-2", "age-1"), taps) == said


def test_a_condition_says_what_met_it() -> None:
    (one,) = found(clause("who-1", "who-2", "age-1"), taps={"who": ("who-2",)})
    said = [(c.group, c.agreement, [tag.id for tag in c.met_by]) for c in one.conditions]
    assert said == [("age", "unknown", []), ("who", "met", ["who-2"])]
    assert one.share == 0.5


def test_a_person_is_not_held_to_the_size_of_a_company() -> None:
    of = clause("who-1", "企业规模-1")
    assert likelihood(of, {"who": ("who-1",), "企业规模": ("企业规模-2",)}) == "likely"
    assert likelihood(of, {"who": ("who-1",), "企业规模": ("企业规模-2",)}, "business") == "unlikely"


def test_a_clause_without_tags_is_possible_for_everybody() -> None:
    assert likelihood(clause(), {"who": ("who-1",)}) == "possible"
    assert likelihood(clause("gone"), {}) == "possible"


@pytest.mark.parametrize(
    ("said", "person", "business"),
    [
        (("自然人",), True, False),
        (("法人",), False, True),
        (("自然人", "法人"), True, True),
        (("个体工商户、小微企业",), False, True),
        (("老年人家庭",), True, False),
        (("企业职工",), True, True),
        ((), True, True),
        (("whoever",), True, True),
    ],
)
def test_audiences(said: tuple[str, ...], person: bool, business: bool) -> None:
    one = PolicyClause(title="c", audiences=said)
    assert (is_for(one, "person"), is_for(one, "business")) == (person, business)


def test_only_policies_in_force() -> None:
    def policy(**given: object) -> Policy:
        return Policy(id="p", title="P", **given)  # type: ignore[arg-type]

    day, after = TODAY, date(2026, 11, 23)
    assert in_force(policy(expires=day), day)
    assert not in_force(policy(expires=day), after)
    assert not in_force(policy(in_force=False), day)
    assert not in_force(policy(valid_from=after), day)
    assert not in_force(policy(valid_to=day), after)


@pytest.mark.parametrize(
    ("today", "opens", "closes"),
    [
        (date(2026, 1, 10), date(2025, 11, 1), date(2026, 2, 28)),
        (date(2026, 2, 28), date(2025, 11, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 11, 1), date(2027, 2, 28)),
        (date(2026, 11, 22), date(2026, 11, 1), date(2027, 2, 28)),
        (date(2030, 12, 31), date(2030, 11, 1), date(2031, 2, 28)),
    ],
)
def test_a_season_across_new_year_comes_every_year(today: date, opens: date, closes: date) -> None:
    assert window(date(2024, 11, 1), date(2024, 2, 28), today) == (opens, closes)
    assert window(date(2024, 11, 1), date(2024, 2, 29), today) == (opens, closes)


def test_other_seasons_are_what_the_office_wrote() -> None:
    begin, end = date(2026, 3, 1), date(2026, 5, 1)
    assert window(begin, end, TODAY) == (begin, end)
    assert window(None, end, TODAY) == (None, end)
    assert window(begin, None, TODAY) == (begin, None)


def test_best_first() -> None:
    far, soon, past = date(2027, 5, 1), date(2026, 12, 1), date(2026, 10, 1)
    clauses = [
        clause("age-1", "who-1", title="possible"),
        clause("who-1", title="over", closes=past),
        clause("age-1", title="open"),
        clause("who-1", title="any time"),
        clause("who-1", title="later", opens=soon, closes=far),
        clause("who-1", title="far", closes=far),
        clause("who-1", title="soon", closes=soon),
    ]
    result = found(*clauses, taps={"who": ("who-1",)})
    titles = [one.clause.title for one in result]
    assert titles == ["soon", "far", "any time", "later", "over", "possible", "open"]
    assert [one.season for one in result][3:5] == ["later", "over"]


def test_an_audience_is_asked_what_its_own_clauses_use() -> None:
    own = PolicyClause(title="own", tags=("企业规模-1", "age-1"), audiences=("法人",))
    both = PolicyClause(title="both", tags=("who-1", "age-2"), audiences=("法人", "自然人"))
    policies = [Policy(id="p", title="P", clauses=(own, both))]
    business = groups(policies, TAGS, "business", TODAY)
    assert {g: [tag.id for tag in tags] for g, tags in business.items()} == {
        "age": ["age-1", "age-2"],
        "企业规模": ["企业规模-1"],
    }
    assert list(groups(policies, TAGS, "person", TODAY)) == ["age", "who"]
    assert groups([], TAGS, "person", TODAY) == {}


def test_of_many_groups_the_most_used_are_asked() -> None:
    tags = [Tag(id=f"t{n}", label="t", group=f"g{n}") for n in range(9)]
    clauses = tuple(clause(*(tag.id for tag in tags[n:])) for n in range(9))
    asked = groups([Policy(id="p", title="P", clauses=clauses)], tags, "person", TODAY)
    assert list(asked) == [f"g{n}" for n in range(9 - MOST_ASKED, 9)]


IDS = [tag.id for tag in TAGS]
TAPS = st.dictionaries(
    st.sampled_from(["who", "age", "企业规模"]), st.lists(st.sampled_from(IDS), unique=True).map(tuple)
)


@given(st.sets(st.sampled_from(IDS)), TAPS, st.sampled_from(["who", "age"]))
def test_not_answering_never_excludes(of: set[str], taps: dict[str, tuple[str, ...]], group: str) -> None:
    one = clause(*sorted(of))
    if likelihood(one, taps) != "unlikely":
        taps.pop(group, None)
        assert likelihood(one, taps) != "unlikely"
