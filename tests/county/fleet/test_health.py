"""How a kiosk is, and when an edition spreads or is halted: pure."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from catalog.fleet import Machine, Report, Vitals
from county.fleet import spreading
from county.fleet.health import Published, level, symptoms
from county.fleet.spreading import Stage, Witness, verdict
from tests.county.catalogue import NOW

A, B = "a" * 64, "b" * 64
PUBLISHED = Published({1: B, 2: A}, 2, NOW - timedelta(hours=2))
GOOD = Report(at=NOW, program="1", edition=2, digest=A, confirmed=NOW, disk_free=8 << 30)
MINUTE = timedelta(minutes=1)


def found(said: Report, known: tuple[str, ...] = (), silence: timedelta = timedelta()) -> set[str]:
    return set(symptoms(NOW, said, PUBLISHED, known, NOW + silence))


def test_a_good_kiosk_has_no_symptoms() -> None:
    assert found(GOOD) == set()
    assert symptoms(None, None, PUBLISHED, (), NOW) == {}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (replace(GOOD, digest=B), "foreign"),
        (replace(GOOD, edition=7), "foreign"),
        (replace(GOOD, edition=1, digest=B), "behind"),
        (replace(GOOD, bad=(A,)), "fell-back"),
        (replace(GOOD, network="untrusted", event="rollback"), "untrusted"),
        (replace(GOOD, network="unfit", event="needs_upgrade"), "unfit"),
        (replace(GOOD, event="storage_full"), "storage"),
        (replace(GOOD, failures=2), "failing"),
        (replace(GOOD, at=NOW - timedelta(days=365)), "clock"),
        (replace(GOOD, disk_free=1 << 20), "disk"),
        (replace(GOOD, confirmed=NOW - timedelta(days=2)), "unconfirmed"),
        (replace(GOOD, machine=Machine(heat=90.0)), "hot"),
        (replace(GOOD, machine=Machine(worn=90)), "worn"),
        (replace(GOOD, machine=Machine(underpowered=True)), "underpowered"),
        (replace(GOOD, vitals=Vitals(at=NOW, started=NOW, frame=250.0)), "slow"),
        (replace(GOOD, vitals=Vitals(at=NOW, started=NOW, printer="failing")), "printer"),
        (replace(GOOD, vitals=Vitals(at=NOW, started=NOW, touch="failing")), "touch"),
    ],
)
def test_what_is_wrong_has_a_name(said: Report, code: str) -> None:
    assert code in found(said)


def test_silence_says_nothing_else() -> None:
    assert found(replace(GOOD, failures=9), silence=timedelta(hours=1)) == {"silent"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (replace(GOOD, at=NOW + 3 * MINUTE), "clock"),
        (replace(GOOD, disk_free=700 << 20), "disk"),
        (replace(GOOD, machine=Machine(heat=80.0)), "hot"),
        (replace(GOOD, vitals=Vitals(at=NOW, started=NOW, frame=70.0)), "slow"),
    ],
)
def test_what_began_ends_at_an_easier_limit(said: Report, code: str) -> None:
    assert code not in found(said)
    assert code in found(said, known=(code,))


def test_one_word_for_all() -> None:
    assert level("in service", NOW, []) == "ok"
    assert level("in service", NOW, ["disk"]) == "warning"
    assert level("in service", NOW, ["disk", "foreign"]) == "trouble"
    assert level("maintenance", NOW, ["foreign"]) == level("in service", None, []) == "resting"


def box(number: int, said: Report | None, silence: timedelta = timedelta()) -> Witness:
    return Witness(f"{number:016x}", NOW - silence, said)


BEFORE = replace(GOOD, edition=1, digest=B)
FELL = replace(BEFORE, bad=(A,))
SINCE = NOW - 10 * MINUTE


def decided(witnesses: list[Witness], minutes: int = 5) -> str:
    return verdict(witnesses, A, minutes, SINCE, NOW)[0]


def test_an_edition_goes_on_when_its_ring_has_it_and_its_time_is_over() -> None:
    assert decided([box(n, GOOD) for n in range(5)]) == "on"
    assert decided([box(n, GOOD) for n in range(5)], minutes=30) == "stay"
    assert decided([box(0, GOOD), *(box(n, BEFORE) for n in range(4))]) == "stay"
    assert decided([]) == "on"


def test_an_edition_on_probation_is_not_proven_yet() -> None:
    trying = [box(n, replace(GOOD, probation=A)) for n in range(5)]
    assert decided(trying) == "stay"
    assert verdict(trying, A, 5, NOW - timedelta(minutes=30), NOW)[0] == "on"


@pytest.mark.parametrize(
    "against",
    [
        box(9, FELL),
        box(9, replace(BEFORE, network="unfit", event="needs_upgrade")),
        box(9, GOOD, silence=6 * MINUTE),
    ],
)
def test_kiosks_that_fail_halt_it(against: Witness) -> None:
    assert decided([*(box(n, GOOD) for n in range(4)), against]) == "halt"
    assert decided([*(box(n, GOOD) for n in range(40)), against]) == "on"
    assert decided([*(box(n, GOOD) for n in range(400)), against, against, against]) == "halt"


def test_a_kiosk_that_was_off_before_says_nothing() -> None:
    away = box(9, BEFORE, silence=timedelta(days=3))
    assert decided([*(box(n, GOOD) for n in range(4)), away]) == "on"


def test_the_plan_of_every_place() -> None:
    stages = [Stage("one", 1, 5), Stage("ten", 10, 5)]
    first, second = (spreading.plan(stages, place, 8, 7) for place in (0, 1))
    assert [ring.edition for ring in first.rings] == [8, 7, 7]
    assert [ring.edition for ring in second.rings] == [8, 8, 7]
    assert {ring.edition for ring in spreading.plan(stages, 1, 8, 7, halted=True).rings} == {7}
