"""Where the visitor is and how they came there. Pure."""

from dataclasses import dataclass, field

ATTRACT = "attract"
HOME = "home"
STAFF = "staff"


PARTED = {
    "service": 2,
    "policy": 2,
    "match": 1,
    "matched": 1,
    "question": 3,
    "result": 3,
    "handoff": 3,
    "participation": 2,
    "request-guide": 1,
    "map": 1,
    "group": 2,
    "floor": 1,
}
"""Pages with parts: the first part of their routes → how many parts name the whole page."""
VIEWS = dict.fromkeys(("disclosure", "disclosure/offices", "disclosure/levels"), "disclosure")
"""Views that replace each other → the first of them."""


def whole(route: str) -> str:
    """The route of the whole page that `route` is a part of; empty when it is not one of several parts."""
    parts = route.split("/")
    return VIEWS.get(route) or "/".join(parts[: PARTED.get(parts[0], 0)])


@dataclass
class Navigator:
    """The trail of routes from home to here; the last one is on the screen. A route is text such as `service/x`."""

    trail: list[str] = field(default_factory=lambda: [ATTRACT])

    @property
    def route(self) -> str:
        """The route on the screen."""
        return self.trail[-1]

    def go(self, route: str) -> bool:
        """Go to `route`. False, and nothing happens, when it is on the screen already.

        A route that is already on the trail cuts the trail back to it, as a breadcrumb does.
        """
        if route == self.route:
            return False
        if route.split("/")[0] == HOME:
            self.trail = [route]
        elif route == ATTRACT:
            self.trail = [ATTRACT]
        elif route in self.trail:
            del self.trail[self.trail.index(route) + 1 :]
        elif self.trail == [ATTRACT]:
            self.trail = [HOME, route]
        else:
            self.trail.append(route)
        return True

    def leave_part(self, route: str) -> None:
        """Before going to `route`: parts of one page replace each other on the trail instead of piling up."""
        page = whole(route)
        parts = (n for n, before in enumerate(self.trail) if before != route and whole(before) == page != "")
        if (first := next(parts, 0)) > 0:
            del self.trail[first:]

    def start_over(self) -> None:
        """Wait for the next visitor."""
        self.trail = [ATTRACT]

    def back(self) -> bool:
        """Go back one step, or home from a trail of one. False when this changes nothing."""
        if len(self.trail) > 1:
            self.trail.pop()
            return True
        return self.go(HOME) if self.route != ATTRACT else False
