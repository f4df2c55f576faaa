"""Receiving content whose SHA-256 and size are known: it gets its final name only when it is exactly that."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from sync.errors import Unreachable, Untrusted

PART = ".part"
"""Ending of what has arrived so far; the next attempt goes on from there."""


def is_intact(path: Path, name: str, size: int) -> bool:
    """Whether `path` holds `size` bytes with the SHA-256 `name`."""
    try:
        with path.open("rb") as file:
            return path.stat().st_size == size and hashlib.file_digest(file, "sha256").hexdigest() == name
    except FileNotFoundError:
        return False


def receive(path: Path, name: str, size: int, stream: Callable[[int], Iterator[bytes]]) -> None:
    """Fill `path` from `stream(offset)`. Raises Unreachable, Untrusted, OSError.

    A power cut may still lose it; every reader checks what it reads, and the next attempt fetches it again.
    When something that was begun earlier turns out wrong, it is fetched once more from the start.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + PART)
    offset = part.stat().st_size if part.exists() else 0
    if _append(part, name, size, stream(offset) if offset < size else iter(())):
        os.replace(part, path)
        return
    part.unlink()
    if not offset:
        raise Untrusted(f"{path.name[:12]} is not what was signed")
    receive(path, name, size, stream)


def _append(part: Path, name: str, size: int, chunks: Iterator[bytes]) -> bool:
    with part.open("a+b") as file:
        file.seek(0)
        found = hashlib.file_digest(file, "sha256")
        for chunk in chunks:
            file.write(chunk)
            found.update(chunk)
            if file.tell() > size:
                return False
        if file.tell() < size:
            raise Unreachable(f"{part.name[:12]}: only {file.tell()} of {size} bytes came")
    return found.hexdigest() == name
