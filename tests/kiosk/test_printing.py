"""Printing with a printer that has a fault: the visitor hears of it, and no page is left for the next one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from kiosk.printing import Printer, own_printer
from screens.handoff.page import Printing, Reason
from tests.kiosk.cups import SETTINGS, USER, Clock, Cups, until

pytestmark = pytest.mark.slow
PATIENCE = 20.0
"""Seconds within which a visitor must hear how printing ended."""
SHEET = b'{"title": "sheet"}'


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cups:
    found = Cups(tmp_path / "cups")
    for name, value in found.environment.items():
        monkeypatch.setenv(name, value)
    return found


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def printer(cups: Cups, clock: Clock) -> Iterator[Printer]:
    """A printer that is ready. Afterwards no program of it may be running."""
    printer = Printer(SETTINGS, ["cat"], USER, clock)
    assert printer.state == Printing("absent")
    until(printer, clock, "ready")
    yield printer
    printer.close()
    assert psutil.Process().children() == []


def test_a_sheet_goes_through_memory_into_the_tray(printer: Printer, cups: Cups, clock: Clock) -> None:
    printer.send("service/x", SHEET)
    assert printer.state == Printing("working", "service/x")
    assert until(printer, clock, "done") < PATIENCE
    assert (printer.state, cups.printed) == (Printing("done", "service/x"), SHEET)
    assert cups.log("lp") == ["-d hall -t openhall -- -"]
    assert cups.log("cancel") == []


def test_another_sheet_can_follow(printer: Printer, cups: Cups, clock: Clock) -> None:
    printer.send("service/x", SHEET)
    until(printer, clock, "done")
    printer.send("service/y", SHEET)
    until(printer, clock, "done")
    assert len(cups.log("lp")) == 2


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("refuse", "off"),
        ("gone", "off"),
        ("stopped", "off"),
        ("mute", "off"),
        ("empty", "paper"),
        ("jam", "jam"),
        ("asleep", "slow"),
        ("hang", "slow"),
    ],
)
def test_a_fault_is_told_in_time_and_leaves_nothing_to_print(
    printer: Printer, cups: Cups, clock: Clock, fault: str, reason: Reason
) -> None:
    cups.fault(fault)
    printer.send("service/x", SHEET)
    assert until(printer, clock, "failed") <= PATIENCE
    assert printer.state == Printing("failed", "service/x", reason)
    cups.fault("fine")
    printer.cancel()
    clock.added += 10
    until(printer, clock, "ready")
    assert not cups.waiting
    assert not cups.printed


def test_the_fake_printer_would_print_a_job_that_is_left(printer: Printer, cups: Cups, clock: Clock) -> None:
    """The negative control: without cancelling, the job is there when paper is put in."""
    cups.fault("empty")
    printer.send("service/x", SHEET)
    while not cups.waiting:
        printer.poll()
    assert cups.waiting


def test_a_visitor_who_leaves_takes_the_job_along(printer: Printer, cups: Cups, clock: Clock) -> None:
    cups.fault("asleep")
    printer.send("service/x", SHEET)
    while not cups.waiting:
        printer.poll()
    printer.cancel()
    assert printer.state == Printing("absent")
    until(printer, clock, "ready")
    assert not cups.waiting
    assert cups.log("cancel") == ["-a -u kiosk hall"]


@pytest.mark.parametrize("polls", range(0, 60, 7))
def test_leaving_at_any_moment_leaves_nothing(printer: Printer, cups: Cups, clock: Clock, polls: int) -> None:
    cups.fault("asleep")
    printer.send("service/x", SHEET)
    for _ in range(polls):
        printer.poll()
    printer.cancel()
    until(printer, clock, "ready")
    assert not cups.waiting


def test_nothing_is_printed_before_the_queue_is_seen_empty(
    printer: Printer, cups: Cups, clock: Clock
) -> None:
    cups.fault("asleep")
    printer.send("service/x", SHEET)
    while not cups.waiting:
        printer.poll()
    cups.fault("stubborn")
    printer.cancel()
    while len(cups.log("cancel")) < 3:
        printer.poll()
    printer.send("service/y", SHEET)
    assert printer.state == Printing("absent")
    assert len(cups.log("lp")) == 1
    cups.fault("fine")
    clock.added += 100
    until(printer, clock, "ready")
    assert not cups.waiting


def test_a_job_of_an_earlier_life_is_taken_back_first(cups: Cups, clock: Clock) -> None:
    (cups.folder / "spool").write_bytes(b"left over")
    cups.fault("asleep")
    printer = Printer(SETTINGS, ["cat"], USER, clock)
    printer.send("service/x", SHEET)
    assert printer.state == Printing("absent")
    until(printer, clock, "ready")
    assert not cups.waiting
    printer.close()


def test_without_cups_there_is_no_printer(cups: Cups, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(cups.folder))
    printer = own_printer(SETTINGS, clock)
    for _ in range(50):
        assert not printer.poll()
        clock.added += 1
    assert printer.state == Printing("absent")
    printer.close()


def test_a_hanging_program_dies_with_a_kiosk_that_is_killed(cups: Cups) -> None:
    cups.fault("hang")
    kiosk = subprocess.Popen([sys.executable, "-m", "tests.kiosk.cups"])
    pid = cups.folder / "lp.pid"
    while not (pid.exists() and pid.read_text().strip()):
        assert kiosk.poll() is None
    hanging = psutil.Process(int(pid.read_text()))
    kiosk.kill()
    kiosk.wait()
    with suppress(psutil.NoSuchProcess):
        hanging.wait(5)


def test_jobs_of_other_people_are_left_alone(printer: Printer, cups: Cups, clock: Clock) -> None:
    printer.send("service/x", SHEET)
    until(printer, clock, "done")
    assert cups.log("cancel") == []


def test_months_of_printing_keep_no_files_open(printer: Printer, cups: Cups, clock: Clock) -> None:
    def once(fault: str) -> int:
        cups.fault(fault)
        printer.send("service/x", SHEET)
        for _ in range(20):
            printer.poll()
        printer.cancel()
        clock.added += 100
        cups.fault("fine")
        until(printer, clock, "ready")
        return len(os.listdir("/proc/self/fd"))

    first = once("empty")
    assert {once(fault) for fault in ("fine", "jam", "asleep", "fine")} == {first}
