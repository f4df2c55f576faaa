"""Conditions as blocks and lines, changed piece by piece. Pure.

A path is the numbers of the parts on the way from the outermost condition. A line is a condition about one question,
or the negation of one; everything else is a block of parts. What nobody touches stays as it was written.
"""

from collections.abc import Sequence
from typing import Literal

from catalog.records.condition import Condition

Path = tuple[int, ...]
Join = Literal["all", "any", "none", "not_all"]
"""How the parts of a block belong together; the last two are negations of the first two."""


def is_line(condition: Condition) -> bool:
    """Whether it is about one question, as it is or negated."""
    return condition.q is not None or (condition.not_ is not None and condition.not_.q is not None)


def join_of(block: Condition) -> Join:
    """How a block's parts belong together."""
    if block.not_ is not None:
        return "none" if block.not_.any_ else "not_all"
    return "any" if block.any_ else "all"


def parts_of(block: Condition) -> tuple[Condition, ...]:
    """The parts of a block; none of a line."""
    if is_line(block):
        return ()
    inside = block.not_
    if inside is None:
        return block.parts
    return inside.parts if inside.q is None and inside.not_ is None else (inside,)


def block(join: Join, parts: Sequence[Condition]) -> Condition:
    """A block of one or more parts."""
    several = tuple(parts)
    inner = Condition(any_=several) if join in ("any", "none") else Condition(all_=several)
    return Condition(not_=inner) if join in ("none", "not_all") else inner


def part_at(condition: Condition, path: Path) -> Condition:
    """The part at a path. Raises IndexError when there is none."""
    for number in path:
        if number < 0:
            raise IndexError(number)
        condition = parts_of(condition)[number]
    return condition


def put(condition: Condition, path: Path, part: Condition | None) -> Condition | None:
    """The condition with another part at a path, or without it. Raises IndexError.

    A block that loses its last part goes; one that keeps a single part becomes that part, if it means the same.
    """
    if not path:
        return part
    found, parts = part_at(condition, path[:1]), list(parts_of(condition))
    changed = put(found, path[1:], part)
    parts[path[0] : path[0] + 1] = [] if changed is None else [changed]
    if not parts:
        return None
    join = join_of(condition)
    if changed is None and len(parts) == 1:
        return parts[0] if join in ("all", "any") else Condition(not_=parts[0])
    return block(join, parts)


def add(condition: Condition | None, path: Path, join: Join, new: Condition) -> Condition:
    """The condition with a new part after the one at `path`, joined to it. Raises IndexError.

    It goes into the block around `path` if that joins alike, else into a new block with the part at `path`.
    """
    if condition is None:
        return new
    here = part_at(condition, path)
    if not is_line(here) and join_of(here) == join:
        changed = put(condition, path, block(join, (*parts_of(here), new)))
    elif path and join_of(around := part_at(condition, path[:-1])) == join:
        parts = parts_of(around)
        after = path[-1] + 1
        changed = put(condition, path[:-1], block(join, (*parts[:after], new, *parts[after:])))
    else:
        changed = put(condition, path, block(join, (here, new)))
    assert changed is not None
    return changed


def moved(condition: Condition, path: Path, to: int) -> Condition:
    """The condition with the part at `path` in place `to` of its block. Raises IndexError."""
    around, parts = part_at(condition, path[:-1]), list(parts_of(part_at(condition, path[:-1])))
    if not path or not 0 <= to < len(parts):
        raise IndexError(to)
    parts.insert(to, parts.pop(path[-1]))
    changed = put(condition, path[:-1], block(join_of(around), parts))
    assert changed is not None
    return changed


def joined(condition: Condition, path: Path, join: Join) -> Condition:
    """The condition with the block at `path` joined another way. Raises IndexError."""
    here = part_at(condition, path)
    changed = put(condition, path, here if is_line(here) else block(join, parts_of(here)))
    assert changed is not None
    return changed


def paths(condition: Condition | None, at: Path = ()) -> list[Path]:
    """The paths of all parts, blocks before what is in them."""
    if condition is None:
        return []
    inner = [path for number, part in enumerate(parts_of(condition)) for path in paths(part, (*at, number))]
    return [at, *inner]
