"""The guided questions of a page as data for its script, which walks them on the phone and sends nothing.

The data is made of records alone, so that equal records give equal pages; the rules are in static/guided.js. Services,
titles, reasons, notes and stops are named by their place in a list.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, get_args

import msgspec
from markupsafe import Markup

from catalog.guided.answers import UNSURE
from catalog.guided.fragment import DIGITS, choices, mark
from catalog.guided.result import NOTHING
from catalog.guided.walking import building_of, place_of, walk
from catalog.guided.wanted import required
from catalog.papers import GROUPS, group_of
from catalog.records import Evidence, FloorPlan, GuidedFlow, PublicService
from catalog.records.condition import Condition
from catalog.records.flow import EvidenceEffect, FlowEffect, FlowQuestion
from catalog.records.service import EvidenceForm, Waiver
from county.web.phone.service import time_and_fee, window_of
from county.web.phone.words import Words

_NO_REASON = -1
_WORDS = ("guide.", "papers.", "form.", "waiver.", "list.comma")
"""How the keys of the script's words begin."""
_FORMS = get_args(EvidenceForm)
_WAIVERS = get_args(Waiver)


@dataclass(slots=True)
class _Lists:
    """What is named by its place, in the order first met."""

    services: Mapping[str, int]
    titles: dict[str, int] = field(default_factory=dict)
    reasons: dict[tuple[str, str], int] = field(default_factory=dict)
    notes: dict[tuple[str, str], int] = field(default_factory=dict)
    stops: dict[tuple[str, int | None, str], int] = field(default_factory=dict)


def guide(
    flow: GuidedFlow,
    services: Mapping[str, PublicService],
    plan: FloorPlan | None,
    towns: Sequence[str],
    words: Words,
) -> Markup:
    """JSON that can stand in a script element. `services` are those of the flow that the edition has."""
    named = [service for service in services.values() if service.id in _included(flow)]
    lists = _Lists({service.id: place for place, service in enumerate(named)})
    data = {
        "mark": mark(flow, towns),
        "questions": [_question(question, towns, words) for question in flow.questions],
        "services": [_service(service, lists, words) for service in named],
        "effects": [_effect(effect, lists) for effect in flow.effects],
        "titles": list(lists.titles),
        "titlesMark": _titles_mark(lists.titles),
        "reasons": [
            [chinese] if words.language == "zh" else [chinese, english] for chinese, english in lists.reasons
        ],
        "notes": [words.pick(*note) for note in lists.notes],
        "nothing": words.pick(NOTHING.text, NOTHING.text_en),
        "stops": _stops(named, lists, plan, words),
        "words": {key: text for key, text in words.texts.items() if key.startswith(_WORDS)},
    }
    return embedded(data)


def embedded(data: Any) -> Markup:
    """JSON of which nothing ends the element that it stands in."""
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def _included(flow: GuidedFlow) -> set[str]:
    return {service for effect in flow.effects for service in effect.do.include_services}


def _question(question: FlowQuestion, towns: Sequence[str], words: Words) -> dict[str, Any]:
    own = {option.id: option for option in question.options}
    options = []
    for choice in choices(question, towns):
        option = own.get(choice)
        text = words.pick(option.text, option.text_en) if option else choice
        note = words.pick(option.note, option.note_en) if option else ""
        text = words("guide.unsure") if choice == UNSURE and option is None else text
        options.append([choice, text, note] if note else [choice, text])
    said = {
        "id": question.id,
        "kind": question.kind,
        "text": words.pick(question.text, question.text_en),
        "help": words.pick(question.help, question.help_en),
    }
    return _without_empty(said) | {"options": options} | _when(question.ask_when)


def _when(condition: Condition | None) -> dict[str, Any]:
    return {"when": msgspec.to_builtins(short(condition))} if condition else {}


