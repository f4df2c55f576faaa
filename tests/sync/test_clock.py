"""Clocks that are wrong, on the box or in what was signed: new content waits, what is shown stays."""

from datetime import timedelta

import pytest

from sync.errors import Misdated, Untrusted
from sync.marks import NEVER, Marks
from tests.sync.conftest import Box
from tests.sync.double import NOW, MemoryFetcher, services

DAY = timedelta(days=1)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The county's server says what time it is, as web servers do."""
    monkeypatch.setattr(MemoryFetcher, "said", NOW, raising=False)
    monkeypatch.setattr(MemoryFetcher, "__setattr__", _all_but_said)


def _all_but_said(fetcher: MemoryFetcher, name: str, value: object) -> None:
    if name != "said":
        object.__setattr__(fetcher, name, value)


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("ahead", [31 * DAY, 365 * DAY, 73 * 365 * DAY])
def test_a_clock_far_ahead_is_named_and_brings_nothing(box: Box, ahead: timedelta) -> None:
    box.county.publish(services(3))
    box.pull()
    box.county.publish(services(4))
    with pytest.raises(Misdated, match="this box's time"):
        box.pull(now=NOW + ahead)
    assert box.check() == 1
    assert box.pull().edition == 2


def test_without_the_countys_word_it_is_an_expired_signature(box: Box) -> None:
    box.county.publish(services(3))
    with pytest.raises(Untrusted) as caught:
        box.pull(now=NOW + 31 * DAY)
    assert caught.value.event == "expired"


@pytest.mark.usefixtures("told")
def test_expired_by_the_countys_own_clock_it_is_no_fault_of_ours(box: Box) -> None:
    box.county.publish(services(3))
    box.county.expires = NOW - 2 * DAY
    box.county.sign()
    with pytest.raises(Untrusted) as caught:
        box.pull()
    assert caught.value.event == "expired"


def _issued(box: Box) -> object:
    marks = Marks(box.state / "state.db")
    try:
        return marks.moment("issued")
    finally:
        marks.close()


def test_the_newest_signed_time_is_remembered(box: Box) -> None:
    box.county.publish(services(3))
    box.pull()
    assert _issued(box) == NEVER
    for day in (1, 2):
        box.county.timestamp.unrecognized_fields["x-issued"] = (NOW + day * DAY).isoformat()
        box.county.sign()
        box.pull()
    assert _issued(box) == NOW + 2 * DAY


@pytest.mark.parametrize("word", ["", "yesterday", 5, None, "2026-11-22T09:00:00"])
def test_a_signed_time_that_is_none_is_no_time(box: Box, word: object) -> None:
    box.county.timestamp.unrecognized_fields["x-issued"] = word
    box.county.publish(services(3))
    assert box.pull().edition == 1
    assert _issued(box) == NEVER


def test_a_time_signed_with_a_stolen_key_is_forgotten_with_the_key(box: Box) -> None:
    box.county.publish(services(3))
    box.county.timestamp.unrecognized_fields["x-issued"] = "2099-01-01T00:00:00+00:00"
    box.county.sign()
    box.pull()
    stolen = _issued(box)
    assert stolen != NEVER
    box.county.timestamp.unrecognized_fields["x-issued"] = NOW.isoformat()
    box.county.rotate("timestamp")
    box.county.publish(services(4))
    with pytest.raises(Untrusted, match="expired"):
        box.pull(now=NOW + 73 * 365 * DAY)  # as the attempt computes it, from the stolen time
    assert _issued(box) == NEVER
    assert box.pull().edition == 2
