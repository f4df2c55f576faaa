"""What townships, villages and walls show, and that less is never a dead end."""

import pytest

from kiosk.catalogue import Catalogue
from kiosk.pages.router import shown
from kiosk.pages.wall import SECONDS, route
from kiosk.profile import PROFILES, Name
from tests.kiosk.routes import asked, ways_on

pytestmark = pytest.mark.usefixtures("plain_codes")
ROUTES = ("home", "home/business", "disclosure")


def of(catalogue: Catalogue, name: Name) -> Catalogue:
    return Catalogue(catalogue.store, PROFILES[name].levels)


def ways(catalogue: Catalogue, name: Name) -> set[str]:
    from dataclasses import replace

    question = replace(asked(of(catalogue, name)), profile=PROFILES[name])
    service = f"service/{catalogue.services[0].id}"
    return {way for at in (*ROUTES, service) for way in ways_on(at, question)}


def test_each_profile_shows_less_than_the_one_above(catalogue: Catalogue) -> None:
    county, township, village = (ways(catalogue, name) for name in ("county", "township", "village"))
    assert county > township > village
    assert {"disclosure/offices", "disclosure/levels"} <= county - township
    assert "request-guide" in township - village


def test_directories_keep_the_rows_of_their_levels_and_those_without(catalogue: Catalogue) -> None:
    items = [len(of(catalogue, name).directory.items) for name in ("county", "township", "village")]
    assert items[0] > items[1] > items[2] > 0
    village = of(catalogue, "village").directory
    assert all(not item.levels or "村级" in item.levels for item in village.items)
    assert all(village.fields.values())


@pytest.mark.parametrize("name", ["township", "village"])
def test_every_way_that_is_left_leads_to_a_page(catalogue: Catalogue, name: Name) -> None:
    question = asked(of(catalogue, name))
    unknown = question.words("notice-unknown-title")
    for way in ways(catalogue, name):
        if not way.startswith("do/"):
            assert shown(way, question).title != unknown, way


def test_a_wall_goes_round(catalogue: Catalogue) -> None:
    question = asked(catalogue)
    pages = [shown(f"wall/{n}", question).page for n in range(5)]
    assert len({page.heading for page in pages[:4]}) == 4
    assert pages[4] == pages[0]
    assert all(page.lines for page in pages)
    assert route(0) != route(SECONDS) == route(SECONDS * 2 - 1)
    assert shown("wall/²", question).page == pages[0]
