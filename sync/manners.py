"""Giving way: whatever sync does, the visitor's window comes first, whoever started sync and however."""

import os
from contextlib import suppress


def give_way() -> None:
    """Take the lowest priority, and never a processor from somebody at work.

    Not SCHED_IDLE, which leaves nothing at all on a machine that is busy: an emergency must arrive on that, too. Where
    a unit has seen to it and forbids the call, nothing is to be done.
    """
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, 19)
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
