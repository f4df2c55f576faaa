"""Giving way: whatever sync does, the visitor's window comes first, whoever started sync and however."""

import os
from contextlib import suppress

NICENESS = 10
"""A tenth of what a window that draws all the time gets. Lower, an emergency would hardly come through on a machine
that is busy."""


def give_way() -> None:
    """Lower this program's priority; where a unit has seen to it and forbids the call, nothing is to be done."""
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, max(NICENESS, os.getpriority(os.PRIO_PROCESS, 0)))
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
