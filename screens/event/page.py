"""The page of one life event (一件事)."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.papers import merged_papers
from catalog.records import LifeEvent, PublicOrganisation, PublicService
from screens.service.papers import PaperRow, merged_row
from screens.shared.item import Tile
from screens.shared.words import Words
from screens.stage.page import service_tile


@dataclass(frozen=True, slots=True)
class EventPage:
    """Services in the order of doing, and what to bring for all of them, each paper once.

    `ask` is the way to the guided questions, empty when there are none.
    """

    title: str = ""
    summary: str = ""
    ask: tuple[Tile, ...] = ()
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
    papers = [paper for paper in merged_papers(services) if paper.group == "bring"]
    return EventPage(
        title=words.either(event.title, event.title_en),
        summary=event.summary if words.language == "zh" else "",
        services_title=words("event-services", count=len(services)),
        services=tuple(service_tile(service, names, words) for service in services),
        papers_title=words("papers-merged", count=len(papers)),
        papers_hint=words("papers-merged-hint"),
        papers=tuple(merged_row(paper, words) for paper in papers),
    )
