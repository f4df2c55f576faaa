"""Giving way: whatever sync does, the visitor's window comes first, whoever started sync and however."""

import os
from contextlib import suppress
from pathlib import Path

LAST = "19"


def give_way() -> None:
    """Take only what of the processor nobody else wants.

    Linux shares the processor among sessions first where no control groups do, so a session of our own steps back as a
    whole. Where a unit has seen to it and forbids the calls, nothing is to be done.
    """
    with suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    if os.getsid(0) == os.getpid():
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(LAST)
