"""What a touch does that does not lead to a page: routes of the form `do/<act>/<rest>`.

Ending the visit is not here, since that is for `kiosk.app`, which holds the screens.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from kiosk.navigation import ATTRACT, HOME, Navigator
from kiosk.pages.asked import Asked
from kiosk.post import Post
from kiosk.settings import Settings
from kiosk.visit import Visit

if TYPE_CHECKING:
    from kiosk.printing import Printer


@dataclass
class Hands:
    """What acts can reach; `kiosk.app` puts it together."""

    visit: Visit
    navigator: Navigator
    staff: Callable[[str], None]
    """Does `do/staff/<rest>`."""
    post: Post
    asked: Callable[[], Asked | None]
    """What pages are asked with now; None while there is no edition."""
    printer: "Printer | None"


def printer(settings: Settings, monotonic: Callable[[], float]) -> "Printer | None":
    """The printer that the settings name, which a start without one has no time for."""
    if not settings.printer:
        return None
    from kiosk.printing import own_printer

    return own_printer(settings, monotonic)


Act = Callable[[Hands, str], None]


def _back(hands: Hands, rest: str) -> None:
    if hands.navigator.route.startswith("question/"):
        _later("kiosk.answering", "back")(hands, rest)
    elif hands.navigator.route.startswith("match/"):
        _later("kiosk.tapping", "back")(hands, rest)
    else:
        hands.navigator.back()


def _language(hands: Hands, _: str) -> None:
    hands.visit.language = "en" if hands.visit.language == "zh" else "zh"


def _mode(hands: Hands, rest: str) -> None:
    hands.visit.modes = hands.visit.modes.toggled(rest)


def _choose(hands: Hands, rest: str) -> None:
    hands.visit.choose(*rest.split("/", 1))


def _remove(hands: Hands, rest: str) -> None:
    kind, _, record_id = rest.partition("/")
    hands.visit.take_off((kind, record_id))


def _clear_list(hands: Hands, _: str) -> None:
    hands.visit.take_off(*hands.visit.choices)


def _undo_list(hands: Hands, _: str) -> None:
    hands.visit.undo()


def _alarm(hands: Hands, rest: str) -> None:
    hands.visit.alarm = rest


def _heard(hands: Hands, rest: str) -> None:
    """Put the named bulletins away; whoever did is a visitor."""
    hands.visit.heard.update(rest.split("/"))
    hands.visit.alarm = ""
    if hands.navigator.route == ATTRACT:
        hands.navigator.go(HOME)


def _unheard(hands: Hands, _: str) -> None:
    hands.visit.heard.clear()


def _print(hands: Hands, rest: str) -> None:
    from kiosk.pages.taking import sheet_text  # a start has no time for paper

    asked = hands.asked()
    if hands.printer and asked and (text := sheet_text(rest, asked)):
        hands.printer.send(rest, text)
        hands.visit.printing = hands.printer.state


def _staff(hands: Hands, rest: str) -> None:
    hands.staff(rest)


def _later(module: str, name: str) -> Act:
    """An act of a module that a start has no time for."""

    def act(hands: Hands, rest: str) -> None:
        found: Act = getattr(import_module(module), name)
        found(hands, rest)

    return act


ACTS: dict[str, Act] = {
    "back": _back,
    "language": _language,
    "mode": _mode,
    "choose": _choose,
    "remove": _remove,
    "clear-list": _clear_list,
    "undo-list": _undo_list,
    "print": _print,
    "alarm": _alarm,
    "heard": _heard,
    "unheard": _unheard,
    "staff": _staff,
    **{
        name: _later("kiosk.pad", name)
        for name in ("key", "delete", "write", "ask", "clear", "restore", "pad")
    },
    **{name: _later("kiosk.answering", name) for name in ("answer", "restart")},
    "tap": _later("kiosk.tapping", "tap"),
    "tap-none": _later("kiosk.tapping", "tap_none"),
    "take-found": _later("kiosk.tapping", "take_found"),
    **{name: _later("kiosk.opining", name) for name in ("pick", "tick", "rate", "send", "call", "withdraw")},
}
"""The act's name → what it does, given the rest of the route. An unknown act does nothing."""
