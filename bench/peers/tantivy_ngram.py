"""tantivy with characters and pairs of characters as terms; any of them counts."""

from collections.abc import Iterable
from pathlib import Path

import tantivy

from bench.peers.shape import SEARCHED, Ask, Document

BOOSTS = {"title": 3.0, "names": 2.5, "text": 1.0}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for field in BOOSTS:
        builder.add_text_field(field, tokenizer_name="pairs")
    return builder.build()


def _analyser() -> tantivy.TextAnalyzer:
    tokenizer = tantivy.Tokenizer.ngram(min_gram=1, max_gram=2, prefix_only=False)
    return tantivy.TextAnalyzerBuilder(tokenizer).filter(tantivy.Filter.lowercase()).build()


def build(folder: Path, documents: Iterable[Document]) -> None:
    """Write the index into an empty folder."""
    index = tantivy.Index(_schema(), path=str(folder))
    index.register_tokenizer("pairs", _analyser())
    writer = index.writer(heap_size=256_000_000, num_threads=1)
    for document in documents:
        writer.add_document(tantivy.Document(**document._asdict()))
    writer.commit()
    writer.wait_merging_threads()


def reader(folder: Path) -> Ask:
    """Open the index."""
    schema = _schema()
    index = tantivy.Index(schema, path=str(folder))
    index.register_tokenizer("pairs", _analyser())
    searcher = index.searcher()
    analyser = _analyser()

    def ask(query: str) -> list[tuple[str, float]]:
        grams = dict.fromkeys(gram for gram in analyser.analyze(query) if gram.strip())
        parts = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(tantivy.Query.term_query(schema, field, gram, "freq"), boost),
            )
            for gram in grams
            for field, boost in BOOSTS.items()
        ]
        if not parts:
            return []
        hits = searcher.search(tantivy.Query.boolean_query(parts), SEARCHED).hits
        return [(searcher.doc(address)["id"][0], score) for score, address in hits]

    return ask
