"""Quality and speed of search beside other engines: `python -m bench.search [--misses] [--sizes N,N,…]`.

Quality: the queries of tests/data/search against everything that is searched. success@n is the share of queries
with a right answer among the first n hits; MRR is the mean of 1 / rank of the first right answer. Speed: every
keystroke of a part of the queries, from the first letter to the last. Larger counties are made by bench.varied; the
right answers stay the original records. Other engines have no pinyin; kinds of records weigh the same for all.
"""

import argparse
import csv
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.peering import PEERS, Run, write_task
from bench.varied import varied
from catalog.records import Record
from catalog.search.fields import KIND_WEIGHT
from catalog.search.index import build
from catalog.search.query import Index
from catalog.store import Store
from catalog.text import kind_of
from tests.sample import sample_records, sample_store

QUERIES = Path(__file__).parent.parent / "tests" / "data" / "search" / "dev.tsv"
HELD = QUERIES.with_name("held.tsv")
HITS = 20
SIZES = (500, 5_000, 50_000, 100_000, 500_000)
OURS_ONLY = frozenset({100_000})
LIMITS = {5_000: (10.0, 2.0), 100_000: (50.0, 40.0)}
"""Records → milliseconds of the 95th percentile, seconds of the build."""
EVERY = 5
"""Of so many queries one is typed letter by letter."""


@dataclass(frozen=True, slots=True)
class Query:
    """One line of the file; `expected` are ids any of which answers it."""

    text: str
    kind: str
    expected: frozenset[str]


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares from 0 to 1 over `queries` queries."""

    queries: int
    first: float
    five: float
    reciprocal: float

    def __str__(self) -> str:
        return f"{self.queries:4}  {self.first:9.3f}  {self.five:9.3f}  {self.reciprocal:5.3f}"


def read_queries(path: Path = QUERIES) -> list[Query]:
    """The queries of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Query(row["query"], row["kind"], frozenset(row["expected"].split(",")))
            for row in csv.DictReader(file, delimiter="\t")
        ]


def quality(store: Store, queries: Sequence[Query]) -> Quality:
    """How well the store answers."""
    return judged(queries, [_ids(store.index, query.text) for query in queries])


def judged(queries: Sequence[Query], found: Iterable[Sequence[str]]) -> Quality:
    """How good the ids are that were found for each query."""
    ranks = [_rank(ids, query) for query, ids in zip(queries, found, strict=True)]
    count = len(ranks)
    return Quality(
        count,
        sum(rank == 1 for rank in ranks) / count,
        sum(0 < rank <= 5 for rank in ranks) / count,
        sum(1 / rank for rank in ranks if rank) / count,
    )


def keystrokes(queries: Sequence[Query]) -> list[str]:
    """What stands in the field after each letter of some of the queries."""
    return [query.text[:end] for query in queries[::EVERY] for end in range(1, len(query.text) + 1)]


def _rank(ids: Sequence[str], query: Query) -> int:
    return next((place for place, record in enumerate(ids[:HITS], 1) if record in query.expected), 0)


def _ids(index: Index, query: str) -> list[str]:
    return [hit.id for hit in index.search(query, HITS)]


def _report_quality(store: Store, queries: Sequence[Query]) -> None:
    print(f"{'':12}     n  success@1  success@5    MRR")
    for kind in dict.fromkeys(query.kind for query in queries):
        print(f"{kind:12}  {quality(store, [query for query in queries if query.kind == kind])}")
    print(f"{'all':12}  {quality(store, queries)}\n")


def _report_misses(store: Store, queries: Sequence[Query]) -> None:
    """Every query whose first hit is wrong, what was found instead and why."""
    for query in queries:
        hits = store.index.search(query.text, HITS)
        rank = _rank([hit.id for hit in hits], query)
        if rank != 1:
            first = hits[0] if hits else None
            instead = f"{first.title}（{first.reason or '名称'}）" if first else "nothing"
            right = next((hit for hit in hits if hit.id in query.expected), None)
            share = f"{right.score / hits[0].score:.0%} of its score" if right else "not found"
            print(
                f"{query.kind:10} {query.text}: {instead}; {'/'.join(sorted(query.expected))} {rank or '-'}, {share}"
            )
    print()


