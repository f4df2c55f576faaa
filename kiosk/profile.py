"""How much a kiosk shows: everything in the county's hall, less in a township, least in a village (删繁化简).

A profile leaves ways in out of pages and rows out of the directories. It takes no page away: whatever a service, a
list, a search or a code leads to is shown in full everywhere.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal

Name = Literal["county", "township", "village", "wall"]
WAYS = ("tabs", "shortcuts")
"""Fields of pages that hold ways in, each with a route."""


@dataclass(frozen=True, slots=True)
class Profile:
    """`levels`: rows of the directories that name levels of disclosure, but none of these, are left out; empty keeps
    all. `hidden`: beginnings and ends of the routes to which no way in is shown; `*` stands for the rest.
    """

    levels: frozenset[str] = frozenset()
    hidden: tuple[str, ...] = ()

    def hides(self, route: str) -> bool:
        """Whether ways in to `route` are left out."""
        return any(
            route.endswith(one[1:]) if one.startswith("*") else route.startswith(one) for one in self.hidden
        )


PROFILES: dict[Name, Profile] = {
    "county": Profile(),
    "township": Profile(frozenset({"乡级", "村级"}), ("disclosure/offices", "disclosure/levels", "*/basis")),
    "village": Profile(
        frozenset({"村级"}),
        (
            "disclosure/offices",
            "disclosure/levels",
            "*/basis",
            "*/questions",
            "request-guide",
        ),
    ),
    "wall": Profile(),
}


def fewer(page: Any, profile: Profile) -> Any:
    """The page without the ways in that the profile leaves out. A single way that is left is none."""
    if not profile.hidden:
        return page
    for name in WAYS:
        ways = getattr(page, name, ())
        kept = tuple(way for way in ways if not profile.hides(way.route))
        if len(kept) < len(ways):
            page = replace(page, **{name: kept if len(kept) > 1 else ()})
    return page
