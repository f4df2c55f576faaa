"""Runs one engine over a task file: `python -m bench.peers ENGINE TASK`; prints what it found and how long it took.

The task is a pickle of {"documents": [...], "queries": [...], "keystrokes": [...]}; the answer is JSON with
"build" in seconds, "size" in bytes, "found" for every query as [[id, score], ...], and "milliseconds" for every
keystroke.
"""

import importlib
import json
import pickle
import sys
import tempfile
import time
from pathlib import Path
from typing import cast

from bench.peers.shape import Document, Engine


def main() -> int:
    """Returns 0."""
    engine = cast(Engine, importlib.import_module(f"bench.peers.{sys.argv[1]}"))
    task = pickle.loads(Path(sys.argv[2]).read_bytes())
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        start = time.perf_counter()
        engine.build(folder, (Document(*entry) for entry in task["documents"]))
        build = time.perf_counter() - start
        ask = engine.reader(folder)
        found = [ask(query) for query in task["queries"]]
        milliseconds = []
        for query in task["keystrokes"]:
            start = time.perf_counter()
            ask(query)
            milliseconds.append((time.perf_counter() - start) * 1000)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(json.dumps({"build": build, "size": size, "found": found, "milliseconds": milliseconds}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
