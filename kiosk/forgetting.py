"""Overwrites the memory that the program gave back to its own allocators, where what a visitor typed would stay.

Freed memory keeps its content until it is used again. Python hands out blocks of up to 512 bytes from pools of one
size each and takes larger ones from the C library. So every free block of every size is taken, filled with zeros and
given back. What is still referred to is not touched: to let go of it is the rest of the program's affair.
"""

import gc
from bisect import bisect_right
from collections.abc import Callable
from functools import partial
from pathlib import Path
from sys import getsizeof
from typing import Any

STEP = 16
"""Blocks of both allocators come in multiples of so many bytes."""

LARGEST_POOLED = 512
LARGEST_LISTED = 1040
"""The C library keeps free chunks up to this size in lists of one size each."""

CHUNKS = [1 << power for power in range(16, 10, -1)] + list(range(LARGEST_LISTED, 0, -STEP))
BATCH = 64
BATCHES = 4000
"""So many blocks, and so often, are taken of one size at most: 128 MB of the largest."""

END_OF_HEAP = 1 << 13
"""The last bytes of the heap are what was never used."""


YOUNG, YOUNGER, OLD = 700, 10, 100
"""How often the collector looks: Python's own numbers but for the last, which has it look through everything ten times
more seldom."""

LET_GO = 0.3
"""Seconds after which no screen refers any more to what it showed."""


def collect_between_visits() -> None:
    """Start the collector so that a visitor does not wait for it.

    It looks through everything when a visitor has gone: with every screen made that is a million objects and takes
    0.4 s, in the middle of a list. Where nobody goes, as on a wall, it happens by itself after a hundred pages or more,
    as each leaves half a megabyte. Nothing is frozen: widgets that were, and are made again in another look, would
    never be given back.
    """
    gc.set_threshold(YOUNG, YOUNGER, OLD)
    gc.enable()


def overwrite_free_memory(_seconds: float = 0) -> None:
    """Fill every free block of Python and of the C library's main heap with zeros. Takes 0.1 s, later up to 0.5 s."""
    gc.collect()
    _overwrite_pools()
    _overwrite_heap()


def _overwrite_pools() -> None:
    """Take blocks of each size, the largest first, until one lies where no memory was before."""
    edges = _mappings()
    taken: list[object] = []
    for size in range(LARGEST_POOLED, 0, -STEP):
        make = _maker(size)
        for _ in range(BATCHES):
            taken += [make() for _ in range(BATCH)]
            if bisect_right(edges, id(taken[-1])) % 2 == 0:
                break


def _maker(size: int) -> Callable[[], object]:
    """Makes objects that take a block of `size` bytes and write all of it."""
    if size == STEP:
        return object
    if size == 2 * STEP:
        return partial(int.from_bytes, bytes(7) + b"\1", "little")  # an integer of two digits
    return partial(bytes, size - getsizeof(b""))


def _mappings() -> list[int]:
    """Where each mapping of the process begins and ends, in order."""
    ranges = (line.split(" ", 1)[0] for line in Path("/proc/self/maps").read_text().splitlines())
    return [int(edge, 16) for both in ranges for edge in both.split("-")]


def _overwrite_heap() -> None:
    """Take chunks, the largest first, until one lies at the end of the heap; whole pages go back to the system.

    They go back before, so that the heap ends where something is used, and after, as a year of visits would otherwise
    keep what the largest needed.
    """
    import ctypes  # here, because a start has no time for it

    library = ctypes.CDLL(None)
    allocate = _function(library.malloc, ctypes.c_void_p, ctypes.c_size_t)
    release = _function(library.free, None, ctypes.c_void_p)
    room = _function(library.malloc_usable_size, ctypes.c_size_t, ctypes.c_void_p)
    trim = _function(library.malloc_trim, ctypes.c_int, ctypes.c_size_t)
    trim(0)
    end = _function(library.sbrk, ctypes.c_void_p, ctypes.c_ssize_t)(0) - END_OF_HEAP
    taken: list[int] = []
    for size in CHUNKS:
        for _ in range(BATCHES * BATCH):
            chunk = allocate(size)
            ctypes.memset(chunk, 0, room(chunk))
            taken.append(chunk)
            if chunk >= end:
                break
    for chunk in taken:
        release(chunk)
    trim(0)


def _function(found: Any, result: type | None, *arguments: type) -> Callable[..., int]:
    """The C function with its types."""
    found.restype, found.argtypes = result, arguments
    function: Callable[..., int] = found
    return function
