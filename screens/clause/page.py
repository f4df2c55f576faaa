"""The page of one clause of a policy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from catalog.matching import Condition, Likelihood, Match
from catalog.records.base import Audience
from screens.match.page import Groups, question_route
from screens.match.result import season_text
from screens.reader.policy import season
from screens.service.page import TextRow
from screens.service.papers import PaperRow
from screens.shared.item import Tile
from screens.shared.words import Words


@dataclass(frozen=True, slots=True)
class ClausePage:
    """What the clause screen shows. `conditions` are those of the county's tags, then those in words."""

    title: str = ""
    chips: tuple[str, ...] = ()
    support_title: str = ""
    support: str = ""
    conditions_title: str = ""
    conditions_hint: str = ""
    conditions: tuple[PaperRow, ...] = ()
    texts_title: str = ""
    texts: tuple[TextRow, ...] = ()
    ways_title: str = ""
    ways: tuple[Tile, ...] = ()


def clause_page(
    one: Match, audience: Audience, groups: Groups, known: Sequence[str], today: date, words: Words
) -> ClausePage:
    """`groups` is what the audience is asked, `known` the ids of the services that the edition has."""
    clause = one.clause
    conditions = tuple(_agreed(condition, words) for condition in one.conditions)
    said = tuple(
        PaperRow(text, note=words("match-check-yourself"), icon="help-circle", always=False)
        for text in clause.conditions
    )
    return ClausePage(
        title=clause.title,
        chips=(likelihood_text(one.likelihood, words), season_text(one, today, words)),
        support_title=words("match-grants"),
        support=clause.support,
        conditions_title=words("match-why") if conditions or said else "",
        conditions_hint=words("match-ask-whom", contact=clause.contact) if clause.contact else "",
        conditions=conditions + said,
        texts_title=words("match-how"),
        texts=_texts(one, words),
        ways_title=words("match-next"),
        ways=_ways(one, audience, groups, known, words),
    )


def likelihood_text(likelihood: Likelihood, words: Words) -> str:
    """How sure the tags are."""
    return words(f"match-{likelihood}")


def _agreed(condition: Condition, words: Words) -> PaperRow:
    named = words("match-or").join(tag.label for tag in condition.met_by or condition.tags)
    title = words("match-condition", group=condition.group, tags=named)
    if condition.agreement == "met":
        return PaperRow(title, note=words("match-met"))
    if condition.agreement == "unmet":
        return PaperRow(title, note=words("match-unmet"), icon="close-circle", always=False)
    return PaperRow(title, note=words("match-unknown"), icon="help-circle", always=False)


def _texts(one: Match, words: Words) -> tuple[TextRow, ...]:
    clause, policy = one.clause, one.policy
    rows = (
        TextRow(words("grant-season"), season(one.opens, one.closes, words)),
        TextRow(words("grant-how"), clause.how),
        TextRow(words("grant-contact"), clause.contact),
        TextRow(
            words("match-basis"), words("list-dot").join(filter(None, (policy.title, policy.document_number)))
        ),
    )
    return tuple(row for row in rows if row.text)


def _ways(
    one: Match, audience: Audience, groups: Groups, known: Sequence[str], words: Words
) -> tuple[Tile, ...]:
    """The service, the question whose answer is missing, the document with its interpretation."""
    unknown = {condition.group for condition in one.conditions if condition.agreement == "unknown"}
    numbers = [number for number, group in enumerate(groups, 1) if group in unknown]
    ways = []
    if one.clause.service in known:
        ways.append(Tile(words("to-service"), "", f"service/{one.clause.service}", "file-document"))
    if numbers:
        ways.append(
            Tile(words("match-answer-more"), "", question_route(audience, numbers[0]), "comment-question")
        )
    if one.policy.interpretations:
        ways.append(Tile(words("match-reading"), "", f"policy/{one.policy.id}/reading", "book-open-variant"))
    ways.append(Tile(words("match-document"), "", f"policy/{one.policy.id}", "text-box-check"))
    return tuple(ways)
