"""Emergency bulletins over every screen, from the newest edition on the box, whichever edition the visitor is using.

While one is up, nothing else is drawn and nothing else can be touched. The visitor's page, list and query wait below.
A visitor may put it away for this visit; then the frame says so in a strip, until it is lifted or expires.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from catalog.edition import Damaged
from catalog.links import host, phone_url
from catalog.records import Bulletin, County
from catalog.store import Store
from catalog.text import content_hash
from kiosk.handoff import qr_matrix
from kiosk.shelf import Shelf
from kiosk.visit import Visit
from screens.bulletin.current import emergencies, in_force
from screens.emergency.page import emergency_page
from screens.shared.item import Handoff, Voice
from screens.shared.words import Words

WALL_SECONDS = 12
"""How long each of several bulletins stands where nobody can touch."""


@dataclass(frozen=True, slots=True)
class News:
    """The bulletins of an edition, and the address of its phone pages."""

    bulletins: tuple[Bulletin, ...] = ()
    public_url: str = ""
    edition: int = 0


def news(store: Store) -> News:
    """What `store` has. Raises Damaged."""
    county = store.get(County, "county")
    return News(tuple(store.all(Bulletin)), county.public_url if county else "", store.manifest.edition)


def key(bulletin: Bulletin) -> str:
    """Names what a bulletin says now: one that is changed is another."""
    return f"{bulletin.id}@{content_hash(bulletin)[:12]}"


class Alarm:
    """What is up, for one visit after another. `navigate` hears where a touch leads."""

    def __init__(self, shelf: Shelf, visit: Visit, navigate: Callable[[Any, str], None]) -> None:
        self._shelf, self._visit, self._navigate = shelf, visit, navigate
        self._news, self._read = News(), ""
        self._current: tuple[str, ...] = ()
        self._up: tuple[Bulletin, ...] = ()
        self._keys: tuple[str, ...] = ()
        self._panel: Any = None

    def look(self, now: datetime) -> bool:
        """Read the newest edition's bulletins if there is a newer one. Whether other bulletins are in force now."""
        newest = self._shelf.newest
        if newest is not None and newest.file != self._read:
            self._read = newest.file
            with suppress(Damaged):  # the bulletins that were known stay in force
                self._news = self._shelf.read(newest, news)
        up = tuple(emergencies(self._news.bulletins, now))
        if up != self._up:
            self._up, self._keys = up, tuple(map(key, up))
            self._visit.heard.intersection_update(self._keys)
        before = self._current
        self._current = (*(b.id for b in self._news.bulletins if in_force(b, now)), *self._keys)
        return before != self._current

    @property
    def shown(self) -> str:
        """The key of the bulletin over the screen; empty when there is none."""
        waiting = [key for key in self._keys if key not in self._visit.heard]
        if not waiting:
            return ""
        return self._visit.alarm if self._visit.alarm in self._keys else waiting[0]

    def strip(self, words: Words) -> str:
        """What the frame says of bulletins that the visitor put away."""
        if not self._up:
            return ""
        count = len(self._up)
        return words(
            "emergency-strip-more" if count > 1 else "emergency-strip", title=self._up[0].title, count=count
        )

    def draw(
        self, root: Any, frame: Any, now: datetime, words: Words, voice: Voice, turn: float | None
    ) -> None:
        """Put up what is shown instead of the frame, or the frame again.

        `turn` in seconds has them take turns where nobody can touch; None where a visitor turns to them.
        """
        shown = self.shown
        if not shown:
            self._stand(root, frame, self._panel)
            return
        panel, at = self._made(frame), self._keys.index(shown)
        if turn is not None:
            at = int(turn // WALL_SECONDS) % len(self._up)
        page = emergency_page(self._up[at], self._keys, at, now, words, voice)
        if turn is not None:
            page = replace(page, pager=(), buttons=(), hide_label="", hide_route="")
        if page != panel.page:
            if page.bulletin.title != panel.page.bulletin.title:
                panel.to_top()
            panel.page, panel.handoff = page, self._handoff(self._up[at])
            panel.up_label, panel.down_label = words("page-up"), words("page-down")
        if turn is not None:
            panel.show_part(int(turn % WALL_SECONDS * 3 / WALL_SECONDS) / 2)
        self._stand(root, panel, frame)

    def forget(self) -> None:
        """Make the panel again when it is next needed, in the look of then."""
        self._panel = None

    def _made(self, frame: Any) -> Any:
        if self._panel is None:
            from screens.emergency.screen import EmergencyScreen

            self._panel = EmergencyScreen(reach=frame.reach)
            self._panel.bind(on_navigate=self._on_navigate)
        return self._panel

    def _on_navigate(self, panel: Any, route: str) -> None:
        """Going elsewhere, such as to the guide, puts the bulletins away."""
        if not route.startswith("do/"):
            self._visit.heard.update(self._keys)
        self._navigate(panel, route)

    def _handoff(self, bulletin: Bulletin) -> Handoff:
        news = self._news
        if not news.public_url:
            return Handoff()
        url = phone_url(news.public_url, "bulletin", bulletin.id, news.edition)
        return Handoff(url=url, matrix=qr_matrix(url), host=host(news.public_url))

    @staticmethod
    def _stand(root: Any, shown: Any, other: Any) -> None:
        """`shown` below everything else on `root`, and `other` not there."""
        if other is not None and other.parent is root:
            root.remove_widget(other)
        if shown.parent is None:
            root.add_widget(shown, index=len(root.children))
