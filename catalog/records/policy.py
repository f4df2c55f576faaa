"""Policies, their clauses and their interpretations (政策、条款、解读)."""

from datetime import date

from catalog.records.base import Id, Record, Value
from catalog.records.service import Question


class PolicyClause(Value, frozen=True, kw_only=True):
    """What a policy grants to whom (政策条款): `tags` are ids of Tag, the dates bound the season of application.

    A season that closes before it opens is the same every year, across New Year.
    """

    title: str
    support: str = ""
    conditions: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    tags: tuple[Id, ...] = ()
    opens: date | None = None
    closes: date | None = None
    how: str = ""
    service: str = ""
    contact: str = ""


class Interpretation(Value, frozen=True, kw_only=True):
    """A plain-language reading of a policy (解读), as questions and answers."""

    title: str
    interpreter: str = ""
    published: date | None = None
    questions: tuple[Question, ...] = ()


class Policy(Record, frozen=True, kw_only=True):
    """A policy document; `in_force` is the office's own statement (有效 or 失效)."""

    title: str
    document_number: str = ""
    issuer: str = ""
    issued: date | None = None
    expires: date | None = None
    in_force: bool = True
    summary: str = ""
    text: str = ""
    clauses: tuple[PolicyClause, ...] = ()
    interpretations: tuple[Interpretation, ...] = ()
