"""What comes out of a walk: services, papers, windows, visits and notes, as docs/guided.md says.

Services are those that an effect includes less those that one excludes; exclusion wins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from catalog.guided.answers import Answers
from catalog.guided.conditions import holds
from catalog.guided.engine import counted
from catalog.guided.totals import Fees, Visits, fees, longest, visits
from catalog.guided.walking import Stop, stops
from catalog.guided.wanted import Reason, Sayings, Wanted, because, papers_of
from catalog.papers import Paper, merged_papers
from catalog.records import FloorPlan, GuidedFlow, PublicService, TimeLimit
from catalog.records.flow import FlowEffect


@dataclass(frozen=True, slots=True)
class Chosen:
    """A service that is in the result, or left out of it, and the questions whose answers decided."""

    service: PublicService
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperWanted:
    """One paper of the merged list; `reasons` has one for each of its needs, in the same order."""

    paper: Paper
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class PaperDropped:
    """A paper that the answers take off the list of one service."""

    title: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Note:
    """What else to know. `text_en` may be empty."""

    text: str
    text_en: str = ""


NOTHING = Note(
    "按这些回答，没有要办的事项。拿不准的问题可以改选“说不清”，或到咨询台问一问。",
    "By these answers there is nothing to do. Change what you are unsure of to “Not sure”, or ask at the help desk.",
)
"""Said with an empty result when the flow itself says nothing."""


@dataclass(frozen=True, slots=True)
class Result:
    """`services` stand in the order of doing, `papers` strongest group first, `stops` in the order of walking.

    `longest` is the longest promised time limit of any of the services.
    """

    services: tuple[Chosen, ...]
    left_out: tuple[Chosen, ...]
    papers: tuple[PaperWanted, ...]
    dropped: tuple[PaperDropped, ...]
    notes: tuple[Note, ...]
    stops: tuple[Stop, ...]
    visits: Visits
    longest: TimeLimit | None
    fees: Fees


def result(
    flow: GuidedFlow, answers: Answers, services: Mapping[str, PublicService], plan: FloorPlan | None = None
) -> Result:
    """What these answers lead to. Services that are not in `services` are passed over."""
    counting = counted(flow, answers)
    effects = [effect for effect in flow.effects if holds(effect.when, counting)]
    named = dict.fromkeys(one for effect in effects for one in effect.do.include_services)
    chosen = [_chosen(services[one], effects, counting) for one in named if one in services]
    excluded = {one for effect in effects for one in effect.do.exclude_services}
    kept = [one for one in chosen if one.service.id not in excluded]
    doing = [one.service for one in kept]
    sayings = Sayings(effects)
    wanted = [(service, papers_of(service, sayings, counting)) for service in doing]
    return Result(
        services=tuple(kept),
        left_out=tuple(_left_out(one.service, effects, counting) for one in chosen if one not in kept),
        papers=_papers(wanted),
        dropped=tuple(
            PaperDropped(evidence.title.strip(), reason)
            for _, papers in wanted
            for evidence, reason in papers
            if reason.why == "dropped"
        ),
        notes=_notes(effects, empty=not kept),
        stops=stops(doing, plan),
        visits=visits(doing),
        longest=longest(doing),
        fees=fees(doing),
    )


def _chosen(service: PublicService, effects: Sequence[FlowEffect], counting: Answers) -> Chosen:
    including = [effect for effect in effects if service.id in effect.do.include_services]
    if any(effect.when is None for effect in including):
        return Chosen(service)
    return Chosen(service, because(including, counting))


def _left_out(service: PublicService, effects: Sequence[FlowEffect], counting: Answers) -> Chosen:
    excluding = [effect for effect in effects if service.id in effect.do.exclude_services]
    return Chosen(service, because(excluding, counting))


def _papers(wanted: Sequence[tuple[PublicService, Sequence[Wanted]]]) -> tuple[PaperWanted, ...]:
    """The papers of all services, each once."""
    listed = {
        service.id: {evidence: reason for evidence, reason in papers if reason.why != "dropped"}
        for service, papers in wanted
    }
    services = [replace(service, evidence=tuple(listed[service.id])) for service, _ in wanted]
    return tuple(
        PaperWanted(paper, tuple(listed[service.id][evidence] for service, evidence in paper.needs))
        for paper in merged_papers(services)
    )


def _notes(effects: Sequence[FlowEffect], *, empty: bool) -> tuple[Note, ...]:
    """The notes of the effects, each once; an empty result says why even if only an effect that always holds spoke."""
    notes = [(Note(effect.do.note, effect.do.note_en), effect.when) for effect in effects if effect.do.note]
    said = tuple(dict.fromkeys(note for note, _ in notes))
    explained = any(condition is not None for _, condition in notes)
    return (*said, NOTHING) if empty and not explained else said
