"""Pages to carry away, and the sheet that is printed of them."""

from collections.abc import Sequence

import msgspec

from catalog.codes import Key
from catalog.links import host, list_url
from catalog.records import County
from catalog.sheet.guided import beside, guided_sheet, joined
from catalog.sheet.page import Origin, Sheet, sheet
from catalog.sheet.plain import plain_text
from catalog.sheet.subject import subject_of
from catalog.sheet.words import Words, sheet_words
from kiosk.handoff import qr_matrix
from kiosk.pages.asked import Asked, Shown, address, choice, desk
from kiosk.pages.asked import handoff as handoff_of
from kiosk.visit import ANSWERS
from kiosk.walks import carried, key_of, outcome, walk_of
from screens.basket.page import basket_page
from screens.handoff.page import Ways, handoff_page
from screens.shared.item import Handoff

LIST = "list/all"
"""Stands for `<kind>/<id>` where the whole take-away list is meant."""


def handoff(rest: str, asked: Asked) -> Shown | None:
    """`handoff/<kind>/<id>`, `handoff/answers/<kind>/<id>` and `handoff/list/all`; with `/text` behind for the code
    that needs no network.
    """
    subject, plain = rest.removesuffix("/text"), rest.endswith("/text")
    keys = keys_of(subject, asked)
    found = sheet_of(keys, asked)
    if found is None:
        return None
    matrix = qr_matrix(plain_text(found, sheet_words(found.language))) if plain else ()
    answers = any(kind == ANSWERS for kind, _ in keys)
    page = handoff_page(
        found.title,
        f"handoff/{subject}",
        _list(keys, asked) if subject == LIST else handoff_of(*keys[0], asked),
        Ways(found.code, matrix, answers),
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
    if county is None:
        return None
    manifest = asked.catalogue.manifest
    known = asked.catalogue.codes
    origin = Origin(
        county,
        manifest.edition,
        manifest.effective.date(),
        host(county.public_url),
        _url(keys, county, asked),
        " ".join(dict.fromkeys(known[about(key)] for key in keys if about(key) in known)),
    )
    answered = [_answered(key, origin, asked, words) for key in keys if key[0] == ANSWERS]
    subject = subject_of([key for key in keys if key[0] != ANSWERS], asked.catalogue.store, words)
    if subject is None:
        return joined(answered, len(keys), words) if answered else None
    if answered and len(keys) > len(answered) + 1:
        subject = beside(subject, words)
    return joined([*answered, sheet(subject, origin, words)], len(keys), words)


def about(key: Key) -> Key:
    """The record that an entry of the list is about."""
    return key_of(key[1]) if key[0] == ANSWERS else key


def _answered(key: Key, origin: Origin, asked: Asked, words: Words) -> Sheet:
    walk = walk_of(about(key), asked.catalogue, asked.visit)
    assert walk is not None  # or it were not on the list
    title = words.either(walk.flow.title, walk.flow.title_en)
    return guided_sheet(title, outcome(walk, asked.catalogue), origin, words)


def sheet_text(subject: str, asked: Asked) -> bytes:
    """The sheet of `<kind>/<id>` or of the take-away list, as `catalog.sheet` reads it; empty when there is none."""
    found = sheet_of(keys_of(subject, asked), asked)
    return msgspec.json.encode(found) if found else b""


def _url(keys: Sequence[Key], county: County, asked: Asked) -> str:
    if len(keys) == 1:
        return address(*keys[0], county, asked)
    entries = (_entry(key, asked) for key in keys if about(key) in asked.catalogue.codes)
    return list_url(county.public_url, ".".join(entries))


def _entry(key: Key, asked: Asked) -> str:
    """What stands for it in the address of a list: its code, with the answers behind it where there are any."""
    walk = walk_of(about(key), asked.catalogue, asked.visit) if key[0] == ANSWERS else None
    code = asked.catalogue.codes[about(key)]
    return f"{code}-{carried(walk, asked.catalogue)}" if walk else code


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
