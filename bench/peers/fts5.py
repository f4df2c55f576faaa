"""SQLite FTS5 with trigrams: any trigram of the query counts; shorter queries are looked for as they are."""

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bench.peers.shape import SEARCHED, Ask, Document

_RUNS = re.compile(r"\w+")
_SELECT = "SELECT id, -bm25(record, 0, 10, 8, 1) AS score FROM record"


def build(folder: Path, documents: Iterable[Document]) -> None:
    """Write the index into an empty folder."""
    connection = sqlite3.connect(folder / "index.db")
    connection.execute(
        "CREATE VIRTUAL TABLE record USING fts5(id UNINDEXED, title, names, text, tokenize='trigram')"
    )
    connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?)", documents)
    connection.execute("INSERT INTO record(record) VALUES ('optimize')")
    connection.commit()
    connection.close()


def reader(folder: Path) -> Ask:
    """Open the index."""
    connection = sqlite3.connect(f"file:{folder / 'index.db'}?mode=ro&immutable=1", uri=True)

    def ask(query: str) -> list[tuple[str, float]]:
        runs = _RUNS.findall(query)
        grams = dict.fromkeys(run[start : start + 3] for run in runs for start in range(len(run) - 2))
        if grams:
            match = " OR ".join(f'"{gram}"' for gram in grams)
            statement = f"{_SELECT} WHERE record MATCH ? ORDER BY score DESC LIMIT {SEARCHED}"
            return connection.execute(statement, (match,)).fetchall()
        if not runs:
            return []
        statement = (
            "SELECT id, (title LIKE :part) * 10 + (names LIKE :part) * 8 + 1.0 FROM record"
            f" WHERE title LIKE :part OR names LIKE :part OR text LIKE :part ORDER BY 2 DESC LIMIT {SEARCHED}"
        )
        return connection.execute(statement, {"part": f"%{runs[0]}%"}).fetchall()

    return ask
