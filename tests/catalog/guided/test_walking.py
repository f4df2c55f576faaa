"""The windows as one walk, and what services come to together."""

from decimal import Decimal

import pytest

from catalog.guided.totals import Visits, fees, longest, visits
from catalog.guided.walking import building_of, stops, walk
from catalog.records import Channel, Cost, FloorPlan, PublicService, TimeLimit
from catalog.records.base import TimeUnit
from catalog.records.county import Facility, Window
from tests.catalog.guided.flows import service

HALL = "县政务服务中心"


def windows(floor: int, zone: str, y: float, *places: float) -> list[Window]:
    return [
        Window(floor=floor, zone=zone, code=f"{zone}{number:02d}", x=x, y=y)
        for number, x in enumerate(places, 1)
    ]


PLAN = FloorPlan(
    id="hall",
    title=f"青禾{HALL}",
    width=40,
    depth=20,
    windows=(*windows(2, "A", 2, 5, 10), *windows(1, "A", 2, 5, 10, 15), *windows(1, "B", 2, 25, 30)),
    facilities=(
        Facility(id="door", floor=1, kind="入口", title="门", x=40, y=10),
        Facility(id="zone", floor=1, kind="体验区", title="体验区", x=33, y=5),
        Facility(id="lift", floor=2, kind="电梯", title="电梯", x=12, y=2),
    ),
)


def at(name: str, floor: int, window: str, building: str = HALL) -> PublicService:
    return service(name, address=f"{building} {floor} 楼 {window}", floor=floor, window=window)


def test_the_walk_goes_floor_by_floor_and_zone_by_zone_from_where_one_stands() -> None:
    order = [f"{floor}{code}" for floor, code in walk(PLAN)]
    assert order == ["1B02", "1B01", "1A03", "1A02", "1A01", "2A02", "2A01"]


def test_each_window_comes_once_with_all_that_is_done_there() -> None:
    found = stops([at("d", 2, "A01"), at("c", 1, "A02"), at("a", 1, "B01"), at("b", 1, "A02")], PLAN)
    assert [(stop.channel.window, [one.id for one in stop.services]) for stop in found] == [
        ("B01", ["a"]),
        ("A02", ["c", "b"]),
        ("A01", ["d"]),
    ]
    assert all(stop.on_plan for stop in found)


def test_windows_elsewhere_follow_by_building_floor_and_sign() -> None:
    services = [
        at("a", 1, "A01", "县医院"),
        at("b", 2, "A02"),
        at("c", 9, "A01"),
        service("d", address="东河派出所"),
        service("e"),
    ]
    found = stops(services, PLAN)
    assert [(stop.services[0].id, stop.on_plan) for stop in found] == [
        ("b", True),
        ("d", False),
        ("a", False),
        ("c", False),
    ]


def test_without_a_plan_one_walks_floor_by_floor() -> None:
    found = stops([at("a", 2, "A01"), at("b", 1, "C02"), at("c", 1, "A09")], None)
    assert [stop.services[0].id for stop in found] == ["c", "b", "a"]


@pytest.mark.parametrize(
    "address", ["县政务服务中心 1 楼 D02", "县政务服务中心2楼C区12号", "县政务服务中心二楼", "县政务服务中心"]
)
def test_the_building_of_an_address(address: str) -> None:
    assert building_of(Channel(address=address)) == HALL
    assert building_of(Channel()) == ""


def test_visits_in_one_building_are_made_together() -> None:
    services = [
        service("a", address=f"{HALL} 1 楼 A01", visits=2),
        service("b", address=f"{HALL} 2 楼 A01", visits=1),
        service("c", address="县医院", visits=1),
        service("d", address=HALL, visits=0),
        service("e", address=HALL),
    ]
    assert visits(services) == Visits(separate=4, together=3, unknown=1)
    assert visits(services).saved == 1
    assert visits([]) == Visits(0, 0)


def limit(value: int | None, unit: TimeUnit) -> TimeLimit:
    return TimeLimit(text="限", value=value, unit=unit)


def test_the_longest_limit_is_the_promised_one_of_the_slowest_service() -> None:
    slow = service("a", promised_time_limit=limit(20, "day"), statutory_time_limit=limit(90, "day"))
    work = service("b", promised_time_limit=limit(15, "working_day"))
    unknown = service("c", promised_time_limit=limit(None, "working_day"))
    spot = service("d", promised_time_limit=limit(None, "on_the_spot"))
    assert longest([slow, work, unknown, spot]) == limit(15, "working_day")
    assert longest([unknown, spot]) == limit(None, "on_the_spot")
    assert longest([unknown]) is None


def charging(name: str, *amounts: str) -> PublicService:
    return service(name, costs=tuple(Cost(title="费", amount=amount) for amount in amounts), free=not amounts)


@pytest.mark.parametrize(
    ("amounts", "total"),
    [
        ([], "0"),
        ([(), ("10 元/证",)], "10"),
        ([("10 元/证",), ("0.5元",)], "10.5"),
        ([("20 元/证", "40 元/证")], None),
        ([("10 元/证",), ("按规定收取",)], None),
        ([("80 元/件，含一本证书",)], None),
    ],
)
def test_a_total_is_given_only_when_the_offices_words_give_it(
    amounts: list[tuple[str, ...]], total: str | None
) -> None:
    services = [charging(f"s{number}", *words) for number, words in enumerate(amounts)]
    assert fees(services).total == (None if total is None else Decimal(total))
    unknown = fees([*services, service("unsaid")])
    assert (unknown.total, unknown.unknown) == (None, 1)
