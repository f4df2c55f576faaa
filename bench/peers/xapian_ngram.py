"""Xapian in its mode for Chinese (characters and pairs), English stems, and an unfinished last word.

Any term of the query counts: its own query parser asks for all pairs of a run of Chinese, which finds far less.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import xapian

from bench.peers.shape import SEARCHED, Ask, Document

MOST_WORDS = 100
"""Words that an unfinished one may stand for."""

_LAST_WORD = re.compile(r"[a-z]{2,}$")

WEIGHTS = {"title": 6, "names": 5, "text": 1}


def build(folder: Path, documents: Iterable[Document]) -> None:
    """Write the index into an empty folder."""
    database = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OVERWRITE)
    generator = _generator()
    for document in documents:
        entry = xapian.Document()
        entry.set_data(document.id)
        generator.set_document(entry)
        for field, weight in WEIGHTS.items():
            generator.index_text_without_positions(getattr(document, field), weight)
        database.add_document(entry)
    database.commit()
    database.close()


def reader(folder: Path) -> Ask:
    """Open the index."""
    database = xapian.Database(str(folder))
    enquire = xapian.Enquire(database)
    generator = _generator()

    def ask(query: str) -> list[tuple[str, float]]:
        entry = xapian.Document()
        generator.set_document(entry)
        generator.index_text_without_positions(query)
        parts = [xapian.Query(item.term) for item in entry.termlist()]
        if last := _LAST_WORD.search(query.lower()):
            most = xapian.Query.WILDCARD_LIMIT_MOST_FREQUENT
            parts.append(xapian.Query(xapian.Query.OP_WILDCARD, last.group(), MOST_WORDS, most))
        if not parts:
            return []
        enquire.set_query(xapian.Query(xapian.Query.OP_OR, parts))
        return [(match.document.get_data().decode(), match.weight) for match in enquire.get_mset(0, SEARCHED)]

    return ask


def _generator() -> xapian.TermGenerator:
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("en"))
    generator.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
    return generator
