"""Route → page: which screen shows a route, what is on it, and where it stands in the trail.

A route is text, its first part the name in `VIEWS`; docs/screens.md lists them. A route that leads nowhere shows a
notice, never nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module

from kiosk.navigation import ATTRACT, HOME
from kiosk.pages.asked import Asked, Shown
from kiosk.pages.asked import notice as notice_called
from kiosk.profile import fewer
from screens.frame.page import CRUMB_COLUMNS
from screens.notice.page import NoticePage
from screens.shared.item import Crumb
from screens.shared.shorten import shortened
from screens.shared.words import Words

VIEWS = {
    "attract": "services",
    "home": "services",
    "stage": "services",
    "events": "services",
    "event": "services",
    "service": "services",
    "question": "guiding",
    "answers": "guiding",
    "result": "guiding",
    "policy": "reading",
    "match": "matching",
    "matched": "matching",
    "clause": "matching",
    "disclosure": "disclosure",
    "participation": "participation",
    "request-guide": "participation",
    "map": "places",
    "map-kinds": "places",
    "map-features": "places",
    "group": "places",
    "place": "places",
    "floor": "places",
    "handoff": "taking",
    "basket": "taking",
    "search": "finding",
    "bulletin": "bulletins",
    "bulletins": "bulletins",
    "wall": "wall",
    "notice": "notices",
    "accessibility": "easing",
    "rating": "opinions",
    "survey": "opinions",
    "thanks": "opinions",
    "unsaved": "opinions",
    "guide": "opinions",
    "staff": "staffing",
}
"""The first part of a route → the module beside this one, imported when first needed, whose function of that name
(`-` written `_`) makes the page from the rest of the route, or None when that leads nowhere."""

View = Callable[[str, Asked], Shown | None]


def shown(route: str, asked: Asked) -> Shown:
    """What the kiosk shows for `route`."""
    name, _, rest = route.partition("/")
    found = _view(name)(rest, asked) if name in VIEWS else None
    if found is None:
        found = notice_called("unknown", asked)
    assert found is not None
    page = fewer(found.page, asked.profile)
    return found if page is found.page else replace(found, page=page)


def _view(name: str) -> View:
    module = import_module(f"kiosk.pages.{VIEWS[name]}")
    view: View = getattr(module, name.replace("-", "_"))
    return view


def closed(words: Words, why: str, desk: str = "") -> Shown:
    """What the kiosk shows instead of every page: the notice `why`. `desk` says where the guide desk is."""
    title = words(f"notice-{why}-title")
    text = words(f"notice-{why}-text", desk=desk or words("desk"))
    return Shown("notice", NoticePage(icon="timer-sand", title=title, text=text), title)


def crumbs(trail: Sequence[str], titles: Mapping[str, str], words: Words) -> tuple[Crumb, ...]:
    """The breadcrumb of a trail, where `titles` names its routes; none at its beginning."""
    if trail[-1].split("/")[0] in (HOME, ATTRACT):
        return ()
    found = [
        Crumb(
            words("home") if route.split("/")[0] == HOME else shortened(titles.get(route, ""), CRUMB_COLUMNS),
            route,
            first=i == 0,
        )
        for i, route in enumerate(trail)
    ]
    return (*found[:-1], replace(found[-1], route=""))
