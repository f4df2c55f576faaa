"""What is wrong with a flow, and the places in it."""

from dataclasses import dataclass, field

from catalog.findings import Severity
from catalog.guided.proof.model import Walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One flaw. `code` is one of docs/findings.md; `at` is `questions.<id>`, `effects.<number from 1>` or empty.

    `walk` are answers that show it. A flaw that says that no answers can do something has no walk but `conflict`, the
    conditions that leave no way: each could go and there would be one.
    """

    code: str
    severity: Severity = "error"
    at: str
    message: str
    advice: str
    walk: Walk | None = None
    conflict: tuple[str, ...] = field(default=())


def at_question(question: str) -> str:
    """The place of a question."""
    return f"questions.{question}"


def at_effect(number: int) -> str:
    """The place of an effect, whose number counts from 0."""
    return f"effects.{number + 1}"
