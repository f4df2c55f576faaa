"""Deciding whether clauses can hold together: conflict-driven clause learning over few hundred variables.

Variables are positive integers and a literal is a variable or its negative. None is a proof.
It depends on nothing but the clauses, in their order, so that the same flow always gives the same example.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

_GROWTH = 1.05
"""How much more each further conflict counts when choosing what to decide next."""


MOST_CONFLICTS = 5_000
"""After so many the search gives up: seconds, and a hundred times what the flows of a county need."""


class Undecided(Exception):
    """The search was given up."""


def solve(clauses: Iterable[Sequence[int]]) -> frozenset[int] | None:
    """The true literals of one solution, None when there is none. A clause must not repeat a literal.

    Raises Undecided.
    """
    search = _Search()
    for clause in clauses:
        if not search.add(list(clause)):
            return None
    return search.run()


class _Search:
    def __init__(self) -> None:
        self._true: set[int] = set()
        self._level: dict[int, int] = {}
        self._reason: dict[int, list[int]] = {}
        self._trail: list[int] = []
        self._starts: list[int] = []
        self._done = 0
        self._watching: defaultdict[int, list[list[int]]] = defaultdict(list)
        self._activity: dict[int, float] = {}
        self._order: list[tuple[float, int]] = []
        self._bump = 1.0

    def add(self, clause: list[int]) -> bool:
        """Take one clause before the search; False when it contradicts those that are single literals."""
        for literal in clause:
            self._activity.setdefault(abs(literal), 0.0)
        if len(clause) > 1:
            self._watch(clause)
            return True
        if not clause or -clause[0] in self._true:
            return False
        if clause[0] not in self._true:
            self._assign(clause[0], clause)
        return True

    def run(self) -> frozenset[int] | None:
        """Decide, follow, learn; until everything is decided or nothing is left to take back."""
        self._order = [(0.0, variable) for variable in self._activity]
        heapify(self._order)
        for _ in range(MOST_CONFLICTS):
            conflict = self._conflict()
            if conflict is None:
                return frozenset(self._true)
            if not self._starts:
                return None
            learnt, level = self._analyse(conflict)
            self._back_to(level)
            if len(learnt) > 1:
                self._watch(learnt)
            self._assign(learnt[0], learnt)
        raise Undecided

    def _conflict(self) -> list[int] | None:
        """Decide and follow until a clause is false, None when everything is decided."""
        while (conflict := self._propagate()) is None and self._decide():
            pass
        return conflict

    def _watch(self, clause: list[int]) -> None:
        self._watching[clause[0]].append(clause)
        self._watching[clause[1]].append(clause)

    def _assign(self, literal: int, reason: list[int] | None) -> None:
        self._true.add(literal)
        self._level[abs(literal)] = len(self._starts)
        if reason is not None:
            self._reason[abs(literal)] = reason
        self._trail.append(literal)

    def _decide(self) -> bool:
        while self._order:
            weight, variable = heappop(self._order)
            if variable not in self._level and -weight == self._activity[variable]:
                self._starts.append(len(self._trail))
                self._assign(-variable, None)
                return True
        return False

    def _propagate(self) -> list[int] | None:
        """Assign whatever follows; a clause that has become false, if any."""
        true = self._true
        while self._done < len(self._trail):
            false = -self._trail[self._done]
            self._done += 1
            watchers, kept = self._watching[false], []
            for position, clause in enumerate(watchers):
                if clause[0] == false:
                    clause[0], clause[1] = clause[1], false
                if clause[0] in true or not self._moved(clause):
                    kept.append(clause)
                    if -clause[0] in true:
                        self._watching[false] = kept + watchers[position + 1 :]
                        return clause
                    if clause[0] not in true:
                        self._assign(clause[0], clause)
            self._watching[false] = kept
        return None

    def _moved(self, clause: list[int]) -> bool:
        """Whether the second literal, which is false, could give its watch to one that is not."""
        for position in range(2, len(clause)):
            if -clause[position] not in self._true:
                clause[1], clause[position] = clause[position], clause[1]
                self._watching[clause[1]].append(clause)
                return True
        return False

    def _analyse(self, conflict: list[int]) -> tuple[list[int], int]:
        """The clause that would have prevented the conflict, its newest literal first, and the level to go back to."""
        self._bump *= _GROWTH
        here = len(self._starts)
        seen: set[int] = set()
        others: list[int] = []
        open_ones, position, clause = 0, len(self._trail), conflict
        while True:
            for literal in clause:
                variable = abs(literal)
                if variable in seen or not self._level[variable]:
                    continue
                seen.add(variable)
                self._raise(variable)
                if self._level[variable] == here:
                    open_ones += 1
                else:
                    others.append(literal)
            position -= 1
            while abs(self._trail[position]) not in seen:
                position -= 1
            newest = self._trail[position]
            open_ones -= 1
            if not open_ones:
                break
            clause = self._reason[abs(newest)]
        others.sort(key=lambda literal: -self._level[abs(literal)])
        return [-newest, *others], self._level[abs(others[0])] if others else 0

    def _raise(self, variable: int) -> None:
        self._activity[variable] += self._bump

    def _back_to(self, level: int) -> None:
        start = self._starts[level]
        for literal in self._trail[start:]:
            variable = abs(literal)
            self._true.discard(literal)
            del self._level[variable]
            self._reason.pop(variable, None)
            heappush(self._order, (-self._activity[variable], variable))
        del self._trail[start:], self._starts[level:]
        self._done = start
