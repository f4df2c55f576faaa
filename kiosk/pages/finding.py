"""The page of the search pad."""

from collections.abc import Iterator, Mapping, Sequence

from catalog.search import Hit
from catalog.search.candidates import candidates, typed_letters
from catalog.search.highlight import Marks
from kiosk.pages.asked import Asked, Shown, desk
from kiosk.pages.found import entry, windows
from screens.search.page import Group, Key, SearchPage, found_items, headings, pad_rows
from screens.shared.item import Paragraph, Tile
from screens.stage.page import event_tile

EACH = 8
"""Results of a kind."""
FAINT = 0.1
"""What has less than this share of the best result's score has too little to do with the query."""
WORDS = 16
"""Chinese words that are offered for what was typed."""
NEAR = 3
"""Entries that come near a query that found nothing."""
EVENTS = 20
"""Life events that are offered where nothing was typed or found."""

Hits = Mapping[str, Sequence[Hit]]


def search(_: str, asked: Asked) -> Shown:
    """`search`."""
    visit, words = asked.visit, asked.words
    query = visit.query.strip()
    hits = _hits(query, asked)
    offered = _words(query, hits, asked)
    groups = list(_groups(query, hits, offered, asked))
    page = SearchPage(
        query=visit.query,
        placeholder=words("search-placeholder"),
        items=found_items(groups) or _nearby(query, asked),
        note="" if offered else words("search-letters"),
        candidates=offered,
        rows=pad_rows(visit.pad, bool(visit.cleared), words),
        first=groups[0][1][0].route if groups else "",
        **({"box": "do/pad/letters", "box_label": words("search-show")} if visit.pad == "away" else {}),
    )
    return Shown("search", page, words("search"))


def _hits(query: str, asked: Asked) -> Hits:
    return asked.catalogue.search.by_kind(query, EACH) if query else {}


def _words(query: str, hits: Hits, asked: Asked) -> tuple[Key, ...]:
    """Chinese words for the pinyin at the end of the query."""
    letters = typed_letters(query)
    own = hits if letters == query else _hits(letters, asked)
    texts = [text for group in own.values() for hit in group for text in (hit.title, hit.reason)]
    found = candidates(letters, texts, WORDS)
    return tuple(Key(word.text, f"do/write/{word.letters}/{word.text}") for word in found)


def _groups(query: str, hits: Hits, offered: Sequence[Key], asked: Asked) -> Iterator[Group]:
    """The results of each kind below its heading, those of the kind with the best one first."""
    titles, mark = headings(asked.words), Marks(query).spans
    least = FAINT * max((hit.score for group in hits.values() for hit in group), default=0.0)
    for kind, group in hits.items():
        tiles = [tile for hit in group if hit.score >= least and (tile := entry(hit, mark, asked))]
        if tiles:
            yield titles[kind], tiles
    if signs := windows([query, *(key.label for key in offered[:1])], mark, asked):
        yield titles["window"], signs


def _nearby(query: str, asked: Asked) -> tuple[Paragraph | Tile, ...]:
    """Where nothing was found, what comes near, and somebody to ask; there and where nothing was typed, all that
    people come for."""
    words = asked.words
    nothing: list[Group] = []
    if query:
        near = asked.catalogue.search.near(query, NEAR)
        similar = [tile for hit in near if (tile := entry(hit, Marks("").spans, asked))]
        guide = Tile(words("search-guide"), desk(asked), "guide", "hand-wave")
        nothing = [(words("search-similar"), similar)] if similar else []
        nothing.insert(0, (words("search-none", query=query), [guide]))
    events = sorted(
        asked.catalogue.events, key=lambda event: (event.audience != "person", event.order, event.id)
    )
    if tiles := [event_tile(event, words) for event in events[:EVENTS]]:
        nothing.append((words("search-nearby"), tiles))
    return found_items(nothing)
