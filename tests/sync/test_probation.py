"""An edition that brings the window down is taken back, once and for all."""

from datetime import datetime, timedelta

import pytest

from catalog.box import Life, life_path, read_active
from catalog.text import encode
from sync.attempt import settle
from sync.marks import Marks, Trial
from sync.probation import Verdict, verdict
from sync.shelf import Shelf
from tests.sync.conftest import RESERVE, Box
from tests.sync.double import NOW, services

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
TRIAL = Trial("ab", NOW, 5)


@pytest.mark.parametrize(
    ("life", "after", "expected"),
    [
        (None, 60 * MINUTE, "waiting"),
        (Life(), 60 * MINUTE, "waiting"),
        (Life(started=NOW + MINUTE), 10 * MINUTE, "waiting"),
        (Life(started=NOW + MINUTE), 11 * MINUTE, "passed"),
        (Life(started=NOW - 99 * MINUTE), 10 * MINUTE, "passed"),
        (Life(started=NOW, visits=24), MINUTE, "waiting"),
        (Life(started=NOW, visits=25), MINUTE, "passed"),
        (Life(started=NOW, visits=19), MINUTE, "waiting"),
        (Life(started=NOW, visits=4), MINUTE, "waiting"),
        (Life(started=NOW, visits=40, failures=(NOW + SECOND,)), MINUTE, "waiting"),
        (Life(started=NOW + MINUTE, failures=(NOW + SECOND,)), 11 * MINUTE, "passed"),
        (Life(failures=(NOW + SECOND, NOW + MINUTE)), 2 * MINUTE, "failed"),
        (Life(started=NOW, failures=(NOW - SECOND, NOW - MINUTE)), MINUTE, "waiting"),
        (Life(started=NOW, failures=(NOW + 9 * MINUTE, NOW + 9 * MINUTE)), 8 * MINUTE, "waiting"),
    ],
)
def test_the_verdict(life: Life | None, after: timedelta, expected: Verdict) -> None:
    assert verdict(TRIAL, life, NOW + after) == expected


def _fails(box: Box, *failures: datetime, now: datetime) -> bool:
    life_path(box.state).write_bytes(encode(Life(failures=failures)))
    marks = Marks(box.state / "state.db")
    try:
        return settle(box.state, Shelf(box.state, marks, RESERVE), marks, now)
    finally:
        marks.close()


def _trial(box: Box) -> Trial | None:
    marks = Marks(box.state / "state.db")
    try:
        return marks.trial()
    finally:
        marks.close()


def test_an_edition_that_fails_is_taken_back_and_not_taken_again(box: Box) -> None:
    box.county.publish(services(3))
    box.pull()
    box.county.publish(services(4))
    box.pull()
    assert not _fails(box, NOW + SECOND, now=NOW + MINUTE)
    assert _fails(box, NOW + SECOND, NOW + MINUTE, now=NOW + MINUTE)
    assert box.check() == 1
    for _ in range(3):
        assert not _fails(box, NOW + SECOND, NOW + MINUTE, now=NOW + 2 * MINUTE)
        assert box.pull().edition == 1
        assert box.check() == 1
    box.county.publish(services(5))
    assert box.pull().edition == 3


def test_without_an_edition_before_it_the_box_has_none(box: Box) -> None:
    box.county.publish(services(3))
    box.pull()
    assert _fails(box, NOW, NOW, now=NOW)
    assert read_active(box.state) is None
    assert box.pull().edition == 0
    assert read_active(box.state) is None


def test_an_edition_that_holds_is_no_longer_on_trial(box: Box) -> None:
    box.county.publish(services(3))
    box.pull()
    life_path(box.state).write_bytes(encode(Life(started=NOW)))
    marks = Marks(box.state / "state.db")
    assert not settle(box.state, Shelf(box.state, marks, RESERVE), marks, NOW + 10 * MINUTE)
    marks.close()
    assert _trial(box) is None
    assert not _fails(box, NOW + 11 * MINUTE, NOW + 12 * MINUTE, now=NOW + 13 * MINUTE)
    assert box.check() == 1


def test_a_clock_set_back_begins_the_trial_anew(box: Box) -> None:
    box.county.publish(services(3))
    box.pull(now=NOW + timedelta(days=1))
    assert not _fails(box, now=NOW)
    trial = _trial(box)
    assert trial
    assert trial.began == NOW


def test_an_edition_that_was_rebuilt_is_not_on_trial_again(box: Box) -> None:
    box.county.publish(services(3))
    box.pull()
    trial = _trial(box)
    (box.state / box.active.file).write_bytes(b"damaged")
    box.pull(now=NOW + MINUTE)
    assert _trial(box) == trial
