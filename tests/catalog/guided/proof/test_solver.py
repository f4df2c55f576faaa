"""The search agrees with trying everything."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.guided.proof.solver import solve

VARIABLES = 6
literals = st.integers(1, VARIABLES).flatmap(lambda variable: st.sampled_from([variable, -variable]))
clauses = st.lists(st.lists(literals, min_size=1, max_size=3, unique_by=abs), max_size=30)


@pytest.mark.slow
@given(clauses)
def test_a_solution_is_one_and_none_means_none(given_clauses: list[list[int]]) -> None:
    found = solve(given_clauses)
    if found is None:
        for values in product((False, True), repeat=VARIABLES):
            assert not all(
                any(values[abs(one) - 1] == (one > 0) for one in clause) for clause in given_clauses
            )
    else:
        assert all(found & set(clause) for clause in given_clauses)
        assert not any(-literal in found for literal in found)


def test_what_needs_learning_is_decided() -> None:
    """Six pigeons do not fit into five holes."""
    pigeons, holes = range(6), range(5)
    where = {(pigeon, hole): 1 + 5 * pigeon + hole for pigeon in pigeons for hole in holes}
    housed = [[where[pigeon, hole] for hole in holes] for pigeon in pigeons]
    alone = [
        [-where[one, hole], -where[two, hole]] for hole in holes for one in pigeons for two in range(one)
    ]
    assert solve(housed + alone) is None
    assert solve(housed[1:] + alone) is not None
