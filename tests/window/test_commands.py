"""What the county asks of a kiosk, on the screen: offered to a visitor, done where nobody is, answered on the disk."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from catalog.box import Command, CommandKind, command_path, read_answers, screen_path
from catalog.text import encode
from kiosk.commands import MESSAGE_SECONDS
from kiosk.navigation import ATTRACT, HOME
from screens.offer.page import ACCEPT, DECLINE
from tests.window.conftest import STANDS
from tests.window.test_geometry import PANELS

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow


def send(stand: "Stand", kind: CommandKind, minutes: float = 5, number: int = 1, **given: Any) -> Command:
    """Put a command into the folder, as sync does, and let the kiosk look."""
    expires = stand.now + timedelta(minutes=minutes)
    command = Command(id=f"{number:032x}", kind=kind, sent=stand.now, expires=expires, **given)
    path = command_path(stand.state, command.id)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(encode(command))
    stand.elapse(0.5)
    return command


def outcomes(stand: "Stand") -> list[str]:
    return [answer.outcome for answer in read_answers(stand.state)]


def offered(stand: "Stand") -> bool:
    return any(target.route in (ACCEPT, DECLINE) for target in stand.targets())


def test_where_nobody_is_the_page_is_shown_and_forgotten_like_any_visit(stand: "Stand") -> None:
    route = f"service/{stand.service_id}"
    send(stand, "show", route=route)
    assert (stand.route, outcomes(stand)) == (route, ["done"])
    stand.elapse(60)
    stand.elapse(20)
    assert stand.route == ATTRACT
    assert outcomes(stand) == ["done"]


def test_a_visitor_is_asked_before_anything_is_shown(stand: "Stand") -> None:
    stand.tap(HOME)
    send(stand, "show", route=f"service/{stand.service_id}")
    assert stand.route == HOME
    assert stand.service_title in stand.words()
    assert outcomes(stand) == []
    stand.tap(ACCEPT)
    assert stand.route == f"service/{stand.service_id}"
    assert not offered(stand)
    assert outcomes(stand) == ["done"]


def test_a_visitor_may_say_no(stand: "Stand") -> None:
    stand.tap(HOME)
    send(stand, "show", route=f"service/{stand.service_id}")
    stand.tap(DECLINE)
    stand.elapse(1)
    assert (stand.route, offered(stand), outcomes(stand)) == (HOME, False, ["declined"])


def test_what_was_offered_is_not_there_for_the_next_visitor(stand: "Stand") -> None:
    stand.tap(HOME)
    send(stand, "show", route=f"service/{stand.service_id}")
    stand.go("do/erase")
    stand.elapse(0.5)
    assert (stand.route, offered(stand), outcomes(stand)) == (ATTRACT, False, ["declined"])


def test_an_offer_ends_with_its_time(stand: "Stand") -> None:
    stand.tap(HOME)
    send(stand, "show", minutes=0.5, route=f"service/{stand.service_id}")
    stand.elapse(30)
    assert (offered(stand), outcomes(stand)) == (False, ["declined"])


def test_an_offer_stays_when_everything_is_drawn_larger(stand: "Stand") -> None:
    stand.tap(HOME)
    send(stand, "show", route=f"service/{stand.service_id}")
    stand.go("do/mode/large")
    stand.elapse(0.5)
    assert offered(stand)


@pytest.mark.parametrize("message", ["coming", "closing", "desk"])
def test_a_message_is_one_of_the_kiosks_own(stand: "Stand", message: Any) -> None:
    stand.tap(HOME)
    send(stand, "message", message=message)
    assert outcomes(stand) == ["done"]
    assert offered(stand)
    stand.tap(DECLINE)
    assert (stand.route, offered(stand)) == (HOME, False)


def test_a_message_that_nobody_touches_goes_by_itself(stand: "Stand") -> None:
    send(stand, "message", message="coming")
    assert offered(stand)
    stand.elapse(MESSAGE_SECONDS)
    assert not offered(stand)


def test_a_message_without_a_text_is_nothing_this_kiosk_can_say(stand: "Stand") -> None:
    send(stand, "message")
    assert (offered(stand), outcomes(stand)) == (False, ["unfit"])


def test_one_thing_after_another(stand: "Stand") -> None:
    stand.tap(HOME)
    send(stand, "message", number=1, message="coming")
    send(stand, "show", number=2, route=f"service/{stand.service_id}")
    stand.elapse(0.5)
    assert outcomes(stand) == ["done"]
    stand.tap(DECLINE)
    stand.elapse(0.5)
    stand.tap(ACCEPT)
    assert stand.route == f"service/{stand.service_id}"


def test_a_restart_waits_for_the_visitor_and_happens_once(stands: STANDS) -> None:
    stand = stands()
    stand.tap(HOME)
    send(stand, "restart", minutes=30)
    assert (stand.kiosk.exit_code, outcomes(stand)) == (0, [])
    stand.go("do/erase")
    stand.elapse(0.5)
    assert (stand.kiosk.exit_code, outcomes(stand)) == (75, ["done"])
    again = stands(state=stand.state)
    again.elapse(0.5)
    assert again.kiosk.exit_code == 0


def test_without_an_answer_on_the_disk_there_is_no_restart(stand: "Stand") -> None:
    (stand.state / "answers").write_text("in the way")
    send(stand, "restart")
    assert stand.kiosk.exit_code == 0


def test_a_picture_is_taken_only_where_nobody_is(stand: "Stand") -> None:
    from kivy.base import EventLoop

    stand.tap(HOME)
    send(stand, "screenshot")
    EventLoop.idle()
    assert not screen_path(stand.state).exists()
    stand.go("do/erase")
    stand.elapse(0.5)
    EventLoop.idle()
    stand.until(lambda: outcomes(stand) == ["done"])
    assert screen_path(stand.state).read_bytes().startswith(b"\x89PNG")


def test_answers_go_when_sync_has_told_them(stand: "Stand") -> None:
    command = send(stand, "show", route="service/no-such")
    assert outcomes(stand) == ["unfit"]
    command_path(stand.state, command.id).unlink()
    stand.elapse(0.5)
    assert outcomes(stand) == []


def test_what_sync_does_itself_is_not_answered_here(stand: "Stand") -> None:
    send(stand, "verify")
    assert outcomes(stand) == []


@pytest.mark.parametrize("panel", PANELS)
def test_an_offer_can_be_read_and_touched_on_every_panel(stands: STANDS, panel: str) -> None:
    from tests.window.geometry import faults

    for number, language in enumerate(("zh", "en")):
        stand = stands(*PANELS[panel], language)
        stand.tap(HOME)
        send(stand, "show", number=number, route=f"service/{stand.service_id}")
        assert offered(stand)
        assert faults(stand) == []
        stand.tap(DECLINE)
