"""Giving way: whatever sync does, the visitor's window comes first, whoever started sync and however."""

import os
from contextlib import suppress


def give_way() -> None:
    """Use a processor, and with it the disk, only while nobody else wants them.

    Linux treats a processor that does nothing but idle work as free, so the window's threads are never put behind it,
    and idle work waits for the disk, too (sched(7), ioprio_set(2)). Where a unit has seen to it and forbids the call,
    nothing is to be done.
    """
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, 19)
        if os.sched_getscheduler(0) != os.SCHED_IDLE:
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
