"""What a bulletin must say."""

import msgspec
import pytest

from county.bulletins.drafting import REQUIRED, drafted, holes, lifted, missing
from tests.county.bulletins.plans import PLAN, bulletin
from tests.county.catalogue import NOW, later


def test_a_plan_proposes_its_bulletin() -> None:
    proposed = drafted(PLAN, PLAN.levels[1], "flood-1", NOW)
    assert proposed.title == "暴雨红色预警"
    assert proposed.measures == ("立即撤离",)
    assert proposed.takeover
    assert holes(proposed) == ("{area}", "{situation}")
    assert missing(proposed) == ("area",)


def test_a_complete_one_lacks_nothing() -> None:
    assert missing(bulletin()) == ()
    assert holes(bulletin()) == ()


@pytest.mark.parametrize("element", REQUIRED)
def test_each_element_is_missed(element: str) -> None:
    empty = () if element == "measures" else None if element in ("starts", "issued") else ""
    assert missing(msgspec.structs.replace(bulletin(), **{element: empty})) == (element,)


def test_a_level_must_be_one_of_four() -> None:
    assert missing(msgspec.structs.replace(bulletin(), level="五级")) == ("level",)


def test_a_lifted_one_takes_over_nothing() -> None:
    over = lifted(bulletin(), "水位回落。", later(1))
    assert over.title == "【已解除】暴雨橙色预警"
    assert lifted(over, "再次", later(2)).title == over.title
    assert not over.takeover
    assert missing(over) == ()
