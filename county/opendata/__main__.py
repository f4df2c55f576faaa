"""Make the files of an edition for the web server: `python -m county.opendata STORE FOLDER`.

People ask `python -m county export --format open-data` instead. A program of its own, and one that lets all others
go first, so that the web server goes on answering meanwhile. One works on a folder at a time; a second one waits and
then finds the work done.
"""

import fcntl
import os
import sys
from pathlib import Path

from catalog.edition import Damaged
from catalog.store import Store
from county.opendata.making import make


def main(arguments: list[str]) -> int:
    """0, or 1 for a store that cannot be read, 2 for wrong usage, 3 when the folder cannot be written."""
    if len(arguments) != 2:
        print("usage: python -m county.opendata STORE FOLDER", file=sys.stderr)
        return 2
    os.nice(19)
    file, folder = Path(arguments[0]), Path(arguments[1])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "making.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            store = Store.open(file)
            try:
                make(store, folder)
            finally:
                store.close()
    except Damaged as error:
        print(f"{file}: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{folder}: {error}", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
