"""The disclosure directories, participation and the request guide by touch."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.window.stand import Stand

pytestmark = pytest.mark.slow


def first(stand: "Stand", start: str) -> str:
    """The first route on the screen that begins so."""
    return str(next(target.route for target in stand.targets() if target.route.startswith(start)))


def test_from_home_to_an_entry_by_field(stand: "Stand") -> None:
    stand.tap("home")
    stand.tap("disclosure")
    stand.tap(first(stand, "disclosure/field/"))
    stand.tap(first(stand, "disclosure/item/"))
    assert "谁来公开" in stand.words()
    assert len(stand.kiosk.navigator.trail) == 4


def test_views_replace_each_other_on_the_trail(stand: "Stand") -> None:
    stand.go("disclosure")
    stand.tap("disclosure/offices")
    stand.tap("disclosure/levels")
    assert stand.kiosk.navigator.trail == ["home", "disclosure/levels"]
    stand.tap(first(stand, "disclosure/level/"))
    assert "县级" in stand.words()


def test_long_lists_make_only_the_rows_in_sight(stand: "Stand") -> None:
    stand.go("disclosure/level/县级")
    entries = [target for target in stand.targets() if target.route.startswith("disclosure/item/")]
    assert len(stand.catalogue.directory.levels["县级"]) > 200
    assert 4 < len(entries) < 40


def test_taking_part_leads_to_the_phone(stand: "Stand") -> None:
    stand.tap("home")
    stand.tap("participation")
    route = first(stand, "participation/")
    stand.tap(route)
    stand.tap(f"{route}/how")
    assert "参与方式" in stand.words()
    stand.tap(f"handoff/{route}")
    assert f"/m/{route}" in repr(stand.kiosk._drawn.screens["handoff"].page)


def test_the_form_of_a_request_cannot_be_typed_in(stand: "Stand") -> None:
    stand.tap("home")
    stand.tap("request-guide")
    assert "20 个工作日" in stand.words()
    stand.tap("request-guide/form")
    assert "身份证明" in stand.words()
    form = list(stand.kiosk._drawn.screens["request"].walk(restrict=True))
    inside = {target.route for target in stand.targets() if target in form}
    assert inside <= {"request-guide", "request-guide/form", ""}
