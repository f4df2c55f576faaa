"""The page of one public service."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from catalog.papers import group_of
from catalog.records import Evidence, PublicOrganisation, PublicService
from screens.service.papers import PaperRow, paper_row
from screens.shared.item import Tab, Tile
from screens.shared.words import Words
from screens.stage.page import window_text

PARTS = ("how", "papers", "steps", "basis", "questions")
"""The parts of the page; the first is shown on arrival, the others by `service/<id>/<part>`."""


SHORT_AMOUNT = 8
"""Characters of a fee that stand beside the other facts."""
SHORT_PLACE = 16
"""Characters of a place that do."""


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
        papers_hint=_papers_hint(service, words),
        papers=papers if part in ("how", "papers") else (),
        steps_title=words("steps") if part == "steps" and service.steps else "",
        steps=_steps(service, words) if part == "steps" else (),
        texts_title=texts_title,
        texts=texts,
        checked=_checked(service, words, today),
        rate_label=words("rate-this"),
        rate_route=f"rating/service/{service.id}",
    )


def _sorted_papers(service: PublicService) -> list[Evidence]:
    return sorted(service.evidence, key=lambda paper: (bool(paper.waiver), bool(paper.only_if), paper.order))


def _papers_hint(service: PublicService, words: Words) -> str:
    """How many papers there are of each sort, sorts without any left out."""
    groups = Counter(group_of(paper) for paper in service.evidence)
    counts = {
        "always": groups["bring"],
        "in-case": groups["in_case"],
        "optional": groups["optional"] + groups["waived"],
    }
    said = [words(f"papers-{sort}", count=count) for sort, count in counts.items() if count]
    return words("comma").join(said) or words("papers-none")


def _chips(service: PublicService, words: Words) -> tuple[str, ...]:
    known = service.processing_kind == "immediate" or service.promised_time_limit
    chips = [words(f"kind-{service.processing_kind}")] if known else []
    if any(mode in ("网上", "掌上") for mode in service.modes):
        chips.append(words("online"))
    if words.language == "zh":
        chips += [service.scope, "·".join(service.levels)]
    return tuple(chip for chip in chips if chip)


def _tabs(service: PublicService, part: str, words: Words) -> tuple[Tab, ...]:
    """The parts, except empty ones; that one may come with no papers at all is worth saying."""
    counts = {
        "papers": len(service.evidence),
        "basis": len(service.legal_resources),
        "questions": len(service.questions),
    }
    empty = {"steps"} if not service.steps else set()
    empty |= {name for name in ("basis", "questions") if not counts[name]}
    tabs = []
    for name in PARTS:
        if name in empty and name != part:
            continue
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
        Fact(words("promised"), _time(service, words)),
        Fact(words("fee"), _fee(service, words)),
        Fact(words("visits-label"), visits or words("ask")),
        Fact(words("window"), _place(service, words)),
    )


def _time(service: PublicService, words: Words) -> str:
    """The promised time, else the statutory one."""
    if not (limit := service.promised_time_limit or service.statutory_time_limit):
        return words("on-the-spot" if service.processing_kind == "immediate" else "ask")
    return words.time_limit(limit)


def _place(service: PublicService, words: Words) -> str:
    """The window, or the address when that is short."""
    place = window_text(service, words)
    return words("see-below") if len(place) > SHORT_PLACE else place or words("ask")


def _fee(service: PublicService, words: Words) -> str:
    """The amount when there is one and it is short."""
    if not service.costs:
        return words("fee-no" if service.free else "ask")
    amounts = {cost.amount for cost in service.costs}
    amount = amounts.pop()
    return words("see-below") if amounts or len(amount) > SHORT_AMOUNT else amount


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
    rows: dict[str, tuple[TextRow, ...]] = {
        "basis": tuple(TextRow(law.title, law.clause) for law in service.legal_resources),
        "questions": tuple(TextRow(one.text, one.answer) for one in service.questions),
    }
    if not service.steps:
        rows["steps"] = ()
    if part not in rows:
        return "", ()
    return words(f"part-{part}"), rows[part] or (TextRow("", words("part-empty")),)


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
