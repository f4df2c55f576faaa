"""What comes out of guided questions: what to bring, where to go in which order, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from catalog.guided.answers import Answers
from catalog.guided.result import PaperDropped, PaperWanted, Result
from catalog.guided.totals import Fees
from catalog.guided.walking import Stop
from catalog.guided.wanted import Reason
from catalog.records import GuidedFlow, PublicOrganisation, PublicService
from screens.question.page import answer_text
from screens.service.page import Fact, TextRow
from screens.service.papers import PaperRow, merged_row
from screens.shared.item import Tab, Tile
from screens.shared.words import Words
from screens.stage.page import service_tile

PARTS = ("papers", "windows", "services", "not-needed")
"""The parts of the page; the first is shown on arrival, the others by `result/<kind>/<id>/<part>`."""


@dataclass(frozen=True, slots=True)
class ResultPage:
    """One list for all services, part by part. What a part does not have is empty, and so is its title."""

    title: str = ""
    subject: str = ""
    tabs: tuple[Tab, ...] = ()
    facts: tuple[Fact, ...] = ()
    ways: tuple[Tile, ...] = ()
    notes_title: str = ""
    notes: tuple[TextRow, ...] = ()
    papers_title: str = ""
    papers_hint: str = ""
    papers: tuple[PaperRow, ...] = ()
    cases_title: str = ""
    cases_hint: str = ""
    cases: tuple[PaperRow, ...] = ()
    tiles_title: str = ""
    tiles: tuple[Tile, ...] = ()
    texts_title: str = ""
    texts: tuple[TextRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A flow and its answers that count, to say why; `subject` is kind and id of the record that it is about."""

    subject: str
    flow: GuidedFlow
    answers: Answers

    def why(self, questions: Sequence[str], words: Words) -> str:
        """The questions that decided, with what was answered."""
        return words("dot").join(
            words(
                "ask-answer",
                question=words.marked(question.text, question.text_en),
                answer=answer_text(question, self.answers.get(question.id), words),
            )
            for question in self.flow.questions
            if question.id in questions
        )


def result_page(
    answered: Answered,
    result: Result,
    offices: Sequence[PublicOrganisation],
    floors: Sequence[str],
    part: str,
    words: Words,
) -> ResultPage:
    """`floors` are the routes of the windows on the floor plan, each empty for one that is not there.

    `part` is one of PARTS; an unknown one, or one that is empty, shows the first.
    """
    counts = _counts(result)
    part = part if counts.get(part) else PARTS[0]
    page = ResultPage(
        title=words("result-title" if result.services else "result-empty"),
        subject=words.marked(answered.flow.title, answered.flow.title_en),
        tabs=_tabs(answered.subject, counts, part, words),
    )
    if part == "windows":
        return _windows(page, result, floors, words)
    if part == "services":
        names = {office.id: office.short_title or office.title for office in offices}
        tiles = tuple(service_tile(one.service, names, words) for one in result.services)
        page = replace(page, tiles_title=words("event-services", count=len(tiles)), tiles=tiles)
        return _left_out(page, answered, result, words)
    if part == "not-needed":
        texts = tuple(_not_needed(answered, result, words))
        return replace(page, texts_title=words("result-dropped"), texts=texts)
    page = _papers(page, result, words)
    return page if result.services else _left_out(page, answered, result, words)


def _counts(result: Result) -> dict[str, int]:
    """How much there is in each part."""
    return {
        "papers": len(_bring(result)),
        "windows": len(result.stops),
        "services": len(result.services),
        "not-needed": len(_once(result.dropped)) + sum(one.paper.group == "waived" for one in result.papers),
    }


def _bring(result: Result) -> list[PaperWanted]:
    return [paper for paper in result.papers if paper.paper.group == "bring"]


def _tabs(subject: str, counts: dict[str, int], part: str, words: Words) -> tuple[Tab, ...]:
    tabs = [
        Tab(
            words("result-tab", title=words(f"result-part-{name}"), count=counts[name]),
            f"result/{subject}" if name == PARTS[0] else f"result/{subject}/{name}",
            name == part,
        )
        for name in PARTS
        if name == PARTS[0] or counts[name]
    ]
    return tuple(tabs) if len(tabs) > 1 else ()


def _papers(page: ResultPage, result: Result, words: Words) -> ResultPage:
    several, bring = len(result.services) > 1, _bring(result)
    cases = [paper for paper in result.papers if paper.paper.group in ("in_case", "optional")]
    notes = tuple(TextRow("", words.marked(note.text, note.text_en)) for note in result.notes)
    return replace(
        page,
        facts=_facts(result, words) if result.services else (),
        notes_title=words("result-notes") if notes else "",
        notes=notes,
        papers_title=words("papers-merged", count=len(bring)) if result.services else "",
        papers_hint=words("result-papers-hint") if bring else words("result-no-papers"),
        papers=tuple(_paper(paper, several, words) for paper in bring),
        cases_title=words("result-cases", count=len(cases)) if cases else "",
        cases_hint=words("result-cases-hint"),
        cases=tuple(_paper(paper, several, words) for paper in cases),
    )


