"""Bulletins and notices."""

from catalog.records import Bulletin
from kiosk.pages.asked import Asked, Shown
from kiosk.pages.asked import notice as notice
from screens.notice.page import bulletin_page


def bulletin(rest: str, asked: Asked) -> Shown | None:
    """`bulletin/<id>`."""
    bulletin = asked.catalogue.store.get(Bulletin, rest)
    if bulletin is None:
        return None
    page = bulletin_page(bulletin, asked.words)
    return Shown("notice", page, asked.words("bulletin"))
