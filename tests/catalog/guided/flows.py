"""Small flows and services for tests."""

from collections.abc import Sequence
from typing import Any

import msgspec
from hypothesis import strategies as st

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


ASKED = {
    "one": ("single", "x y unsure"),
    "many": ("multi", "x y none unsure"),
    "age": ("number", ""),
    "born": ("date", ""),
    "town": ("place", ""),
}
"""A question of every kind: id → kind and options."""


def conditions(
    option: st.SearchStrategy[str], about: st.SearchStrategy[Any], leaves: int
) -> st.SearchStrategy[Any]:
    """Conditions as typed over `ASKED`, with `option` where an option is named, and `about` for what has one."""
    simple = st.one_of(
        st.fixed_dictionaries({"q": st.sampled_from(["one", "many", "town"]), "is": option}),
        about,
        st.fixed_dictionaries(
            {"q": st.sampled_from(["one", "many", "town"]), "in": st.lists(option, min_size=1)}
        ),
        st.fixed_dictionaries(
            {"q": st.just("age"), "ge": st.integers(0, 3)}, optional={"lt": st.integers(0, 3)}
        ),
        st.fixed_dictionaries({"q": st.just("born"), "lt": st.just("1990-01-01")}),
    )
    return st.recursive(
        simple,
        lambda part: st.one_of(
            st.fixed_dictionaries({"not": part}),
            st.fixed_dictionaries({"any": st.lists(part, min_size=1, max_size=3)}),
            st.fixed_dictionaries({"all": st.lists(part, min_size=1, max_size=3)}),
        ),
        max_leaves=leaves,
    )
