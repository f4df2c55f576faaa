"""What becomes of what the county asks of a kiosk: decided without a window."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from catalog.box import Command, CommandKind
from catalog.links import kiosk_route
from kiosk.catalogue import Catalogue
from kiosk.commands import Situation, next_step, titles
from kiosk.visit import Phase
from tests.kiosk.routes import asked

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
RESTING = Situation("resting", free=True, on_wall=False, titled={"service/x": "户口登记"}.get)  # type: ignore[arg-type]
KINDS: tuple[CommandKind, ...] = ("show", "message", "restart", "screenshot")


def command(kind: CommandKind, **given: str) -> Command:
    at = {"sent": NOW, "expires": NOW + timedelta(minutes=5)}
    return Command(id="0" * 32, kind=kind, route="service/x", message="coming", **(at | given))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
def test_where_nobody_is_everything_is_done_until_it_expires(kind: CommandKind) -> None:
    assert next_step(command(kind), RESTING, NOW) == "do"
    assert next_step(command(kind), RESTING, NOW + timedelta(minutes=5)) == "declined"


@pytest.mark.parametrize(
    ("kind", "step"), [("show", "ask"), ("message", "do"), ("restart", "wait"), ("screenshot", "wait")]
)
def test_a_visitor_is_asked_told_or_left_alone(kind: CommandKind, step: str) -> None:
    assert next_step(command(kind), replace(RESTING, phase="active"), NOW) == step


@pytest.mark.parametrize("kind", ["show", "message"])
@pytest.mark.parametrize("phase", ["counting", "over"])
def test_nothing_comes_between_the_countdown_and_the_visitor(kind: CommandKind, phase: Phase) -> None:
    assert next_step(command(kind), replace(RESTING, phase=phase), NOW) == "wait"
    assert next_step(command(kind), replace(RESTING, free=False), NOW) == "wait"


def test_what_a_kiosk_cannot_show() -> None:
    assert next_step(command("show"), replace(RESTING, on_wall=True), NOW) == "unfit"
    assert next_step(command("show"), replace(RESTING, titled=lambda _: ""), NOW) == "unfit"
    assert next_step(command("show"), replace(RESTING, titled=None), NOW) == "wait"
    assert next_step(command("restart"), replace(RESTING, on_wall=True, titled=None), NOW) == "do"


def test_every_kind_of_record_can_be_shown(catalogue: Catalogue) -> None:
    titled = titles(asked(catalogue))
    store, found = catalogue.store, set()
    for kind in ("service", "life_event", "policy", "place", "participation", "disclosure"):
        record = next(record_id for known, record_id in store.keys([kind]) if known == kind)
        assert titled(kiosk_route(kind, record)), kind
        found.add(kind)
    assert titled(kiosk_route("service", catalogue.services[0].id)) == catalogue.services[0].title


OTHERS = [
    "",
    "do/erase",
    "staff",
    "home",
    "basket",
    "service/",
    "service/no-such",
    "service/../x",
    "handoff/list/all",
]


@pytest.mark.parametrize("route", OTHERS)
def test_no_other_route_can_be_sent(route: str, catalogue: Catalogue) -> None:
    titled, known = titles(asked(catalogue)), f"service/{catalogue.services[0].id}"
    assert titled(known)
    assert not any(map(titled, ("", route, f"{known}/{route}", f"{known}\n")))
