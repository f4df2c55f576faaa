"""The trail of a visit."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.navigation import ATTRACT, HOME, Navigator

ROUTES = st.sampled_from(
    [ATTRACT, HOME, "home/business", "stage/a", "event/b", "service/c", "service/d", "basket", "notice/guide"]
)


def walk(*routes: str) -> Navigator:
    navigator = Navigator()
    for route in routes:
        navigator.go(route)
    return navigator


def test_a_visit_starts_at_rest() -> None:
    assert Navigator().route == ATTRACT


def test_routes_pile_up_behind_home() -> None:
    assert walk(HOME, "stage/a", "service/c").trail == [HOME, "stage/a", "service/c"]


def test_home_is_put_under_what_the_attract_screen_leads_to() -> None:
    assert walk("notice/guide").trail == [HOME, "notice/guide"]


def test_going_where_one_is_does_nothing() -> None:
    navigator = walk(HOME, "stage/a")
    assert not navigator.go("stage/a")
    assert navigator.trail == [HOME, "stage/a"]


def test_a_breadcrumb_cuts_the_trail() -> None:
    assert walk(HOME, "stage/a", "event/b", "service/c", "stage/a").trail == [HOME, "stage/a"]


def test_home_in_either_audience_starts_anew() -> None:
    assert walk(HOME, "stage/a", "home/business").trail == ["home/business"]


def test_back_goes_one_step_then_home_then_nowhere() -> None:
    navigator = walk("home/business", "stage/a")
    assert navigator.back()
    assert navigator.route == "home/business"
    assert navigator.back()
    assert navigator.route == HOME
    assert not navigator.back()
    assert not Navigator().back()


@given(st.lists(st.one_of(ROUTES, st.just("do/back")), max_size=30))
def test_no_route_is_on_the_trail_twice_and_home_is_first(routes: list[str]) -> None:
    navigator = Navigator()
    for route in routes:
        navigator.back() if route == "do/back" else navigator.go(route)
    assert len(set(navigator.trail)) == len(navigator.trail)
    assert navigator.trail[0].split("/")[0] == HOME or navigator.trail == [ATTRACT]
