"""Files that survive a power cut: what is renamed into place is complete, and stays."""

import os
from pathlib import Path


def replace(path: Path, data: bytes) -> None:
    """Put `data` at `path` so that a reader, at any moment, sees the old or the new content. Raises OSError."""
    draft = path.with_name(path.name + ".new")
    draft.write_bytes(data)
    move(draft, path)


def move(draft: Path, path: Path) -> None:
    """Give a finished file its final name in the same folder. Raises OSError."""
    flush(draft)
    os.replace(draft, path)
    flush(path.parent)


def flush(path: Path) -> None:
    """Wait until a file's content, or a folder's names, are on the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
