from hypothesis import given
from hypothesis import strategies as st

from sync.schedule import wait


def test_without_failures_and_in_the_middle_of_chance_it_is_the_interval() -> None:
    assert wait(60, 0.2, 3600, failures=0, chance=0.5) == 60


def test_every_failure_doubles_the_interval_up_to_the_longest() -> None:
    assert [wait(60, 0, 3600, failures, 0) for failures in range(8)] == [
        60,
        120,
        240,
        480,
        960,
        1920,
        3600,
        3600,
    ]


@given(st.floats(0.1, 86_400), st.floats(0, 1), st.floats(1, 86_400), st.integers(0, 10**9), st.floats(0, 1))
def test_chance_moves_it_by_no_more_than_the_jitter(
    interval: float, jitter: float, longest: float, failures: int, chance: float
) -> None:
    middle = wait(interval, 0, longest, failures, chance)
    assert interval <= middle <= max(interval, longest)
    assert middle * (1 - jitter) * 0.999 <= wait(interval, jitter, longest, failures, chance)
    assert wait(interval, jitter, longest, failures, chance) <= middle * (1 + jitter) * 1.001
