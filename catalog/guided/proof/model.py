"""A flow as formulas over its answers: when each question is asked, each effect holds, each result is shown.

The formulas say what catalog.guided.engine and catalog.guided.result do; tests compare the two.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from catalog.guided.answers import Answer
from catalog.guided.conditions import leaves
from catalog.guided.engine import counted
from catalog.guided.proof.circuit import FALSE, TRUE, Circuit, Literal
from catalog.guided.proof.domain import Domain, domain
from catalog.records import GuidedFlow, PublicService
from catalog.records.condition import Condition
from catalog.records.flow import EvidenceEffect, FlowQuestion


@dataclass(frozen=True, slots=True)
class Walk:
    """An answer to every question that is asked, in the order of asking; `matter` are those it depends on."""

    answers: Mapping[str, Answer]
    matter: frozenset[str]


PaperKey = tuple[str, str]
"""A service and the title of one of its papers."""


@dataclass(frozen=True)
class Subject:
    """What is proven: a flow, the services of the catalogue, and the towns that a question about a place offers."""

    flow: GuidedFlow
    services: Mapping[str, PublicService]
    towns: Sequence[str] = ()

    @cached_property
    def conditions(self) -> Mapping[str, Sequence[Condition]]:
        """For each question everything the flow wants to know about its answer, each once."""
        waiting = (question.ask_when for question in self.flow.questions)
        roots = (*waiting, *(effect.when for effect in self.flow.effects))
        found: dict[str, dict[Condition, None]] = {question.id: {} for question in self.flow.questions}
        for leaf in (leaf for root in roots for leaf in leaves(root)):
            found.get(leaf.q or "", {})[leaf] = None
        return {question: list(about) for question, about in found.items()}

    def papers(self, paper: PaperKey) -> list[bool]:
        """For each paper with this title, whether it is needed only in some case; empty when there is none."""
        service, title = paper
        known = self.services[service].evidence if service in self.services else ()
        return [bool(one.only_if) for one in known if one.title.strip() == title]


@dataclass(frozen=True, slots=True)
class Gates:
    """When each question is asked. `free` are questions taken to be asked or not, whatever their condition says."""

    subject: Subject
    circuit: Circuit
    domains: Mapping[str, Domain]
    free: Set[str] = frozenset()
    asked: dict[str, Literal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for question in self.subject.flow.questions:
            free = question.id in self.free
            self.asked[question.id] = self.circuit.variable() if free else self.condition(question.ask_when)

    def condition(self, condition: Condition | None) -> Literal:
        """When a condition is true. One about a question that is not asked, or only later, is not."""
        if condition is None:
            return TRUE
        if condition.q is not None:
            asked = self.asked.get(condition.q, FALSE)
            true = FALSE if asked == FALSE else self.domains[condition.q].true_of(condition)
            return self.circuit.every([asked, true])
        if condition.not_ is not None:
            return -self.condition(condition.not_)
        if condition.any_:
            return self.circuit.some(map(self.condition, condition.any_))
        return self.circuit.every(map(self.condition, condition.all_))


@dataclass(frozen=True, slots=True)
class Model:
    """What each effect does, as formulas over the answers."""

    gates: Gates
    effects: list[Literal] = field(default_factory=list)
    included: defaultdict[str, list[Literal]] = field(default_factory=lambda: defaultdict(list))
    excluded: defaultdict[str, list[Literal]] = field(default_factory=lambda: defaultdict(list))
    required: defaultdict[PaperKey, list[Literal]] = field(default_factory=lambda: defaultdict(list))
    dropped: defaultdict[PaperKey, list[Literal]] = field(default_factory=lambda: defaultdict(list))
    _present: dict[str, Literal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for effect in self.subject.flow.effects:
            holds = self.gates.condition(effect.when)
            self.effects.append(holds)
            for service in effect.do.include_services:
                self.included[service].append(holds)
            for service in effect.do.exclude_services:
                self.excluded[service].append(holds)
            for paper in effect.do.require_evidence:
                self.required[paper_key(paper)].append(holds)
            for paper in effect.do.drop_evidence:
                self.dropped[paper_key(paper)].append(holds)

    @property
    def subject(self) -> Subject:
        """What the formulas are about."""
        return self.gates.subject

    @property
    def circuit(self) -> Circuit:
        """Where the formulas are kept."""
        return self.gates.circuit

    def freed(self, free: Set[str]) -> Gates:
        """When questions are asked, if those in `free` waited for nothing or for anything."""
        return Gates(self.subject, self.circuit, self.gates.domains, free)

    def other_answer(self, question: FlowQuestion) -> "Model":
        """The same walks with another answer to one question: formulas that do not depend on it stay the same."""
        subject = self.subject
        other = domain(self.circuit, question, subject.conditions[question.id], subject.towns)
        return Model(Gates(subject, self.circuit, {**self.gates.domains, question.id: other}))

    def service(self, service: str) -> Literal:
        """When a service is in the result; never, if the catalogue does not know it."""
        if service not in self._present:
            known = TRUE if service in self.subject.services else FALSE
            included, excluded = (
                self.circuit.some(self.included.get(service, ())),
                self.circuit.some(self.excluded.get(service, ())),
            )
            self._present[service] = self.circuit.every([known, included, -excluded])
        return self._present[service]

    def paper_required(self, paper: PaperKey) -> Literal:
        """When any effect requires a paper."""
        return self.circuit.some(self.required.get(paper, ()))

    def paper_dropped(self, paper: PaperKey) -> Literal:
        """When an effect drops a paper that is needed only in some case, and none requires it."""
        if not any(self.subject.papers(paper)):
            return FALSE
        dropped = self.circuit.some(self.dropped.get(paper, ()))
        return self.circuit.every([dropped, -self.paper_required(paper)])

    def shown(self) -> list[Literal]:
        """Everything that a visitor can see of a result, each as a formula."""
        effects = list(zip(self.subject.flow.effects, self.effects, strict=True))
        seen = [self.service(service) for service in self.included]
        seen += [holds for effect, holds in effects if effect.do.note]
        for effect, holds in effects:
            for paper in effect.do.require_evidence:
                seen.append(self.circuit.every([holds, self.service(paper.service)]))
            seen += [self.dropping(paper, holds) for paper in effect.do.drop_evidence]
        return seen

    def dropping(self, paper: EvidenceEffect, holds: Literal) -> Literal:
        """When an effect that holds takes a paper with a case off the list."""
        dropped = self.paper_dropped(paper_key(paper))
        return self.circuit.every([holds, self.service(paper.service), dropped])

    def empty(self, notes: Iterable[bool]) -> Literal:
        """When no service is left and no effect says why; `notes` tells of each effect whether its note would."""
        said = [holds for holds, note in zip(self.effects, notes, strict=True) if note]
        return -self.circuit.some([*map(self.service, self.included), *said])

    def possible(self, formula: Literal) -> bool:
        """Whether any answers make a formula true."""
        return self.circuit.possible(formula)

    def walk(self, formula: Literal) -> Walk | None:
        """Answers that make a formula true, None when none do."""
        solution = self.circuit.solution(formula)
        if solution is None:
            return None
        found = {question: domain.answer(solution) for question, domain in self.gates.domains.items()}
        whole = {
            question: self.gates.domains[question].any_answer() if answer is None else answer
            for question, answer in found.items()
        }
        matter = frozenset(question for question, answer in found.items() if answer is not None)
        return Walk(counted(self.subject.flow, whole), matter)


def paper_key(paper: EvidenceEffect) -> PaperKey:
    """The paper that an effect is about."""
    return paper.service, paper.evidence.strip()


def model_of(subject: Subject) -> Model:
    """A flow with new variables for all its answers."""
    circuit = Circuit()
    domains = {
        question.id: domain(circuit, question, subject.conditions[question.id], subject.towns)
        for question in subject.flow.questions
    }
    return Model(Gates(subject, circuit, domains))
