"""Which clauses of policies may be for somebody, from a few tags that they tapped (政策匹配). Pure.

The tags of a clause stand in groups. Within a group any tag is enough; every group that was answered must agree;
a group that was not answered is unknown, which is not a no. What a clause says in words is for a person to judge:
tags never promise anything.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from catalog.records import Policy, PolicyClause, Tag
from catalog.records.base import Audience

Taps = Mapping[str, tuple[str, ...]]
"""Group → ids of the tags that were tapped, empty for "none of these". A group that is missing is unknown."""

Agreement = Literal["met", "unknown", "unmet"]
Likelihood = Literal["likely", "possible", "open", "unlikely"]
"""Every group agrees; some agree, or there are none, and none disagrees; nothing is known of any; one disagrees."""

Season = Literal["open", "later", "over"]
MOST_ASKED = 6
"""Groups that a visitor is asked about. The rest, those of the fewest clauses, stay unknown."""

_PERSON = (
    *("自然人", "个人", "人员", "居民", "村民", "公民", "群众", "职工", "家庭", "农户"),
    *("老人", "老年人", "青年", "妇女", "儿童", "学生", "军人", "残疾人"),
)
_BUSINESS = ("法人", "企业", "单位", "个体", "商户", "组织", "合作社", "机构", "公司", "经营主体")
_ORGANISATION = ("企业", "规模", "单位", "法人", "公司", "经营主体", "组织")
"""What a group is called that describes an organisation: a person is not asked about it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Any of `tags`, all of one group, is enough. `met_by` are those of them that were tapped."""

    group: str
    tags: tuple[Tag, ...]
    agreement: Agreement
    met_by: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What the tags say of one clause, the `number`th of its policy counted from 1.

    `opens` and `closes` bound the season that is open or comes next, or was the last one.
    """

    policy: Policy
    number: int
    clause: PolicyClause
    conditions: tuple[Condition, ...]
    likelihood: Likelihood
    season: Season
    opens: date | None
    closes: date | None

    @property
    def share(self) -> float:
        """The share of groups that agree."""
        met = sum(condition.agreement == "met" for condition in self.conditions)
        return met / len(self.conditions) if self.conditions else 0.0


def is_for(clause: PolicyClause, audience: Audience) -> bool:
    """Whether a clause speaks to persons or businesses; one whose audiences cannot be read speaks to both."""
    person = any(word in said for said in clause.audiences for word in _PERSON)
    business = any(word in said for said in clause.audiences for word in _BUSINESS)
    return (business if audience == "business" else person) or person == business


def in_force(policy: Policy, today: date) -> bool:
    """Whether the office says so and `today` lies within the days of the record."""
    begun = policy.valid_from is None or policy.valid_from <= today
    ended = any(last is not None and last < today for last in (policy.expires, policy.valid_to))
    return policy.in_force and begun and not ended


def groups(
    policies: Iterable[Policy], tags: Iterable[Tag], audience: Audience, today: date
) -> Mapping[str, tuple[Tag, ...]]:
    """What an audience is asked: group → its tags, in the county's order, `MOST_ASKED` groups at most.

    A group is worth asking about when a clause for this audience alone uses it, or any clause for it when none does
    so; a tag when any clause for the audience does.
    """
    known = {tag.id: tag for tag in tags}
    clauses = [c for policy in policies if in_force(policy, today) for c in policy.clauses]
    own = [clause for clause in clauses if is_for(clause, audience)]
    other: Audience = "person" if audience == "business" else "business"
    used = {tag for clause in own for tag in clause.tags}
    counted = _uses([clause for clause in own if not is_for(clause, other)], known) or _uses(own, known)
    worth = [group for group, _ in counted.most_common() if not _ignored(group, audience)][:MOST_ASKED]
    asked: dict[str, list[Tag]] = {}
    for tag in sorted(known.values(), key=_place):
        if tag.id in used and tag.group in worth:
            asked.setdefault(tag.group, []).append(tag)
    return {group: tuple(found) for group, found in asked.items()}


