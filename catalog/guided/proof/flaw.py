"""What is wrong with a flow, and the places in it."""

from dataclasses import dataclass

from catalog.findings import Severity
from catalog.guided.proof.model import Walk
from catalog.guided.proof.words import walk_words
from catalog.records import GuidedFlow


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One flaw. `code` is one of docs/findings.md; `at` is `questions.<id>`, `effects.<number from 1>` or empty.

    `walk` are answers that show it, or that lead to an effect that then does nothing. A flaw that says that no answers
    can do something has no walk but `conflict`, the conditions that leave no way.
    """

    code: str
    severity: Severity = "error"
    at: str
    message: str
    advice: str
    walk: Walk | None = None
    conflict: tuple[str, ...] = ()

    def told(self, flow: GuidedFlow) -> str:
        """The message with the conditions and the example."""
        conflict = f"：{'；'.join(self.conflict)}" if self.conflict else ""
        walk = f"。例如：{walk_words(flow, self.walk)}" if self.walk and self.walk.matter else ""
        return self.message + conflict + walk


def at_question(question: str) -> str:
    """The place of a question."""
    return f"questions.{question}"


def at_effect(number: int) -> str:
    """The place of an effect, whose number counts from 0."""
    return f"effects.{number + 1}"
