"""What a guide looks up for a visitor, in the edition that the kiosks show: by words, by code, as a sheet. Pure.

A visitor's list comes as the codes that the kiosk shows them, typed or scanned; it is shown once and kept nowhere.
The answers that a scanned address may carry are left where they are.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from catalog.codes import Key, codes, find, read, split
from catalog.directory import item_title
from catalog.links import PAGES, host, list_url, phone_url
from catalog.records import RECORD_TYPES, County, DisclosureItem
from catalog.sheet.page import Origin, Sheet, sheet
from catalog.sheet.subject import subject_of
from catalog.sheet.words import sheet_words
from catalog.store import Store

MOST = 40
"""Codes, and hits, that are looked at."""

_RECORD = re.compile(r"/m/([a-z]+)/([a-z0-9][a-z0-9._-]{0,95})")
_KINDS = {page: kind for kind, page in PAGES.items()}


@dataclass(frozen=True, slots=True)
class Found:
    """A record that was found; `reason` is what matched where the title did not."""

    kind: str
    id: str
    title: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked for: hits for words, or records for codes; `unknown` are codes that mean nothing here."""

    found: tuple[Found, ...]
    by_code: bool = False
    unknown: tuple[str, ...] = ()


def look(store: Store, asked: str, language: str) -> Answer:
    """Records for what a guide typed or scanned: words, codes, or the address that a QR code says."""
    keys = keys_of(store, asked)
    if keys is not None:
        known, unknown = keys
        return Answer(tuple(_found(store, key, language) for key in known), True, tuple(unknown))
    hits = store.index.search(asked, MOST, tuple(PAGES)) if asked.strip() else []
    return Answer(tuple(Found(hit.kind, hit.id, hit.title, hit.reason) for hit in hits))


def keys_of(store: Store, asked: str) -> tuple[list[Key], list[str]] | None:
    """The records that codes or an address mean, and the codes that mean none; None when they are plain words."""
    asked = asked.strip()
    if "/m/" in asked and (named := _RECORD.search(urlsplit(asked).path)):
        key = (_KINDS.get(named[1], ""), named[2])
        known = bool(key[0]) and store.get(RECORD_TYPES[key[0]], key[1]) is not None
        return ([key], []) if known else ([], [named[2]])
    parts = _codes(asked)
    if not parts or not any(read(part) for part in parts):
        return None
    every = list(store.keys(PAGES))
    meant = {part: find(part, every) for part in parts[:MOST]}
    if "#" not in asked and not all(read(part) for part in parts):
        return None
    return list(dict.fromkeys(key for keys in meant.values() for key in keys)), [
        p for p in meant if not meant[p]
    ]


def sheet_of(store: Store, keys: Sequence[Key], language: str, day: datetime) -> Sheet | None:
    """What to bring, where, how long and what it costs, of one record or a list; None when there is none."""
    words = sheet_words(language)
    subject, county = subject_of(keys, store, words), store.get(County, "county")
    if subject is None or county is None:
        return None
    edition = store.manifest.edition
    known = codes(store.keys(PAGES))
    code = ".".join(known[key] for key in keys if key in known)
    alone = len(keys) == 1
    url = phone_url(county.public_url, *keys[0], edition) if alone else list_url(county.public_url, code)
    return sheet(subject, Origin(county, edition, day.date(), host(county.public_url), url, code), words)


def _codes(asked: str) -> list[str]:
    """Codes as they are typed, or stand in an address; there answers follow after `-`."""
    if "#" in asked:
        return [part.partition("-")[0] for part in asked.rpartition("#")[2].split(".")]
    path = urlsplit(asked).path if "/k/" in asked else asked
    return split(path.rpartition("/k/")[2])


def _found(store: Store, key: Key, language: str) -> Found:
    return Found(*key, titles(store, [key], language)[0])


def titles(store: Store, keys: Iterable[Key], language: str) -> list[str]:
    """The titles of records of the edition."""
    found = []
    for kind, record_id in keys:
        record = store.get(RECORD_TYPES[kind], record_id)
        english = str(getattr(record, "title_en", "")) if language == "en" else ""
        own = (
            item_title(record)
            if isinstance(record, DisclosureItem)
            else str(getattr(record, "title", record_id))
        )
        found.append(english or own)
    return found
