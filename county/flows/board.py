"""Everything that the editor shows of a flow: its questions and rules as cards, the proof, the examples. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.guided.examples import run
from catalog.guided.proof.flaw import Flaw
from catalog.guided.proof.prove import Proof, prove
from catalog.records import GuidedFlow, PublicService
from catalog.records.flow import FlowAction, FlowEffect, FlowExample, FlowQuestion
from county.flows.lines import Relation, relations
from county.flows.parts import LISTS
from county.flows.trying import given_of
from county.flows.wording import Row, Speech, failure_words, rows_of
from county.flows.work import HEAD, Work

MOST_FOUND = 12
"""Services that a search shows at once."""


@dataclass(frozen=True, slots=True)
class Named:
    """A service or a paper that a rule names. `always` says that the paper is asked for anyway."""

    list: str
    place: int
    service: str
    paper: str = ""
    reason: str = ""
    reason_en: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """One question, with its place counted from 1."""

    number: int
    question: FlowQuestion
    rows: tuple[Row, ...]
    flaws: int
    open: bool

    @property
    def at(self) -> str:
        """Its place, as in flaws."""
        return f"questions.{self.question.id}"


@dataclass(frozen=True, slots=True)
class RuleCard:
    """One rule, with its place counted from 1."""

    number: int
    effect: FlowEffect
    rows: tuple[Row, ...]
    named: tuple[Named, ...]
    flaws: int
    open: bool

    @property
    def at(self) -> str:
        """Its place, as in flaws."""
        return f"effects.{self.number}"


@dataclass(frozen=True, slots=True)
class PaperFound:
    """A paper that a search found; `always` when no condition takes it off the list."""

    title: str
    only_if: str
    always: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A service that a search found, with those of its papers that fit."""

    service: PublicService
    papers: tuple[PaperFound, ...]


@dataclass(frozen=True, slots=True)
class ExampleCard:
    """A worked example, its answers as the try's form says them, and what it expects and does not get."""

    place: int
    example: FlowExample
    given: Mapping[str, Sequence[str]]
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlawShown:
    """A flaw with the answers that show it, as the try's form says them."""

    flaw: Flaw
    text: str
    given: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole of it."""

    work: Work
    questions: tuple[QuestionCard, ...]
    rules: tuple[RuleCard, ...]
    found: tuple[Found, ...]
    draft_question: FlowQuestion | None
    draft_relations: tuple[Relation, ...]
    proof: Proof
    flaws: tuple[FlawShown, ...]
    examples: tuple[ExampleCard, ...]

    @property
    def head_open(self) -> bool:
        """Whether the flow's own card is open."""
        return self.work.place == HEAD


def board(
    work: Work,
    near: Sequence[str],
    services: Mapping[str, PublicService],
    towns: Sequence[str],
    speech: Speech,
) -> Board:
    """What the editor shows. `near` are the services offered first, those of the event."""
    flow = work.flow
    proof = prove(flow, services, towns)
    drafted = next((one for one in flow.questions if one.id == work.draft.question), None)
    return Board(
        work,
        tuple(
            QuestionCard(
                number,
                question,
                rows_of(question.ask_when, flow, speech),
                _flaws_at(proof, f"questions.{question.id}"),
                work.question == question.id,
            )
            for number, question in enumerate(flow.questions, 1)
        ),
        tuple(
            RuleCard(
                number,
                effect,
                rows_of(effect.when, flow, speech),
                tuple(_named(effect.do, services, speech)),
                _flaws_at(proof, f"effects.{number}"),
                work.rule == number - 1,
            )
            for number, effect in enumerate(flow.effects, 1)
        ),
        tuple(find(work.search, near, services)) if work.rule is not None else (),
        drafted,
        relations(drafted) if drafted else (),
        proof,
        tuple(
            FlawShown(flaw, flaw.told(flow), given_of(flaw.walk.answers) if flaw.walk else {})
            for flaw in proof.flaws
        ),
        tuple(_examples(flow, services, speech)),
    )


def find(search: str, near: Sequence[str], services: Mapping[str, PublicService]) -> list[Found]:
    """Services and papers whose titles have the words, those that are `near` first; without words those alone."""
    wanted = search.strip().casefold()
    ordered = list(dict.fromkeys((*(one for one in near if one in services), *(services if wanted else ()))))
    found = []
    for service in map(services.__getitem__, ordered):
        fits = wanted in " ".join((service.title, service.title_en, *service.aliases)).casefold()
        papers = tuple(
            PaperFound(paper.title, paper.only_if, not paper.only_if)
            for paper in sorted(service.evidence, key=lambda paper: paper.order)
            if fits or wanted in paper.title.casefold()
        )
        if fits or papers:
            found.append(Found(service, papers))
    return found[:MOST_FOUND] if wanted else found


def _flaws_at(proof: Proof, at: str) -> int:
    return sum(flaw.at == at and flaw.severity != "info" for flaw in proof.flaws)


def _named(action: FlowAction, services: Mapping[str, PublicService], speech: Speech) -> list[Named]:
    found = []
    for name in LISTS:
        for place, one in enumerate(getattr(action, name)):
            service_id = one if isinstance(one, str) else one.service
            service = services.get(service_id)
            title = speech.pick(service.title, service.title_en) if service else service_id
            if isinstance(one, str):
                found.append(Named(name, place, title, known=service is not None))
            else:
                known = service is not None and any(
                    paper.title.strip() == one.evidence.strip() for paper in service.evidence
                )
                found.append(Named(name, place, title, one.evidence, one.reason, one.reason_en, known))
    return found


def _examples(flow: GuidedFlow, services: Mapping[str, PublicService], speech: Speech) -> list[ExampleCard]:
    cards = []
    for place, example in enumerate(flow.examples):
        alone = GuidedFlow(
            id=flow.id,
            event=flow.event,
            title=flow.title,
            questions=flow.questions,
            effects=flow.effects,
            examples=(example,),
        )
        failures = tuple(failure_words(one, flow, services, speech) for one in run(alone, services))
        cards.append(ExampleCard(place, example, given_of(example.answers), failures))
    return cards