def _ours(records: Sequence[Record], queries: Sequence[Query], typed: Sequence[str], folder: Path) -> Run:
    """Our own search, in a file like a store's."""
    path = folder / "ours.db"
    sorted_records = sorted(((kind_of(record), record) for record in records), key=lambda e: (e[0], e[1].id))
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    start = time.perf_counter()
    build(connection, sorted_records)
    connection.commit()
    built = time.perf_counter() - start
    connection.close()
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, cached_statements=0)
    index = Index(connection)
    found = [_ids(index, query.text) for query in queries]
    times = [_milliseconds(index, text) for text in typed]
    connection.close()
    size = path.stat().st_size
    path.unlink()
    return Run(built, size, found, times)


def _milliseconds(index: Index, text: str) -> float:
    start = time.perf_counter()
    index.search(text, HITS)
    return (time.perf_counter() - start) * 1000


def _searched(queries: Sequence[Query]) -> list[Record]:
    """The records that are searched, and synonyms, those first that queries ask for."""
    asked = frozenset(record for query in queries for record in query.expected)
    found = [r for r in sample_records() if kind_of(r) in KIND_WEIGHT or kind_of(r) == "synonym"]
    return sorted(found, key=lambda record: (kind_of(record) != "synonym", record.id not in asked))


def _lines(queries: Sequence[Query], count: int) -> Iterator[tuple[str, Run | str]]:
    """(engine, what it did) with `count` records; synonyms are no records of their own."""
    records = _searched(queries)
    synonyms = [record for record in records if kind_of(record) == "synonym"]
    county = [*synonyms, *varied(records[len(synonyms) :], count)]
    typed = keystrokes(queries)
    with TemporaryDirectory() as scratch:
        yield "ours", _ours(county, queries, typed, Path(scratch))
        if count not in OURS_ONLY:
            task = Path(scratch) / "task"
            write_task(task, county, [query.text for query in queries], typed)
            kinds = {record.id: kind_of(record) for record in county}
            for peer in PEERS:
                yield peer.name, peer.run(task, kinds)


def _report_run(name: str, run: Run | str, queries: Sequence[Query]) -> None:
    if isinstance(run, str):
        print(f"  {name:20} {run}")
        return
    found, times = judged(queries, run.found), sorted(run.milliseconds)
    print(
        f"  {name:20} {found.first:9.3f} {found.five:9.3f} {found.reciprocal:6.3f}"
        f" {times[len(times) // 2]:8.2f} {times[int(len(times) * 0.95)]:8.2f}"
        f" {run.size / 1e6:8.1f} {run.build:8.1f}",
        flush=True,
    )


def _within(run: Run, count: int) -> bool:
    slowest, longest = LIMITS.get(count, (float("inf"), float("inf")))
    times = sorted(run.milliseconds)
    return times[int(len(times) * 0.95)] <= slowest and run.build <= longest


def main() -> int:
    """Returns 1 when search or its build is slower than it may be."""
    parser = argparse.ArgumentParser(prog="python -m bench.search")
    parser.add_argument("--misses", action="store_true", help="list every query whose first hit is wrong")
    parser.add_argument(
        "--sizes", default=",".join(map(str, SIZES)), help="numbers of records; empty for none"
    )
    asked = parser.parse_args()
    sets = {path.stem: read_queries(path) for path in (QUERIES, HELD)}
    with TemporaryDirectory() as folder:
        store = sample_store(Path(folder) / "store.db")
        for name, queries in sets.items():
            print(f"{name}.tsv, {len(sample_records())} records")
            _report_quality(store, queries)
            if asked.misses:
                _report_misses(store, queries)
        store.close()
    every = [query for queries in sets.values() for query in queries]
    good = True
    for count in map(int, filter(None, asked.sizes.split(","))):
        print(f"{count:,} records      success@1 success@5    MRR   p50 ms   p95 ms       MB  build s")
        for name, run in _lines(every, count):
            _report_run(name, run, every)
            good &= name != "ours" or isinstance(run, str) or _within(run, count)
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
