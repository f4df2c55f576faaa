"""What was carried away without a camera or without a phone: typed codes, whole lists, printed sheets.

A list stands in the fragment of its address, which browsers keep to themselves: the page that shows it is the same
for everybody and holds the names of everything that can be on a list.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from threading import Lock

import msgspec
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.codes import Key, body_of, codes, find, split
from catalog.directory import item_title
from catalog.links import PAGES, host, phone_url
from catalog.records import KIND_OF, DisclosureItem
from catalog.sheet.draw import draw
from catalog.sheet.layout import FORMS
from catalog.sheet.page import Origin, Sheet, sheet
from catalog.sheet.subject import subject_of
from catalog.sheet.words import sheet_words
from catalog.store import Store
from county.clock import local
from county.web.phone.parts import Link
from county.web.phone.views import ON_PAPER, SMALLER, Phone, county_of, words_of
from county.web.phone.words import Words
from county.web.shelf import active_store

_MOST = 20
"""Codes that are looked up for one request."""
_drawing = Lock()


@dataclass(frozen=True, slots=True)
class CodePage:
    """One field to type a code into; what was typed, and what was wrong with it or what it may mean."""

    title: str
    typed: str = ""
    problem: str = ""
    asking: str = ""
    choices: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class ListPage:
    """`index` is JSON: longest body of a code → path and title of the record."""

    title: str
    index: Markup


class _Titled(msgspec.Struct):
    title: str = ""
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """Pages beside those of single records."""

    phone: Phone

    def routes(self) -> list[Route]:
        """To be asked before the pages of single records."""
        return [
            Route("/k", self.code, middleware=SMALLER),
            Route("/k/{code}", self.code, middleware=SMALLER),
            Route("/m/list", self.list, middleware=SMALLER),
            Route("/m/{subject}/{id}.pdf", self.sheet),
        ]

    def code(self, request: Request) -> Response:
        """The record or the list that a typed code means, or the page to type it again."""
        chosen = words_of(request)
        typed = str(request.path_params.get("code", "") or request.query_params.get("code", ""))[:200]
        parts = split(typed)[:_MOST]
        with active_store(self.phone.state) as store:
            keys = store.keys(PAGES)
            found = {part: find(part, keys) for part in parts}
            lost = [part for part, meant in found.items() if not meant]
            if len(parts) > 1 and not lost:
                return RedirectResponse("/m/list#" + ".".join(part.upper() for part in parts), 303)
            if len(parts) == 1 and len(found[parts[0]]) == 1:
                return RedirectResponse(_path(found[parts[0]][0]), 303)
            page = _code_page(typed, lost, [key for meant in found.values() for key in meant], store, chosen)
            answer = self.phone.drawn(request, "code", page, store, (), chosen)
        answer.status_code = 404 if page.problem else answer.status_code
        return answer

    def list(self, request: Request) -> Response:
        """The page that shows the list in its own address."""
        chosen = words_of(request)
        with active_store(self.phone.state) as store:
            page = ListPage(chosen("carried.title"), _index(store, chosen))
            return self.phone.drawn(request, "list", page, store, (), chosen)

    def sheet(self, request: Request) -> Response:
        """The printed sheet of a service or an event as a PDF, `?paper=` a4 or 80mm."""
        kind = ON_PAPER.get(request.path_params["subject"])
        paper = request.query_params.get("paper", "a4")
        if kind is None or paper not in FORMS:
            raise HTTPException(404)
        key = (kind, request.path_params["id"])
        with active_store(self.phone.state) as store:
            found = _sheet(key, store, words_of(request).language)
            made = store.manifest.effective
        with _drawing:
            body = _pdf(found, paper, made)
        name = f'inline; filename="{key[1]}.pdf"'
        return Response(body, media_type="application/pdf", headers={"Content-Disposition": name})


@lru_cache(maxsize=32)
def _pdf(found: Sheet, paper: str, made: datetime) -> bytes:
    return draw(found, paper, sheet_words(found.language), made)


def _sheet(key: Key, store: Store, language: str) -> Sheet:
    words, manifest, county = sheet_words(language), store.manifest, county_of(store)
    subject = subject_of([key], store, words)
    if subject is None:
        raise HTTPException(404)
    url = phone_url(county.public_url, *key, manifest.edition)
    code = codes(store.keys(PAGES))[key]
    day = local(manifest.effective).date()
    return sheet(subject, Origin(county, manifest.edition, day, host(county.public_url), url, code), words)


def _code_page(typed: str, lost: Sequence[str], meant: Sequence[Key], store: Store, words: Words) -> CodePage:
    titles = _titles(store, words)
    if lost or (typed and not meant):
        problem = words("typed.unknown", codes=words("list.comma").join(lost) or typed)
        return CodePage(words("typed.title"), typed, problem)
    links = tuple(Link(titles[key], _path(key)) for key in meant)
    return CodePage(words("typed.title"), typed, asking=words("typed.several"), choices=links)


def _titles(store: Store, words: Words) -> dict[Key, str]:
    found = {}
    for kind, record_id, line in store.lines():
        if kind in PAGES:
            found[kind, record_id] = _title(kind, line, words) or record_id
    return found


def _title(kind: str, line: bytes, words: Words) -> str:
    if kind == KIND_OF[DisclosureItem]:
        return item_title(msgspec.json.decode(line, type=DisclosureItem))
    record = msgspec.json.decode(line, type=_Titled)
    return words.pick(record.title, record.title_en)


def _index(store: Store, words: Words) -> Markup:
    entries = {body_of(key): [_path(key), title] for key, title in _titles(store, words).items()}
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # nothing in it ends the element that it stands in


def _path(key: Key) -> str:
    return f"/m/{PAGES[key[0]]}/{key[1]}"
