"""Tries are slowed for whoever makes them, never for the account as such, and what is remembered is bounded."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from county.accounts.limits import FREE, FREE_AT_ADDRESS, LONGEST, Limits, network
from tests.county.catalogue import NOW

NONE = timedelta()


def test_a_sixth_wrong_password_waits() -> None:
    limits = Limits()
    for _ in range(FREE):
        assert limits.begin("li", "192.0.2.1", "", NOW) == NONE
    assert limits.begin("li", "192.0.2.1", "", NOW) == timedelta(seconds=1)
    assert limits.begin("li", "192.0.2.1", "", NOW + timedelta(seconds=1)) == NONE
    assert limits.begin("li", "192.0.2.1", "", NOW + timedelta(seconds=2)) == timedelta(seconds=1)


def test_nobody_else_waits() -> None:
    limits = Limits()
    for _ in range(FREE):
        limits.begin("li", "192.0.2.1", "", NOW)
    assert limits.begin("li", "192.0.2.1", "", NOW) > NONE
    assert limits.begin("li", "192.0.2.2", "", NOW) == NONE
    assert limits.begin("wang", "192.0.2.1", "", NOW) == NONE


def test_a_known_browser_does_not_wait_for_its_neighbours() -> None:
    limits = Limits()
    for number in range(FREE_AT_ADDRESS * 5):
        limits.begin(f"somebody {number}", "192.0.2.1", "", NOW)
    assert limits.begin("li", "192.0.2.1", "", NOW) > NONE
    assert limits.begin("li", "192.0.2.1", "browser", NOW) == NONE


def test_a_known_browser_may_not_try_for_ever() -> None:
    limits = Limits()
    assert [limits.begin("li", "192.0.2.1", "browser", NOW) > NONE for _ in range(FREE + 1)][-1]


def test_a_right_password_makes_mistakes_forgotten() -> None:
    limits = Limits()
    for _ in range(FREE - 1):
        limits.begin("li", "192.0.2.1", "", NOW)
    limits.begin("li", "192.0.2.1", "", NOW)
    limits.succeeded("li", "192.0.2.1", "")
    assert limits.begin("li", "192.0.2.1", "", NOW) == NONE


def test_signing_in_often_is_no_mistake() -> None:
    limits = Limits()
    for number in range(FREE_AT_ADDRESS * 3):
        assert limits.begin(f"person {number}", "192.0.2.1", "", NOW) == NONE
        limits.succeeded(f"person {number}", "192.0.2.1", "")


def test_tries_while_waiting_do_not_make_it_longer() -> None:
    limits = Limits()
    for _ in range(FREE + 100):
        limits.begin("li", "192.0.2.1", "", NOW)
    assert limits.begin("li", "192.0.2.1", "", NOW + timedelta(seconds=1)) == NONE


def test_pauses_double_up_to_a_quarter_of_an_hour() -> None:
    limits = Limits()
    now, pauses = NOW, []
    for _ in range(FREE + 14):
        pause = limits.begin("li", "192.0.2.1", "", now)
        if pause:
            pauses.append(pause)
            now += pause
            assert limits.begin("li", "192.0.2.1", "", now) == NONE
    assert pauses[:3] == [timedelta(seconds=seconds) for seconds in (1, 2, 4)]
    assert pauses[-1] == LONGEST


@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=40)), max_size=200))
def test_what_is_remembered_is_bounded(tries: list[tuple[str, str]]) -> None:
    limits = Limits(remembered=50)
    for account, address in tries:
        limits.begin(account, address, "", NOW)
    assert len(limits) <= 50


def test_one_ipv6_network_is_one_address() -> None:
    assert network("2001:db8:1:2::1") == network("2001:db8:1:2:ffff::9")
    assert network("2001:db8:1:2::1") != network("2001:db8:1:3::1")
    assert network("::ffff:192.0.2.1") == network("192.0.2.1")
    assert network("not an address") == "not an address"
