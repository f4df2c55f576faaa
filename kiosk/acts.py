"""What a touch does that does not lead to a page: routes of the form `do/<act>/<rest>`.

Ending the visit is not here, since that is for `kiosk.app`, which holds the screens.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.navigation import Navigator
from kiosk.visit import Visit
from screens.search.page import typed


@dataclass
class Hands:
    """What acts can reach; `kiosk.app` puts it together."""

    visit: Visit
    navigator: Navigator
    staff: Callable[[str], None]
    """Does `do/staff/<rest>`."""


Act = Callable[[Hands, str], None]


def _back(hands: Hands, _: str) -> None:
    hands.navigator.back()


def _language(hands: Hands, _: str) -> None:
    hands.visit.language = "en" if hands.visit.language == "zh" else "zh"


def _typed(action: str) -> Act:
    def act(hands: Hands, rest: str) -> None:
        hands.visit.query = typed(hands.visit.query, action, rest)

    return act


def _choose(hands: Hands, rest: str) -> None:
    hands.visit.choose(*rest.split("/", 1))


def _staff(hands: Hands, rest: str) -> None:
    hands.staff(rest)


ACTS: dict[str, Act] = {
    "back": _back,
    "language": _language,
    "key": _typed("key"),
    "delete": _typed("delete"),
    "clear": _typed("clear"),
    "choose": _choose,
    "staff": _staff,
}
"""The act's name → what it does, given the rest of the route. An unknown act does nothing."""
