"""Giving way: whatever sync does, the visitor's window comes first, whoever started sync and however."""

import os
from contextlib import suppress


def give_way() -> None:
    """Take only what of the processor nobody else wants.

    Where a unit has seen to it and forbids the call, nothing is to be done.
    """
    with suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
