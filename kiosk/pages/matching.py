"""Pages of policy match: what is asked with taps, what may be for the visitor, and one clause."""

from collections.abc import Mapping

from catalog.matching import Match, groups, in_force, judged, matches
from catalog.records import PublicService, Tag
from catalog.records.base import Audience
from kiosk.pages.asked import Asked, Shown, desk, handoff
from screens.clause.page import clause_page
from screens.match.page import match_page
from screens.match.result import Tapped, match_result_page
from screens.notice.page import NoticePage

AUDIENCES: tuple[Audience, ...] = ("person", "business")


def match(rest: str, asked: Asked) -> Shown | None:
    """`match`, `match/<audience>`, `match/<audience>/<number>`."""
    name, _, part = rest.partition("/")
    audience = audience_of(name or "person")
    if audience is None:
        return None
    tapped = tapped_of(audience, asked)
    if not tapped.groups:
        return _nothing_to_match(asked)
    number = int(part) if part.isdecimal() and len(part) < 4 else 0 if part else 1
    if not 1 <= number <= len(tapped.groups):
        return None
    page = match_page(audience, number, tapped.groups, tapped.taps, found(tapped, asked), asked.words)
    return Shown("match", page, asked.words("policy-match"))


def matched(rest: str, asked: Asked) -> Shown | None:
    """`matched/<audience>`, `matched/<audience>/answers`."""
    name, _, part = rest.partition("/")
    audience = audience_of(name)
    if audience is None:
        return None
    tapped = tapped_of(audience, asked)
    if not tapped.groups:
        return _nothing_to_match(asked)
    page = match_result_page(tapped, found(tapped, asked), part, desk(asked), asked.now.date(), asked.words)
    return Shown("reader", page, asked.words("match-found"))


def clause(rest: str, asked: Asked) -> Shown | None:
    """`clause/<audience>/<policy>/<number>`."""
    name, _, path = rest.partition("/")
    policy_id, _, number = path.partition("/")
    audience = audience_of(name)
    policy = next((one for one in asked.catalogue.policies if one.id == policy_id), None)
    if audience is None or policy is None or not number.isdecimal() or len(number) > 3:
        return None
    today = asked.now.date()
    if not (1 <= int(number) <= len(policy.clauses) and in_force(policy, today)):
        return None
    tapped = tapped_of(audience, asked)
    one = judged(policy, int(number), tags_of(asked), tapped.taps, audience, today)
    known = [service.id for service in asked.catalogue.store.many(PublicService, [one.clause.service])]
    page = clause_page(one, audience, tapped.groups, known, today, asked.words)
    return Shown("clause", page, page.title, handoff("policy", policy_id, asked))


def audience_of(name: str) -> Audience | None:
    """The audience that a route names."""
    return next((audience for audience in AUDIENCES if audience == name), None)


def tapped_of(audience: Audience, asked: Asked) -> Tapped:
    """What the visitor tapped of what this audience is asked; the rest does not count."""
    of = groups(asked.catalogue.policies, tags_of(asked).values(), audience, asked.now.date())
    taps = {group: tags for group, tags in asked.visit.traits.items() if group in of}
    return Tapped(audience, of, taps)


def found(tapped: Tapped, asked: Asked) -> list[Match]:
    """Every clause that the taps do not exclude, best first."""
    policies, tags = asked.catalogue.policies, tags_of(asked).values()
    return matches(policies, tags, tapped.taps, tapped.audience, asked.now.date())


def clauses_fragment(policy_id: str, asked: Asked) -> str:
    """What stands in the address of a policy's phone page: the clauses that the taps are for, never the taps."""
    numbers: list[int] = []
    for audience in AUDIENCES:
        tapped = tapped_of(audience, asked)
        numbers += [
            one.number
            for one in (found(tapped, asked) if tapped.taps else ())
            if one.policy.id == policy_id and one.likelihood in ("likely", "possible")
        ]
    return "#c=" + ".".join(map(str, dict.fromkeys(numbers))) if numbers else ""


def tags_of(asked: Asked) -> Mapping[str, Tag]:
    """Every tag of the edition by its id."""
    return {tag.id: tag for tag in asked.catalogue.tags}


def _nothing_to_match(asked: Asked) -> Shown:
    """The county has tagged no clause for this audience."""
    words = asked.words
    text = words("match-none-text", desk=desk(asked))
    title = words("policy-match")
    return Shown("notice", NoticePage("text-box-check", title, text, words("to-home"), "home"), title)