def _windows(page: ResultPage, result: Result, floors: Sequence[str], words: Words) -> ResultPage:
    stops = enumerate(zip(result.stops, floors, strict=True), 1)
    fees = _fees([one.service for one in result.services], words)
    return replace(
        page,
        tiles_title=words("result-stops", count=len(result.stops)),
        tiles=tuple(_stop(stop, number, floor, words) for number, (stop, floor) in stops),
        texts_title=words("fee") if fees else "",
        texts=fees,
    )


def _left_out(page: ResultPage, answered: Answered, result: Result, words: Words) -> ResultPage:
    left = tuple(
        TextRow(_title(one.service, words), answered.why(one.questions, words)) for one in result.left_out
    )
    return replace(page, texts_title=words("result-left") if left else "", texts=left)


def _not_needed(answered: Answered, result: Result, words: Words) -> Iterator[TextRow]:
    """Papers that no office wants to see, and those that the answers take off, each with why."""
    for wanted in result.papers:
        if wanted.paper.group == "waived":
            why = dict.fromkeys(words(f"waiver-{evidence.waiver}") for _, evidence in wanted.paper.needs)
            yield TextRow(wanted.paper.title, words("list-comma").join(why))
    for one in _once(result.dropped):
        said = reason_text(one.reason, words) or answered.why(one.reason.questions, words)
        yield TextRow(one.title, said)


def reason_text(reason: Reason, words: Words) -> str:
    """Why a paper is asked for, or is not, in the flow's own words."""
    return words.marked(reason.text, reason.text_en)


def _facts(result: Result, words: Words) -> tuple[Fact, ...]:
    visits = result.visits
    single = len(result.services) == 1
    facts = (
        Fact(words("result-services"), words("count-services", count=len(result.services))),
        Fact(words("visits-label"), _visits(result, words)),
        Fact(words("result-saved"), words("visits", n=visits.saved) if visits.saved else ""),
        Fact(words("promised" if single else "result-longest"), words.time_limit(result.longest)),
        Fact(words("fee"), _fee(result.fees, words)),
    )
    return tuple(fact for fact in facts if fact.value)


def _fee(fees: Fees, words: Words) -> str:
    """Nothing, the total when it is known, or how many services charge something and of how many nobody knows."""
    if not fees.charged:
        return words("ask" if fees.unknown else "fee-no")
    if fees.total is not None:
        return words("result-total", amount=fees.total)
    paid = words("result-paid", count=len({service.id for service, _ in fees.charged}))
    unknown = words("result-fee-unknown", count=fees.unknown) if fees.unknown else ""
    return words("comma").join(filter(None, (paid, unknown)))


def _fees(services: Sequence[PublicService], words: Words) -> tuple[TextRow, ...]:
    lines = {
        _title(service, words): [
            words("fee-line", title=cost.title, amount=cost.amount) for cost in service.costs
        ]
        for service in services
    }
    return tuple(TextRow(title, "\n".join(fees)) for title, fees in lines.items() if fees)


def _visits(result: Result, words: Words) -> str:
    visits = result.visits
    if visits.unknown == len(result.services):
        return words("ask")
    return words("visits", n=visits.together) if visits.together else words("visits-none")


def _paper(wanted: PaperWanted, several: bool, words: Words) -> PaperRow:
    """The row of a paper: how many, why, and for which services when there are several."""
    row = merged_row(wanted.paper, words)
    texts = dict.fromkeys(reason_text(reason, words) for reason in wanted.reasons if reason.text)
    cases = dict.fromkeys(
        words("only-if", case=evidence.only_if) for _, evidence in wanted.paper.needs if evidence.only_if
    )
    titles = dict.fromkeys(words.either(one.title, one.title_en) for one, _ in wanted.paper.needs)
    use = words("for-services", services=words("list-comma").join(titles)) if several else ""
    notes = dict.fromkeys(evidence.note for _, evidence in wanted.paper.needs if evidence.note)
    said = [*texts, *cases, *notes, use]
    return PaperRow(
        row.title, row.amount, "\n".join(one for one in said if one), row.badge, row.icon, row.always
    )


def _stop(stop: Stop, number: int, floor: str, words: Words) -> Tile:
    channel = stop.channel
    place = channel.address
    if channel.floor is not None and channel.window:
        place = words("floor-window", floor=channel.floor, window=channel.window)
    titles = [words.either(one.title, one.title_en) for one in stop.services]
    title = words("result-stop", number=number, place=place or channel.window)
    return Tile(title, words("list-comma").join(titles), floor, "map-marker")


def _title(service: PublicService, words: Words) -> str:
    return words.either(service.title, service.title_en)


def _once(dropped: Sequence[PaperDropped]) -> list[PaperDropped]:
    """Each paper once for each reason."""
    return list({(one.title, one.reason.text): one for one in dropped}.values())
