"""The phone page of a policy: who gets what, how, and the text itself."""

from dataclasses import dataclass
from datetime import date

from catalog.records import Policy, PolicyClause
from county.web.phone.parts import Link, checked, paragraphs, phones, questions
from county.web.phone.words import Words


@dataclass(frozen=True, slots=True)
class Clause:
    """What a policy grants: `season` is when to apply, `contact` the office's words with its numbers to call."""

    title: str
    support: str
    conditions: tuple[str, ...]
    season: str
    how: str
    contact: str
    phones: tuple[Link, ...]
    service: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An interpretation: who speaks, and questions with answers."""

    title: str
    by: str
    questions: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """What the page of a policy shows. Texts are ready to draw."""

    title: str
    out_of_force: bool
    summary: tuple[str, ...]
    particulars: tuple[tuple[str, str], ...]
    clauses: tuple[Clause, ...]
    readings: tuple[Reading, ...]
    text: tuple[str, ...]
    checked: str


def policy_page(policy: Policy, today: date, words: Words) -> PolicyPage:
    """A policy is out of force when its office says so or its last day has passed."""
    return PolicyPage(
        title=policy.title,
        out_of_force=not policy.in_force or bool(policy.expires and policy.expires < today),
        summary=paragraphs(policy.summary),
        particulars=tuple(
            (words(f"policy.{name}"), str(value))
            for name in ("document_number", "issuer", "issued", "expires")
            if (value := getattr(policy, name))
        ),
        clauses=tuple(_clause(clause, words) for clause in policy.clauses),
        readings=tuple(
            Reading(
                one.title,
                words("list.dot").join(filter(None, [one.interpreter, str(one.published or "")])),
                questions(one.questions),
            )
            for one in policy.interpretations
        ),
        text=paragraphs(policy.text),
        checked=checked(policy, words),
    )


def _clause(clause: PolicyClause, words: Words) -> Clause:
    return Clause(
        title=clause.title,
        support=clause.support,
        conditions=clause.conditions,
        season=_season(clause, words),
        how=clause.how,
        contact=clause.contact,
        phones=phones(clause.contact),
        service=f"/m/service/{clause.service}" if clause.service else "",
    )


def _season(clause: PolicyClause, words: Words) -> str:
    if clause.opens and clause.closes:
        return words("policy.between", opens=clause.opens, closes=clause.closes)
    if clause.opens:
        return words("policy.from", opens=clause.opens)
    return words("policy.until", closes=clause.closes) if clause.closes else ""
