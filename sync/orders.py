"""Commands of the county on this box: put where the kiosk finds them, taken away once the county has the answer.

The county's moments are moved to this box's clock, which may be wrong, so that a command ends when it should.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from catalog import durable
from catalog.box import Answer, Command, answer_path, command_path, read_answers, read_commands
from catalog.text import encode

LONGEST = timedelta(hours=1)
"""No command counts longer, whatever it says."""
GRACE = timedelta(minutes=2)
"""A command that expired stays so long for the kiosk to say what became of it."""


def keep(state: Path, asked: Iterable[Command], ahead: timedelta, now: datetime) -> list[Command]:
    """Put new commands where the kiosk finds them; `ahead` is how far this box's clock is ahead of the county's.

    Returns those that sync itself carries out. Raises OSError.
    """
    own = []
    for command in asked:
        ends = min(command.expires + ahead, now + LONGEST)
        path = command_path(state, command.id)
        if ends <= now or path.exists() or answer_path(state, command.id).exists():
            continue
        if command.kind == "verify":
            own.append(command)
            continue
        path.parent.mkdir(exist_ok=True)
        durable.replace(path, encode(replace(command, sent=command.sent + ahead, expires=ends)))
    return own


def answered(state: Path) -> tuple[Sequence[Answer], bool]:
    """The kiosk's answers that the county has not been told, and whether a picture of the screen is among them."""
    waiting = {command.id: command for command in read_commands(state)}
    answers = [answer for answer in read_answers(state) if answer.id in waiting]
    picture = any(answer.outcome == "done" and waiting[answer.id].kind == "screenshot" for answer in answers)
    return answers, picture


def clear(state: Path, told: Iterable[Answer], now: datetime) -> None:
    """Take away what the county was told the outcome of, and what nobody answered in time. Raises OSError."""
    for answer in told:
        command_path(state, answer.id).unlink(missing_ok=True)
    for command in read_commands(state):
        if command.expires + GRACE < now:
            command_path(state, command.id).unlink(missing_ok=True)
