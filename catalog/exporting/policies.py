"""政策文件.xlsx with its three sheets."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from catalog.exporting.services import numbered
from catalog.exporting.table import Losses, common, new_book, plain_sheet, save
from catalog.importing import policies as profiles
from catalog.importing.words import line_list, word_list
from catalog.records import Policy, PolicyClause


def write_policies(policies: Sequence[Policy], folder: Path, losses: Losses) -> None:
    """One row for each policy, clause and question."""
    book = new_book()
    plain_sheet(book, profiles.POLICIES, "政策文件", [_policy(policy) for policy in policies])
    clauses = [_clause(policy, clause, losses) for policy in policies for clause in policy.clauses]
    plain_sheet(book, profiles.CLAUSES, "政策条款", clauses, optional=["service"])
    questions = [row for policy in policies for row in _questions(policy)]
    plain_sheet(book, profiles.INTERPRETATIONS, "政策解读", questions, optional=["order"])
    save(book, folder / "政策文件.xlsx")


def _policy(policy: Policy) -> dict[str, Any]:
    values = {key: getattr(policy, key) for key in profiles.POLICIES.columns}
    return values | common(policy) | {"in_force": "有效" if policy.in_force else "失效"}


def _clause(policy: Policy, clause: PolicyClause, losses: Losses) -> dict[str, Any]:
    forms = numbered(clause.conditions)
    conditions = next((form for form in forms if line_list(form) == clause.conditions), None)
    if conditions is None or word_list("、".join(clause.audiences)) != clause.audiences:
        losses.note(policy, "clauses", clause.title)
    return {
        **{key: getattr(clause, key) for key in profiles.CLAUSES.columns if key != "policy"},
        "policy": policy.id,
        "conditions": forms[-1] if conditions is None else conditions,
        "audiences": "、".join(clause.audiences),
        "tags": "、".join(clause.tags),
    }


def _questions(policy: Policy) -> Iterator[dict[str, Any]]:
    for interpretation in policy.interpretations:
        about = {
            "policy": policy.id,
            "title": interpretation.title,
            "interpreter": interpretation.interpreter,
            "published": interpretation.published,
        }
        if not interpretation.questions:
            yield about
        for question in interpretation.questions:
            yield about | {
                "question": question.text,
                "answer": question.answer,
                "order": question.order or None,
            }
