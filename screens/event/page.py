"""The page of one life event (一件事)."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.records import Evidence, LifeEvent, PublicOrganisation, PublicService
from screens.service.papers import PaperRow, paper_row
from screens.shared.item import Tile
from screens.shared.words import Words
from screens.stage.page import service_tile


@dataclass(frozen=True, slots=True)
class EventPage:
    """Services in the order of doing, and what to bring for all of them, each paper once."""

    title: str = ""
    summary: str = ""
    services_title: str = ""
    services: tuple[Tile, ...] = ()
    papers_title: str = ""
    papers_hint: str = ""
    papers: tuple[PaperRow, ...] = ()


def event_page(
    event: LifeEvent, services: Sequence[PublicService], offices: Sequence[PublicOrganisation], words: Words
) -> EventPage:
    """`services` are those of the event, in its order."""
    names = {office.id: office.short_title or office.title for office in offices}
    papers = merged_papers(services)
    return EventPage(
        title=words.either(event.title, event.title_en),
        summary=event.summary if words.language == "zh" else "",
        services_title=words("event-services", count=len(services)),
        services=tuple(service_tile(service, names, words) for service in services),
        papers_title=words("papers-merged", count=len(papers)),
        papers_hint=words("papers-merged-hint"),
        papers=tuple(paper_row(paper, words) for paper in papers),
    )


def merged_papers(services: Sequence[PublicService]) -> list[Evidence]:
    """Every paper that must always be brought, once: the fullest form of each, in the order first met.

    One original serves all services; copies add up. A paper that the offices look up themselves everywhere is left
    out, and so is one that only some cases need: the service's own page names those.
    """
    merged: dict[str, Evidence] = {}
    for service in services:
        for paper in service.evidence:
            if paper.only_if or paper.waiver or paper.necessity == "optional":
                continue
            known = merged.get(paper.title)
            merged[paper.title] = _together(known, paper) if known else paper
    return list(merged.values())


def _together(one: Evidence, other: Evidence) -> Evidence:
    originals = max(one.originals, other.originals)
    copies = one.copies + other.copies
    form = one.form if one.form == other.form else "original_and_copy" if originals and copies else one.form
    return Evidence(title=one.title, order=one.order, form=form, originals=originals, copies=copies)
