"""What is learnt of a visit for the county: what was looked at, and what was looked for in vain (docs/privacy.md)."""

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from catalog.insight import nameless
from catalog.search.everyday import meant
from catalog.search.terms import normalise
from kiosk.catalogue import Catalogue
from kiosk.counting import abandoned, touched, unmatched
from kiosk.navigation import Navigator
from kiosk.pages.asked import Asked
from kiosk.pages.router import shown
from kiosk.post import Post
from kiosk.visit import Visit
from screens.shared.item import Tile

if TYPE_CHECKING:
    from screens.search.page import SearchPage

STAYS = 2.0
"""Seconds that a query stays as it is before it counts as what the visitor meant."""
SEARCH = "search"


class Insight:
    """Watches a visit on behalf of the county. Of a query it keeps a number that tells it from others, no letter."""

    def __init__(
        self, post: Post, visit: Visit, navigator: Navigator, asked: Callable[[], Asked | None]
    ) -> None:
        self._post, self._visit, self._navigator, self._asked = post, visit, navigator, asked
        self._seen, self._since, self._told = 0, 0.0, True

    def went(self, action: str, before: str) -> None:
        """Count a touch that did `action`, if any, and led here from `before`."""
        asked, here = self._asked(), self._navigator.route
        if asked is not None:
            self._post.count(touched(action, before, here, self._visit, asked.catalogue.store))
            self._post.count(unanswered(here, asked) if here != before else [])

    def look(self, now: float) -> None:
        """Look at the search pad at `now`, in seconds: words that stayed and found nothing are kept."""
        query = self._visit.query.strip() if self._navigator.route == SEARCH else ""
        seen = hash(query) if query else 0
        if seen != self._seen:
            self._seen, self._since, self._told = seen, now, not seen
        elif not self._told and now - self._since >= STAYS:
            self._told = True
            self._miss(query)

    def leave(self) -> None:
        """Count where guided questions were left; the visit is about to be forgotten."""
        self._post.count(left(self._visit))

    def _miss(self, query: str) -> None:
        asked = self._asked()
        if asked is None or is_found(query, shown(SEARCH, asked).page):
            return
        if words := nameless(query, _pairs(asked.catalogue).__contains__):
            self._post.miss(words)


def is_found(query: str, page: "SearchPage") -> bool:
    """Whether something on the page is what was looked for.

    An entry of which no part is marked shares a single character with the query, unless that is an everyday word.
    """
    marked = any(item.marks or item.hint_marks for item in page.items if isinstance(item, Tile))
    return bool(page.first) and (marked or bool(meant(normalise(query))))


def unanswered(here: str, asked: Asked) -> list[str]:
    """The name under which a policy match without a result is counted that is shown at the route `here`."""
    if not here.startswith("matched/"):
        return []
    from kiosk.pages.matching import audience_of, found, tapped_of  # a start has no time for matching

    audience = audience_of(here.split("/")[1])
    tapped = tapped_of(audience, asked) if audience else None
    if tapped is None or not tapped.taps:
        return []
    some = any(one.likelihood in ("likely", "possible") for one in found(tapped, asked))
    return [] if some else unmatched(tapped.audience, sorted(tapped.taps))


def left(visit: Visit) -> list[str]:
    """The names under which it is counted that a visit ends before guided questions were answered."""
    if not visit.walks:
        return []
    from catalog.guided.engine import next_question  # a start has no time for questions

    names = []
    for walk in visit.walks.values():
        question = next_question(walk.flow, walk.answers)
        names += abandoned(walk.flow.id, question.id) if question else []
    return names


def _pairs(catalogue: Catalogue) -> frozenset[str]:
    """Every two letters that stand beside each other in the name of something in the catalogue."""
    named = (catalogue.services, catalogue.events, catalogue.policies, catalogue.places, catalogue.offices)
    return frozenset("".join(pair) for records in named for one in records for pair in pairwise(one.title))
