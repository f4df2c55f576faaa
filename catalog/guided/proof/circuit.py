"""Formulas over variables, each kept once: equal formulas are the same literal, so `==` compares them.

A literal is an integer, its negative is its opposite. TRUE and FALSE are literals too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import reduce
from itertools import combinations
from operator import and_, or_
from random import Random

from catalog.guided.proof.solver import solve

Literal = int
TRUE: Literal = 1
FALSE: Literal = -1
TRIES = 512
"""So many random walks run through every formula as it is made, one bit each: most questions need no search then."""

_ALL = (1 << TRIES) - 1


class Circuit:
    """All formulas of one proof, and the clauses that tie variables together."""

    def __init__(self) -> None:
        self._count = TRUE
        self._random = Random(TRIES)
        self._tried = {TRUE: _ALL}
        self._gates: dict[frozenset[int], Literal] = {}
        self._parts: dict[int, frozenset[int]] = {}
        self._ties: defaultdict[int, list[tuple[Literal, ...]]] = defaultdict(list)

    def variable(self) -> Literal:
        """A new variable that may be true or false."""
        return self._new(self._random.getrandbits(TRIES))

    def alternatives(self, count: int) -> list[Literal]:
        """New variables of which always exactly one is true."""
        tried = [0] * count
        for walk, one in enumerate(self._random.choices(range(count), k=TRIES)):
            tried[one] |= 1 << walk
        found = [self._new(walks) for walks in tried]
        self.tie(*found)
        for one, other in combinations(found, 2):
            self.tie(-one, -other)
        return found

    def ticks(self, count: int, alone: Set[int]) -> list[Literal]:
        """New variables of which always at least one is true; those at the positions `alone` only by themselves."""
        left, tried = _ALL, [0] * count
        for number in sorted(alone):
            tried[number] = left & self._random.getrandbits(TRIES) & self._random.getrandbits(TRIES)
            left &= ~tried[number]
        together = [number for number in range(count) if number not in alone]
        for number in together:
            tried[number] = left & self._random.getrandbits(TRIES)
        tried[(together or sorted(alone))[0]] |= left & ~reduce(or_, tried)
        found = [self._new(walks) for walks in tried]
        self.tie(*found)
        for one, other in combinations(range(count), 2):
            if alone & {one, other}:
                self.tie(-found[one], -found[other])
        return found

    def tie(self, *clause: Literal) -> None:
        """Variables of which at least one literal in `clause` always holds."""
        for literal in clause:
            self._ties[abs(literal)].append(clause)

    def every(self, literals: Iterable[Literal]) -> Literal:
        """True when all are; TRUE of none."""
        parts = frozenset(literals) - {TRUE}
        if FALSE in parts or any(-part in parts for part in parts):
            return FALSE
        if len(parts) < 2:
            return next(iter(parts), TRUE)
        if parts not in self._gates:
            gate = self._new(reduce(and_, map(self._tries, parts)))
            self._gates[parts], self._parts[gate] = gate, parts
        return self._gates[parts]

    def some(self, literals: Iterable[Literal]) -> Literal:
        """True when any is; FALSE of none."""
        return -self.every(-literal for literal in literals)

    def differ(self, one: Literal, other: Literal) -> Literal:
        """True when exactly one of the two is."""
        return FALSE if one == other else self.some([self.every([one, -other]), self.every([-one, other])])

    def given(self, literal: Literal, values: Mapping[Literal, bool]) -> Literal:
        """A formula after some variables have been decided."""
        here = abs(literal)
        if here in values:
            found = TRUE if values[here] else FALSE
        elif here in self._parts:
            found = self.every(self.given(part, values) for part in self._parts[here])
        else:
            found = here
        return found if literal > 0 else -found

    def cone(self, literal: Literal) -> frozenset[int]:
        """Everything that a formula depends on: gates, variables, and the variables tied to them."""
        seen: dict[int, None] = {}
        waiting = [abs(literal)]
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen[here] = None
                waiting += sorted(abs(part) for part in self._parts.get(here, ()))
                waiting += (abs(part) for clause in self._ties.get(here, ()) for part in clause)
        return frozenset(seen)

    def possible(self, literal: Literal) -> bool:
        """Whether anything makes the formula true."""
        return bool(self._tries(literal)) or self.solution(literal) is not None

    def solution(self, literal: Literal) -> frozenset[Literal] | None:
        """Literals that make the formula true, over what it depends on; None when nothing does."""
        if literal in (TRUE, FALSE):
            return frozenset() if literal == TRUE else None
        return solve([(literal,), *self._clauses(literal)])

    def _new(self, tried: int) -> Literal:
        self._count += 1
        self._tried[self._count] = tried
        return self._count

    def _tries(self, literal: Literal) -> int:
        """In which of the random walks a formula is true."""
        return self._tried[literal] if literal > 0 else _ALL ^ self._tried[-literal]

    def _clauses(self, literal: Literal) -> Iterator[Sequence[Literal]]:
        for here in sorted(self.cone(literal)):
            parts = sorted(self._parts.get(here, ()), key=abs)
            if parts:
                yield from ((-here, part) for part in parts)
                yield (here, *(-part for part in parts))
            yield from (clause for clause in self._ties.get(here, ()) if abs(clause[0]) == here)
