"""The county's bulletins."""

from catalog.records import Bulletin
from kiosk.pages.asked import Asked, Shown
from kiosk.pages.asked import handoff as handoff_of
from screens.bulletin.current import in_force, ordered
from screens.bulletin.page import BulletinList, bulletin_page, bulletin_tile
from screens.shared.onward import onward


def bulletin(rest: str, asked: Asked) -> Shown | None:
    """`bulletin/<id>`: one in force. One that is over leads nowhere."""
    found = asked.catalogue.store.get(Bulletin, rest)
    if found is None or not in_force(found, asked.now):
        return None
    others = len(ordered(asked.catalogue.bulletins, asked.now)) - 1
    page = bulletin_page(found, asked.now, asked.words, others)
    return Shown("bulletin", page, page.kind, handoff_of("bulletin", rest, asked))


def bulletins(_: str, asked: Asked) -> Shown:
    """`bulletins`: all in force."""
    words = asked.words
    tiles = tuple(
        bulletin_tile(one, asked.now, words) for one in ordered(asked.catalogue.bulletins, asked.now)
    )
    title = words("bulletins-title")
    text = words("bulletins-text" if tiles else "bulletins-none")
    return Shown("events", BulletinList(title, text, tiles or onward(words)), title)
