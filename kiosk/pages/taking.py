"""Pages to carry away, and the sheet that is printed of them."""

from collections.abc import Sequence

import msgspec

from catalog.codes import Key, listed
from catalog.links import host, list_url, phone_url
from catalog.records import County
from catalog.sheet.page import Origin, Sheet, sheet
from catalog.sheet.plain import plain_text
from catalog.sheet.subject import subject_of
from catalog.sheet.words import sheet_words
from kiosk.handoff import qr_matrix
from kiosk.pages.asked import Asked, Shown, choice, desk
from kiosk.pages.asked import handoff as handoff_of
from screens.basket.page import basket_page
from screens.handoff.page import Ways, handoff_page
from screens.shared.item import Handoff

LIST = "list/all"
"""Stands for `<kind>/<id>` where the whole take-away list is meant."""


def handoff(rest: str, asked: Asked) -> Shown | None:
    """`handoff/<kind>/<id>` and `handoff/list/all`, with `/text` behind for the code that needs no network."""
    subject, plain = rest.removesuffix("/text"), rest.endswith("/text")
    keys = keys_of(subject, asked)
    found = sheet_of(keys, asked)
    if found is None:
        return None
    matrix = qr_matrix(plain_text(found, sheet_words(found.language))) if plain else ()
    page = handoff_page(
        found.title,
        f"handoff/{subject}",
        _list(keys, asked) if subject == LIST else handoff_of(*keys[0], asked),
        Ways(found.code, matrix),
        asked.visit.printing,
        desk(asked),
        asked.words,
    )
    return Shown("handoff", page, page.title)


def basket(_: str, asked: Asked) -> Shown:
    """`basket`."""
    keys = keys_of(LIST, asked)
    tiles = [tile for key in keys if (tile := choice(*key, asked))]
    page = basket_page(tiles, bool(asked.visit.removed), asked.words)
    return Shown("basket", page, page.title, _list(keys, asked))


def keys_of(subject: str, asked: Asked) -> Sequence[Key]:
    """The records of `<kind>/<id>` or of the take-away list, as far as the edition has them."""
    kind, _, record_id = subject.partition("/")
    keys = asked.visit.choices if subject == LIST else [(kind, record_id)]
    return [key for key in keys if choice(*key, asked)]


def sheet_of(keys: Sequence[Key], asked: Asked) -> Sheet | None:
    """The printed sheet of these records; None when there is nothing to print or no address to print."""
    county, words = asked.catalogue.county, sheet_words(asked.words.language)
    subject = subject_of(keys, asked.catalogue.store, words)
    if subject is None or county is None:
        return None
    manifest = asked.catalogue.manifest
    origin = Origin(
        county,
        manifest.edition,
        manifest.effective.date(),
        host(county.public_url),
        _url(keys, county, asked),
        " ".join(asked.catalogue.codes[key] for key in keys if key in asked.catalogue.codes),
    )
    return sheet(subject, origin, words)


def sheet_text(subject: str, asked: Asked) -> bytes:
    """The sheet of `<kind>/<id>` or of the take-away list, as `catalog.sheet` reads it; empty when there is none."""
    found = sheet_of(keys_of(subject, asked), asked)
    return msgspec.json.encode(found) if found else b""


def _url(keys: Sequence[Key], county: County, asked: Asked) -> str:
    if len(keys) == 1:
        return phone_url(county.public_url, *keys[0], asked.catalogue.manifest.edition)
    return list_url(county.public_url, listed(keys, asked.catalogue.codes))


def _list(keys: Sequence[Key], asked: Asked) -> Handoff:
    """The one code of the whole take-away list, and its buttons. Empty when there is nothing in it."""
    county, words = asked.catalogue.county, asked.words
    if county is None or not keys:
        return Handoff()
    url = _url(keys, county, asked)
    return Handoff(
        url=url,
        matrix=qr_matrix(url),
        host=host(county.public_url),
        title=words("list-scan"),
        text=words("list-scan-text"),
        choose_label=words("list-take"),
        choose_icon="printer",
        choose_route=f"handoff/{LIST}",
        larger_label=words("list-clear"),
        larger_icon="delete",
        larger_route="do/clear-list",
    )