def matches(
    policies: Iterable[Policy], tags: Iterable[Tag], taps: Taps, audience: Audience, today: date
) -> list[Match]:
    """Every clause in force for the audience that no group excludes, best first.

    Likely before possible before open; what can still be applied for before what is over; then the share of groups
    that agree, and what closes soonest.
    """
    known = {tag.id: tag for tag in tags}
    found = [
        judged(policy, number, known, taps, audience, today)
        for policy in policies
        if in_force(policy, today)
        for number, clause in enumerate(policy.clauses, 1)
        if is_for(clause, audience)
    ]
    return sorted((one for one in found if one.likelihood != "unlikely"), key=_rank)


def judged(
    policy: Policy, number: int, tags: Mapping[str, Tag], taps: Taps, audience: Audience, today: date
) -> Match:
    """What the tags say of the `number`th clause of a policy. Raises IndexError when it has none."""
    clause = policy.clauses[number - 1]
    conditions = _conditions(clause, tags, taps, audience)
    opens, closes = window(clause.opens, clause.closes, today)
    season: Season = "later" if opens and opens > today else "over" if closes and closes < today else "open"
    return Match(policy, number, clause, conditions, _likelihood(conditions), season, opens, closes)


def window(opens: date | None, closes: date | None, today: date) -> tuple[date | None, date | None]:
    """The season that is open or comes next, else the last one.

    One that closes before it opens is the same every year and goes across New Year, such as 1 November to
    28 February, whatever years the office wrote.
    """
    if opens is None or closes is None or opens <= closes:
        return opens, closes
    ends = _in_year(closes, today.year)
    first = today.year - 1 if today <= ends else today.year
    return _in_year(opens, first), _in_year(closes, first + 1)


def _in_year(day: date, year: int) -> date:
    return (
        day.replace(year=year, day=min(day.day, 28))
        if (day.month, day.day) == (2, 29)
        else day.replace(year=year)
    )


def _conditions(
    clause: PolicyClause, tags: Mapping[str, Tag], taps: Taps, audience: Audience
) -> tuple[Condition, ...]:
    grouped: dict[str, list[Tag]] = {}
    for tag in sorted({tags[one] for one in clause.tags if one in tags}, key=_place):
        if not _ignored(tag.group, audience):
            grouped.setdefault(tag.group, []).append(tag)
    return tuple(_condition(group, tuple(wanted), taps) for group, wanted in grouped.items())


def _condition(group: str, wanted: tuple[Tag, ...], taps: Taps) -> Condition:
    tapped = taps.get(group)
    if tapped is None:
        return Condition(group, wanted, "unknown")
    met_by = tuple(tag for tag in wanted if tag.id in tapped)
    return Condition(group, wanted, "met" if met_by else "unmet", met_by)


def _likelihood(conditions: Sequence[Condition]) -> Likelihood:
    said = {condition.agreement for condition in conditions}
    if "unmet" in said:
        return "unlikely"
    if "met" in said:
        return "possible" if "unknown" in said else "likely"
    return "open" if said else "possible"


def _rank(one: Match) -> tuple[int, bool, float, date, date, str, int]:
    likelihoods: tuple[Likelihood, ...] = ("likely", "possible", "open", "unlikely")
    ends = one.closes or date.max
    begins = one.opens if one.season == "later" and one.opens else date.min
    return (
        likelihoods.index(one.likelihood),
        one.season == "over",
        -one.share,
        begins,
        ends,
        one.policy.id,
        one.number,
    )


def _uses(clauses: Iterable[PolicyClause], known: Mapping[str, Tag]) -> Counter[str]:
    """Group → in how many clauses it occurs."""
    return Counter(
        group
        for clause in clauses
        for group in sorted({known[tag].group for tag in clause.tags if tag in known})
    )


def _ignored(group: str, audience: Audience) -> bool:
    return audience == "person" and any(word in group for word in _ORGANISATION)


def _place(tag: Tag) -> tuple[int, str]:
    """Where a tag stands in the county's own list."""
    return tag.order, tag.id
