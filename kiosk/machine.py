"""The box under the kiosk: how it is, and the few things that staff may ask of it."""

import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from catalog.box import read_active, read_status, sync_request_path
from kiosk.staff import Readings

PATIENCE = 2
"""Seconds that the screen may stand still for a member of staff."""


class Machine:
    """`louder` and `quieter` are the commands that change the loudness of the box."""

    def __init__(self, state: Path, louder: Sequence[str], quieter: Sequence[str]) -> None:
        self._state, self._volume = state, {"louder": louder, "quieter": quieter}

    def readings(self) -> Readings:
        """How the box is now."""
        active, status = read_active(self._state), read_status(self._state)
        resident = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        return Readings(
            edition=active.edition if active else 0,
            digest=active.digest if active else "",
            confirmed=status.confirmed if status else None,
            network=status.network if status else "",
            uptime=time.clock_gettime(time.CLOCK_BOOTTIME),
            memory=resident,
            disk_free=shutil.disk_usage(self._state).free,
        )

    def ask_sync(self) -> None:
        """Have sync look at the county server now. Raises OSError."""
        path = sync_request_path(self._state)
        path.parent.mkdir(exist_ok=True)
        path.touch()

    def change_volume(self, direction: str) -> bool:
        """Make the box `louder` or `quieter`. False when it could not."""
        command = self._volume.get(direction, ())
        if not command or shutil.which(command[0]) is None:
            return False
        try:
            done = subprocess.run(command, timeout=PATIENCE, capture_output=True, check=False)
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0
