"""What staff do at the kiosk: the pad, and the acts behind it. An act from anybody else does nothing."""

from collections.abc import Callable
from datetime import datetime

from kiosk.machine import Machine
from kiosk.pin import Lock
from kiosk.staff import CLEANING_SECONDS
from kiosk.visit import Visit
from screens.pin.page import typed


class Desk:
    """Acts on `visit.staff`. `print_test` is None where there is no printer."""

    def __init__(
        self,
        visit: Visit,
        lock: Lock,
        machine: Machine,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        restart: Callable[[], None],
        print_test: Callable[[], None] | None = None,
    ) -> None:
        self._visit, self._lock, self._machine, self._print_test = visit, lock, machine, print_test
        self._clock, self._monotonic, self._restart = clock, monotonic, restart

    def enter(self) -> None:
        """Somebody made the gesture: get the pad ready."""
        staff = self._visit.staff
        staff.digits, staff.said, staff.open = "", "", False
        staff.has_pin, staff.printer = self._lock.has_pin, self._print_test is not None
        staff.blocked_until = self._lock.blocked_until(self._clock())

    def act(self, rest: str) -> None:
        """Do what `do/staff/<rest>` asks for."""
        name, _, detail = rest.partition("/")
        staff = self._visit.staff
        if name == "digit":
            staff.digits, staff.said = typed(staff.digits, detail), ""
        elif name == "delete":
            staff.digits = staff.digits[:-1]
        elif name == "open":
            self._open()
        elif staff.open:
            staff.said = self._behind(name, detail)
            staff.readings = self._machine.readings()

    def _open(self) -> None:
        staff, now = self._visit.staff, self._clock()
        pin, staff.digits = staff.digits, ""
        if not pin:
            return
        staff.open = self._lock.opens(pin, now)
        staff.blocked_until = self._lock.blocked_until(now)
        staff.said = "" if staff.open else "staff-wrong"
        if staff.open:
            staff.readings = self._machine.readings()

    def _behind(self, name: str, detail: str) -> str:
        """What is behind the PIN; the name of the text that answers."""
        if name == "clean":
            self._visit.staff.cleaning_until = self._monotonic() + CLEANING_SECONDS
            self._visit.staff.cleaning_left = int(CLEANING_SECONDS)
        elif name == "restart":
            self._restart()
        elif name == "print" and self._print_test is not None:
            self._print_test()
            return "staff-print-asked"
        elif name == "sync":
            self._machine.ask_sync()
            return "staff-sync-asked"
        elif name == "volume":
            changed = self._machine.change_volume(detail)
            return "staff-volume-changed" if changed else "staff-volume-missing"
        return ""
