"""Whoosh with jieba's analyser for Chinese, BM25F over fields, any word of the query counts."""

import logging
from collections.abc import Iterable
from pathlib import Path

import jieba
from jieba.analyse import ChineseAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.qparser import MultifieldParser, OrGroup

from bench.peers.shape import SEARCHED, Ask, Document

jieba.setLogLevel(logging.WARNING)


def build(folder: Path, documents: Iterable[Document]) -> None:
    """Write the index into an empty folder."""
    analyser = ChineseAnalyzer()
    schema = Schema(id=ID(stored=True), title=TEXT(analyser), names=TEXT(analyser), text=TEXT(analyser))
    writer = create_in(str(folder), schema).writer(limitmb=512)
    for document in documents:
        writer.add_document(**document._asdict())
    writer.commit(optimize=True)


def reader(folder: Path) -> Ask:
    """Open the index."""
    index = open_dir(str(folder))
    searcher = index.searcher()
    boosts = {"title": 3.0, "names": 2.5, "text": 1.0}
    parser = MultifieldParser(list(boosts), index.schema, fieldboosts=boosts, group=OrGroup)

    def ask(query: str) -> list[tuple[str, float]]:
        hits = searcher.search(parser.parse(query), limit=SEARCHED)
        return [(hit["id"], hit.score) for hit in hits]

    return ask
