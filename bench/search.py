"""Quality and speed of search over the demonstration county: `python -m bench.search`.

Quality: the queries of tests/data/search/dev.tsv against everything that is searched. success@n is the share of
queries with a right answer among the first n hits; MRR is the mean of 1 / rank of the first right answer. Speed:
the same queries, also with every record present several times under other ids.
"""

import csv
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from catalog.records import Record
from catalog.store import Store
from tests.sample import sample_records, store_of

QUERIES = Path(__file__).parent.parent / "tests" / "data" / "search" / "dev.tsv"
HITS = 20
LARGE = 5000
SLOWEST = 10.0


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


def quality(store: Store, queries: Iterable[Query]) -> Quality:
    """How well the store answers."""
    ranks = [_rank(store, query) for query in queries]
    count = len(ranks)
    return Quality(
        count,
        sum(rank == 1 for rank in ranks) / count,
        sum(0 < rank <= 5 for rank in ranks) / count,
        sum(1 / rank for rank in ranks if rank) / count,
    )


def latencies(store: Store, queries: Iterable[Query]) -> list[float]:
    """Milliseconds of each query, sorted."""
    store.index.search("身份证")
    return sorted(_milliseconds(store, query) for query in queries)


def repeated(records: Sequence[Record], count: int) -> Iterator[Record]:
    """At least `count` records: all of them again and again, under other ids."""
    for copy in range(-(-count // len(records))):
        for record in records:
            yield msgspec.structs.replace(record, id=f"{record.id[:90]}.{copy}") if copy else record


def _rank(store: Store, query: Query) -> int:
    hits = store.index.search(query.text, HITS)
    return next((place for place, hit in enumerate(hits, 1) if hit.id in query.expected), 0)


def _milliseconds(store: Store, query: Query) -> float:
    start = time.perf_counter()
    store.index.search(query.text, HITS)
    return (time.perf_counter() - start) * 1000


def _report_speed(store: Store, records: int, built: float, queries: list[Query]) -> float:
    times = latencies(store, queries)
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(
        f"{records:6} records: p50 {p50:.2f} ms, p95 {p95:.2f} ms, largest {times[-1]:.2f} ms; built in {built:.2f} s"
    )
    return p95


def main() -> int:
    """Returns 1 when search is slower than it may be."""
    queries = read_queries()
    slowest = 0.0
    with TemporaryDirectory() as folder:
        for count in (0, LARGE):
            records = list(repeated(sample_records(), count)) if count else list(sample_records())
            start = time.perf_counter()
            store = store_of(records, Path(folder) / f"{count}.db")
            built = time.perf_counter() - start
            if not count:
                _report_quality(store, queries)
            slowest = max(slowest, _report_speed(store, len(records), built, queries))
            store.close()
    return int(slowest > SLOWEST)


def _report_quality(store: Store, queries: list[Query]) -> None:
    print(f"{'':12}     n  success@1  success@5    MRR")
    for kind in dict.fromkeys(query.kind for query in queries):
        print(f"{kind:12}  {quality(store, [query for query in queries if query.kind == kind])}")
    print(f"{'all':12}  {quality(store, queries)}\n")


if __name__ == "__main__":
    sys.exit(main())
