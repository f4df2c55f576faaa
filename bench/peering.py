"""Runs other search engines over the same records and queries, each in its own interpreter.

They are installed into .build/peers (bench/peers/requirements.txt); Xapian comes from the Debian package
python3-xapian and runs under the system's Python.
"""

import json
import pickle
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.records import Record, Synonym
from catalog.search.fields import KIND_WEIGHT, phrases, title
from catalog.text import kind_of

ROOT = Path(__file__).parent.parent
INSTALLED = ROOT / ".build" / "peers"
SYSTEM = Path("/usr/bin/python3")
PATIENCE = 900
"""Seconds an engine may take for one size."""

Entry = tuple[str, str, str, str]
"""Id, title, other names, all other texts."""


@dataclass(frozen=True, slots=True)
class Run:
    """What an engine did; `found` are the ids for every query, best first; times in seconds and milliseconds."""

    build: float
    size: int
    found: list[list[str]]
    milliseconds: list[float]


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine: how it is called, its module in bench.peers, and whether it runs under the system's Python."""

    name: str
    module: str
    system: bool = False

    def run(self, task: Path, kinds: dict[str, str]) -> Run | str:
        """What it did with the task that `write_task` wrote, or why it could not."""
        python = SYSTEM if self.system else _python()
        command = [str(python), "-m", "bench.peers", self.module, str(task)]
        try:
            done = subprocess.run(
                command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE
            )
        except subprocess.TimeoutExpired:
            return f"not finished after {PATIENCE} s"
        if done.returncode:
            return done.stderr.strip().splitlines()[-1]
        answer = json.loads(done.stdout)
        found = [_weighed(hits, kinds) for hits in answer["found"]]
        return Run(answer["build"], answer["size"], found, answer["milliseconds"])


PEERS = (
    Peer("SQLite FTS5 trigram", "fts5"),
    Peer("jieba + Whoosh", "whoosh_jieba"),
    Peer("tantivy 1-2-gram", "tantivy_ngram"),
    Peer("Xapian n-gram", "xapian_ngram", system=True),
)


def write_task(
    path: Path, records: Sequence[Record], queries: Sequence[str], keystrokes: Sequence[str]
) -> None:
    """What an engine has to do, for bench/peers/__main__.py."""
    task = {"documents": list(_entries(records)), "queries": list(queries), "keystrokes": list(keystrokes)}
    path.write_bytes(pickle.dumps(task))


def _entries(records: Sequence[Record]) -> Iterator[Entry]:
    said: dict[str, list[str]] = {}
    for record in records:
        if isinstance(record, Synonym):
            for target in record.targets:
                said.setdefault(target, []).append(record.text)
    for record in records:
        if kind_of(record) in KIND_WEIGHT and title(record):
            texts = phrases(record)[1:]
            names = [text for field, text in texts if field in ("title", "alias")] + said.get(record.id, [])
            others = [text for field, text in texts if field not in ("title", "alias")]
            yield record.id, title(record), " ".join(names), "\n".join(others)


def _weighed(hits: Sequence[tuple[str, float]], kinds: dict[str, str]) -> list[str]:
    """The ids in order, once kinds weigh what they weigh in our own search."""
    weighed = [
        (-score * KIND_WEIGHT[kinds[record]], place, record) for place, (record, score) in enumerate(hits)
    ]
    return [record for _, _, record in sorted(weighed)]


def _python() -> Path:
    python = INSTALLED / "bin" / "python"
    if not python.exists():
        print("Installing the other engines", file=sys.stderr)
        venv.create(INSTALLED, with_pip=True)
        wanted = ROOT / "bench" / "peers" / "requirements.txt"
        subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", "--requirement", str(wanted)], check=True
        )
    return python
