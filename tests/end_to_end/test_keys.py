"""A real keyboard at a real window: no key and no chord opens, closes or changes anything."""

import random
from datetime import UTC, datetime
from pathlib import Path

import psutil

from tests.end_to_end.keys import Fingers
from tests.kiosk.test_program import PATIENCE, display, running, wait_until
from tests.sample import sample_box

MODIFIERS = (50, 62, 37, 105, 64, 108, 133, 134)
"""Key codes of both shift, control, alt and system keys on the keyboard that Xvfb has."""
CHORDS = 3000


def test_no_chord_leads_out_of_the_program(tmp_path: Path) -> None:
    box, chance = tmp_path / "box", random.Random(3)
    sample_box(box, datetime.now(UTC).astimezone())
    with (
        display() as name,
        running("kiosk", "--state", box, "--report-start", DISPLAY=name) as program,
        Fingers(name) as fingers,
    ):
        assert program.stdout is not None
        program.stdout.readline()
        process, files = psutil.Process(program.pid), set(tmp_path.rglob("*"))
        for code in fingers.codes():
            for modifier in (None, *MODIFIERS):
                fingers.chord([code] if modifier is None else [modifier, code])
        for _ in range(CHORDS):
            held = chance.sample(MODIFIERS, chance.randint(0, 4))
            fingers.chord([*held, chance.choice(fingers.codes())])
        fingers.done()
        typed = process.cpu_times()
        wait_until(lambda: _rests(process))
        assert process.cpu_times() > typed
        assert (program.poll(), process.children()) == (None, [])
        assert set(tmp_path.rglob("*")) == files
        program.terminate()
        _, complaints = program.communicate(timeout=PATIENCE)
    assert (program.returncode, complaints) == (0, "")


def _rests(process: psutil.Process) -> bool:
    """Whether it has dealt with what was typed: it hardly computes any more."""
    return bool(process.cpu_percent(0.5) < 30)