def short(condition: Condition) -> Condition:
    """The same condition in fewer words: one of several options of a question is `{q, in}`."""
    if condition.not_:
        return Condition(not_=short(condition.not_))
    if condition.all_:
        return Condition(all_=tuple(short(part) for part in condition.all_))
    has = [part.has for part in condition.any_ if part.has is not None]
    questions = {part.q for part in condition.any_}
    if condition.any_ and len(has) == len(condition.any_) and len(questions) == 1:
        return Condition(q=questions.pop(), in_=tuple(has))
    return Condition(any_=tuple(short(part) for part in condition.any_)) if condition.any_ else condition


def _effect(effect: FlowEffect, lists: _Lists) -> dict[str, Any]:
    def places(services: Iterable[str]) -> list[int]:
        return [lists.services[one] for one in services if one in lists.services]

    def papers(entries: Iterable[EvidenceEffect]) -> list[list[int]]:
        return [
            [lists.services[one.service], lists.titles[one.evidence.strip()], _reason(one, lists)]
            for one in entries
            if one.service in lists.services and one.evidence.strip() in lists.titles
        ]

    note = (effect.do.note, effect.do.note_en)
    does = {
        "include": places(effect.do.include_services),
        "exclude": places(effect.do.exclude_services),
        "require": papers(effect.do.require_evidence),
        "drop": papers(effect.do.drop_evidence),
    }
    return {
        **{name: found for name, found in does.items() if found},
        **({"note": lists.notes.setdefault(note, len(lists.notes))} if effect.do.note else {}),
        **_when(effect.when),
    }


def _reason(effect: EvidenceEffect, lists: _Lists) -> int:
    if not effect.reason:
        return _NO_REASON
    return lists.reasons.setdefault((effect.reason, effect.reason_en), len(lists.reasons))


def _service(service: PublicService, lists: _Lists, words: Words) -> dict[str, Any]:
    channel = service.channel
    sign = (channel.address, channel.floor, channel.window)
    evidence = sorted(service.evidence, key=lambda one: one.order)
    same: dict[Evidence, int] = {}
    return {
        "id": service.id,
        "title": words.pick(service.title, service.title_en),
        "note": words("list.dot").join(fact.value for fact in time_and_fee(service, words)),
        "papers": [_paper(one, same, lists) for one in evidence],
        **({"visits": service.visits} if service.visits is not None else {}),
        **(
            {"stop": lists.stops.setdefault(sign, len(lists.stops))}
            if channel.address or channel.window
            else {}
        ),
    }


def _paper(evidence: Evidence, same: dict[Evidence, int], lists: _Lists) -> list[int | str]:
    """A row, as `paperOf` in static/guided.js reads it.

    Group and identity are those of the paper as it is, and as it is when the answers require it.
    """
    forms = (evidence, required(evidence))
    group, required_group = (GROUPS.index(group_of(form)) for form in forms)
    form, waiver = _FORMS.index(evidence.form), _WAIVERS.index(evidence.waiver)
    later = evidence.necessity == "deferrable"
    row: list[int | str] = [
        lists.titles.setdefault(evidence.title.strip(), len(lists.titles)),
        evidence.originals,
        evidence.copies,
        group | required_group << 2 | form << 4 | waiver << 6 | later << 8,
        *(same.setdefault(form, len(same)) for form in forms),
        evidence.only_if,
        evidence.note,
    ]
    while row[-1] == "":
        row.pop()
    return row


def _stops(
    services: Sequence[PublicService],
    lists: _Lists,
    plan: FloorPlan | None,
    words: Words,
) -> list[dict[str, Any]]:
    """Every window once; `rank` orders them as one walks."""
    ranks = walk(plan) if plan else {}
    places = sorted({place_of(service.channel, plan, ranks) for service in services})
    found = {}
    for service in services:
        channel = service.channel
        sign = (channel.address, channel.floor, channel.window)
        title = window_of(channel, words) or channel.address
        if sign in lists.stops:
            found[sign] = {
                "title": title,
                "building": building_of(channel),
                "rank": places.index(place_of(channel, plan, ranks)),
            }
    return [found[sign] for sign in lists.stops]


def _titles_mark(titles: Iterable[str]) -> str:
    number = int.from_bytes(sha256("\n".join(titles).encode()).digest()[:2]) >> 1
    return "".join(DIGITS[number >> shift & 31] for shift in (10, 5, 0))


def _without_empty(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}
