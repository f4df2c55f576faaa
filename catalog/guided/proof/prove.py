"""The proof of one flow: all its flaws, or that there are none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.guided.proof.count import count_walks
from catalog.guided.proof.flaw import Flaw
from catalog.guided.proof.model import Model, Subject, model_of
from catalog.guided.proof.outcome import empty_results, idle_questions
from catalog.guided.proof.papers import idle_papers
from catalog.guided.proof.reach import dead_branches, unreachable
from catalog.guided.proof.services import idle_services
from catalog.guided.proof.shape import ambiguous, misshapen
from catalog.guided.proof.solver import Undecided
from catalog.guided.proof.unsure import unsure_removes
from catalog.records import GuidedFlow, PublicService

_TOO_HARD = Flaw(
    code="flow-undecided",
    severity="warning",
    at="",
    message="条件太复杂，没能证明有没有问题",
    advice="把这个场景问答拆成几个，或把条件写简单些",
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found. Without flaws everything can be reached, and `walks` is how many ways of answering there are,
    None when they are too many to count.

    Answers that no condition tells apart are one way. `services` are those that can come out.
    """

    flaws: tuple[Flaw, ...]
    questions: int = 0
    effects: int = 0
    services: int = 0
    walks: int | None = 0

    @property
    def sound(self) -> bool:
        """Whether the flow is proven: it has no flaw that matters."""
        return all(flaw.severity == "info" for flaw in self.flaws)


def prove(flow: GuidedFlow, services: Mapping[str, PublicService], towns: Sequence[str] = ()) -> Proof:
    """Find every flaw. `services` are all of the catalogue; `towns` are what a question about a place offers."""
    flaws = tuple(ambiguous(flow))
    if flaws:
        return Proof(flaws)
    model = model_of(Subject(flow, services, towns))
    try:
        return Proof(
            tuple(_flaws(model)),
            questions=len(flow.questions),
            effects=len(flow.effects),
            services=sum(model.possible(model.service(service)) for service in model.included),
            walks=count_walks(model.subject),
        )
    except Undecided:
        return Proof((_TOO_HARD,))


def _flaws(model: Model) -> list[Flaw]:
    """Each flaw once: what follows from another one is left out."""
    flaws = list(misshapen(model))
    known = {flaw.at for flaw in flaws if flaw.severity == "error"}
    flaws += unreachable(model, known)
    flaws += dead_branches(model, known)
    flaws += idle_services(model, known)
    flaws += idle_papers(model, known)
    flaws += empty_results(model)
    flaws += idle_questions(model, known)
    flaws += unsure_removes(model, known)
    return flaws
