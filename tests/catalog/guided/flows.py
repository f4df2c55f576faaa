"""Small flows and services for tests."""

from collections.abc import Sequence
from typing import Any

import msgspec

from catalog.records import Channel, Evidence, GuidedFlow, PublicService
from catalog.records.condition import Condition


def flow(questions: Sequence[Any], effects: Sequence[Any], **more: Any) -> GuidedFlow:
    """A flow as typed; a question without a kind is single, options are their ids in one string."""
    typed = [
        {"kind": "single", "text": one["id"]}
        | one
        | {"options": [{"id": option, "text": option} for option in one.get("options", "").split()]}
        for one in questions
    ]
    whole = {"id": "flow", "event": "event", "title": "题", "questions": typed, "effects": effects} | more
    return msgspec.convert(whole, GuidedFlow)


def condition(typed: dict[str, Any]) -> Condition:
    return msgspec.convert(typed, Condition)


def service(name: str, *papers: Evidence, address: str = "", **more: Any) -> PublicService:
    """A service whose papers are `papers`; `more` is floor, window or anything of a service."""
    channel = Channel(address=address, floor=more.pop("floor", None), window=more.pop("window", ""))
    return PublicService(
        id=name, title=name, competent_authority="office", evidence=papers, channel=channel, **more
    )


def paper(title: str, only_if: str = "", **more: Any) -> Evidence:
    return Evidence(title=title, order=more.pop("order", 1), only_if=only_if, **more)
