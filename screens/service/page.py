"""The page of one public service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from catalog.records import Evidence, PublicOrganisation, PublicService
from screens.service.papers import PaperRow, paper_row
from screens.shared.item import Tab, Tile
from screens.shared.words import Words
from screens.stage.page import window_text

PARTS = ("how", "papers", "steps", "basis", "questions")
"""The parts of the page; the first is shown on arrival, the others by `service/<id>/<part>`."""


SHORT_AMOUNT = 8
"""Characters of a fee that stand beside the other facts."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the numbers people come for."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step, or a heading when `number` is empty."""

    number: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class TextRow:
    """A heading with text below it; either may be empty."""

    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ServicePage:
    """What the service screen shows. Texts are ready to draw; times are already words. One part is filled.

    `ways` lead to where it is done, `ask` to questions that say which papers are needed, `related` to what people do
    with it.
    """

    title: str = ""
    chips: tuple[str, ...] = ()
    tabs: tuple[Tab, ...] = ()
    facts: tuple[Fact, ...] = ()
    ways: tuple[Tile, ...] = ()
    ask: tuple[Tile, ...] = ()
    papers_title: str = ""
    papers_hint: str = ""
    papers: tuple[PaperRow, ...] = ()
    steps_title: str = ""
    steps: tuple[StepRow, ...] = ()
    texts_title: str = ""
    texts: tuple[TextRow, ...] = ()
    related_title: str = ""
    related: tuple[Tile, ...] = ()
    checked: str = ""
    rate_label: str = ""
    rate_route: str = ""


def service_page(
    service: PublicService, office: PublicOrganisation | None, part: str, words: Words, today: date
) -> ServicePage:
    """`part` is one of PARTS; an unknown one shows the first. `today` says whether the text is still in force."""
    part = part if part in PARTS else PARTS[0]
    papers = tuple(paper_row(paper, words) for paper in _sorted_papers(service))
    texts_title, texts = _texts(service, office, part, words)
    return ServicePage(
        title=words.either(service.title, service.title_en),
        chips=_chips(service, words),
        tabs=_tabs(service, part, words),
        facts=_facts(service, words) if part == "how" else (),
        papers_title=words("what-to-bring") if part in ("how", "papers") else "",
        papers_hint=_papers_hint(papers, words),
        papers=papers if part in ("how", "papers") else (),
        steps_title=words("steps") if part == "steps" else "",
        steps=_steps(service, words) if part == "steps" else (),
        texts_title=texts_title,
        texts=texts,
        checked=_checked(service, words, today),
        rate_label=words("rate-this"),
        rate_route=f"rating/service/{service.id}",
    )


def _sorted_papers(service: PublicService) -> list[Evidence]:
    return sorted(service.evidence, key=lambda paper: (bool(paper.waiver), bool(paper.only_if), paper.order))


def _papers_hint(papers: Sequence[PaperRow], words: Words) -> str:
    always = sum(paper.always for paper in papers)
    return words("papers-hint", always=always, rest=len(papers) - always)


def _chips(service: PublicService, words: Words) -> tuple[str, ...]:
    chips = [words(f"kind-{service.processing_kind}")]
    if any(mode in ("网上", "掌上") for mode in service.modes):
        chips.append(words("online"))
    if words.language == "zh":
        chips += [service.scope, "·".join(service.levels)]
    return tuple(chip for chip in chips if chip)


def _tabs(service: PublicService, part: str, words: Words) -> tuple[Tab, ...]:
    counts = {
        "papers": len(service.evidence),
        "basis": len(service.legal_resources),
        "questions": len(service.questions),
    }
    tabs = []
    for name in PARTS:
        label = words(f"part-{name}")
        count = counts.get(name)
        route = f"service/{service.id}" if name == PARTS[0] else f"service/{service.id}/{name}"
        tabs.append(Tab(f"{label} {count}" if count else label, route, name == part))
    return tuple(tabs)


def _facts(service: PublicService, words: Words) -> tuple[Fact, ...]:
    visits = (
        ""
        if service.visits is None
        else words("visits-none" if service.visits == 0 else "visits", n=service.visits)
    )
    return (
        Fact(words("promised"), words.time_limit(service.promised_time_limit) or words("ask")),
        Fact(words("fee"), _fee(service, words)),
        Fact(words("visits-label"), visits or words("ask")),
        Fact(words("window"), window_text(service, words) or words("ask")),
    )


def _fee(service: PublicService, words: Words) -> str:
    """The amount when there is one and it is short."""
    if not service.costs:
        return words("fee-no")
    amounts = {cost.amount for cost in service.costs}
    amount = amounts.pop()
    return words("fee-see-below") if amounts or len(amount) > SHORT_AMOUNT else amount


def _steps(service: PublicService, words: Words) -> tuple[StepRow, ...]:
    rows: list[StepRow] = []
    number = 0
    for phase in ("before", "during", "after"):
        steps = sorted((step for step in service.steps if step.phase == phase), key=lambda step: step.order)
        if steps:
            rows.append(StepRow("", words(f"phase-{phase}")))
        for step in steps:
            number += 1
            days = words("limit-working_day", count=step.days) if step.days else ""
            title = words("comma").join(part for part in (step.title, days) if part)
            actor = words("actor", who=step.actor) if step.actor else ""
            rows.append(StepRow(str(number), title, f"{actor}{step.text}"))
    return tuple(rows)


def _texts(
    service: PublicService, office: PublicOrganisation | None, part: str, words: Words
) -> tuple[str, tuple[TextRow, ...]]:
    if part == "how":
        return words("where-and-who"), _about(service, office, words)
    if part == "basis":
        return words("part-basis"), tuple(TextRow(law.title, law.clause) for law in service.legal_resources)
    if part == "questions":
        return words("part-questions"), tuple(TextRow(q.text, q.answer) for q in service.questions)
    return "", ()


def _about(service: PublicService, office: PublicOrganisation | None, words: Words) -> tuple[TextRow, ...]:
    channel = service.channel
    fees = "\n".join(words("fee-line", title=cost.title, amount=cost.amount) for cost in service.costs)
    rows = [
        TextRow(words("description"), words.either(service.description, service.description_en)),
        TextRow(words("conditions"), "\n".join(service.requirements)),
        TextRow(words("fee"), fees),
        TextRow(words("address"), channel.address),
        TextRow(words("opening-hours"), channel.opening_hours),
        TextRow(words("phone"), channel.phone),
        TextRow(words("complaints"), channel.complaints_phone),
        TextRow(words("authority"), office.title if office else ""),
        TextRow(words("result"), service.output.title),
    ]
    return tuple(row for row in rows if row.text)


def _checked(service: PublicService, words: Words, today: date) -> str:
    if service.valid_to and service.valid_to < today:
        return words("expired", day=service.valid_to)
    if service.checked_on:
        return words("checked", day=service.checked_on, office=service.checked_by)
    return words("never-checked")
