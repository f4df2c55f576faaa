"""Random walks through a flow, on the phone and here: both must come to the same list, and the sheet to its papers."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from random import Random
from typing import Any

from playwright.sync_api import Page

from catalog.guided.answers import Answer, Answers
from catalog.guided.engine import counted
from catalog.guided.fragment import choices, encode
from catalog.guided.result import Chosen, PaperWanted, Result, result
from catalog.guided.wanted import Reason
from catalog.records import FloorPlan, GuidedFlow, PublicService
from catalog.sheet.guided import guided_sheet
from catalog.sheet.page import Origin
from catalog.sheet.words import sheet_words
from county.web.phone.guide import guide
from county.web.phone.words import Words
from tests.catalog.guided.walks import Walker
from tests.sample import COUNTY

WALKS = """
(text) => {
  const [data, walks] = JSON.parse(text);
  const guide = Guided.unpack(data);
  const id = (service) => guide.services[service].id;
  const chosen = (one) => [id(one.service), one.questions];
  const reason = (need) => [id(need.service), need.why, need.text, need.questions];
  return JSON.stringify(walks.map((walk) => {
    let answers = new Map();
    walk.steps.forEach(([question, value]) => {
      answers = Guided.answer(guide, answers, question, value === null ? undefined : value);
    });
    const read = Guided.decode(guide, walk.fragment);
    const found = Guided.result(guide, answers);
    return {
      answers: Object.fromEntries(answers),
      written: Guided.encode(guide, Guided.counted(guide, answers)),
      read: Object.fromEntries(read),
      again: JSON.stringify(Guided.result(guide, read)) === JSON.stringify(found),
      list: {
        services: found.services.map(chosen),
        leftOut: found.leftOut.map(chosen),
        papers: found.papers.map((paper) =>
          [guide.titles[paper.title], paper.group, paper.originals, paper.copies, paper.needs.map(reason)]),
        dropped: found.dropped.map((one) => [guide.titles[one.paper.title], reason(one)]),
        notes: found.notes,
        stops: found.stops.map((stop) => stop.services.map(id)),
        visits: [found.visits.separate, found.visits.together, found.visits.unknown],
      },
    };
  }));
}
"""
"""Replays walks and says what came out, as JSON."""

GROUPS = ("bring", "in_case", "optional", "waived")


@dataclass(frozen=True, slots=True)
class County:
    """What results depend on besides flow and answers."""

    services: Mapping[str, PublicService]
    plan: FloorPlan | None
    towns: Sequence[str]


def engine(page: Page) -> None:
    """Load the script without any page of ours."""
    page.goto("about:blank")
    page.add_script_tag(content=files("county.web.phone").joinpath("static", "guided.js").read_text("utf-8"))


def faults(
    page: Page, flow: GuidedFlow, county: County, words: Words, walks: int, random: Random
) -> Iterator[str]:
    """Every difference between the phone and here on so many walks."""
    data = json.loads(guide(flow, county.services, county.plan, county.towns, words))
    walker = Walker(flow, county.services)
    taken = [_within(walker.walk(random).given, flow, county.towns, random) for _ in range(walks)]
    ended = [_end(steps) for steps in taken]
    sent = [
        {
            "steps": [[question, _plain(value)] for question, value in steps],
            "fragment": encode(flow, county.towns, counted(flow, answers)),
        }
        for steps, answers in zip(taken, ended, strict=True)
    ]
    replies = json.loads(page.evaluate(WALKS, json.dumps([data, sent])))
    for walk, answers, told in zip(sent, ended, replies, strict=True):
        found = result(flow, answers, county.services, county.plan)
        expected = {
            "answers": {question: _plain(value) for question, value in answers.items()},
            "written": walk["fragment"],
            "read": {question: _plain(value) for question, value in counted(flow, answers).items()},
            "again": True,
            "list": listed(found, words),
        }
        if told != expected:
            yield f"{flow.id}, {words.language}: {answers}: the phone says {told}, not {expected}"
        elif sheet := _other_sheet(found, told["list"]):
            yield f"{flow.id}: {answers}: {sheet}"


def listed(found: Result, words: Words) -> dict[str, Any]:
    """A result as plain data."""
    return {
        "services": [_chosen(one) for one in found.services],
        "leftOut": [_chosen(one) for one in found.left_out],
        "papers": [_wanted(one, words) for one in found.papers],
        "dropped": [[one.title.strip(), _reason(one.reason, words)] for one in found.dropped],
        "notes": [words.pick(note.text, note.text_en) for note in found.notes],
        "stops": [[service.id for service in stop.services] for stop in found.stops],
        "visits": [found.visits.separate, found.visits.together, found.visits.unknown],
    }


def _within(
    given: Sequence[tuple[str, Answer | None]], flow: GuidedFlow, towns: Sequence[str], random: Random
) -> list[tuple[str, Answer | None]]:
    """The steps, with towns of the county for places that nobody can choose."""
    places = {one.id: choices(one, towns) for one in flow.questions if one.kind == "place"}
    return [
        (
            question,
            value if value in places.get(question, (value,)) or value is None else random.choice(towns),
        )
        for question, value in given
    ]


def _end(steps: Sequence[tuple[str, Answer | None]]) -> Answers:
    return {question: value for question, value in dict(steps).items() if value is not None}


def _plain(value: Answer | None) -> Any:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return list(value) if isinstance(value, tuple) else value


def _chosen(one: Chosen) -> list[Any]:
    return [one.service.id, list(one.questions)]


def _wanted(one: PaperWanted, words: Words) -> list[Any]:
    paper = one.paper
    reasons = [_reason(reason, words) for reason in one.reasons]
    return [paper.title, GROUPS.index(paper.group), paper.originals, paper.copies, reasons]


def _reason(reason: Reason, words: Words) -> list[Any]:
    return [reason.service, reason.why, words.pick(reason.text, reason.text_en), list(reason.questions)]


def _other_sheet(found: Result, told: Mapping[str, Any]) -> str:
    """How the printed sheet differs from the phone's list; empty when it does not."""
    origin = Origin(COUNTY, 1, date(2026, 11, 20), "zone.example", "", "")
    sheet = guided_sheet("", found, origin, sheet_words("zh"))
    papers = [(group.name, line.title) for group in sheet.groups for line in group.lines]
    phone = [(GROUPS[paper[1]], paper[0]) for paper in told["papers"]]
    if papers != phone:
        return f"the sheet has {papers}, the phone {phone}"
    if len(sheet.stops) != len(told["stops"]):
        return f"the sheet has {len(sheet.stops)} windows, the phone {len(told['stops'])}"
    return ""
