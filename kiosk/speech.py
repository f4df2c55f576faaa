"""The voice: a program of its own that says one sentence after another.

It is speech-dispatcher where that runs, else espeak-ng. A sentence reaches it through its standard input, so nothing
of what a visitor reads is on disk or in the list of processes. Nobody waits for it: `Speech.look`, called by a clock,
sees whether a sentence has ended. Stopping ends the program in the middle of a word.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from catalog.wording import Language
from kiosk.spoken import language_of, spoken

LOUDEST = 5
PATIENCE = 20.0
"""Seconds, and one more for each character, after which a voice that has not ended is broken."""

_LONGEST_WORD = 4
_NOWHERE = subprocess.DEVNULL


@dataclass(frozen=True, slots=True)
class Voice:
    """A program that can speak. `hush` is what else to run when it is stopped."""

    command: Callable[[Language, int], Sequence[str]]
    prepare: Callable[[str, Language], str]
    hush: tuple[str, ...] = ()


def find_voice(path: str, runtime: Path) -> Voice | None:
    """The voice among the programs on `path`; `runtime` is where speech-dispatcher has its socket."""
    dispatcher = shutil.which("spd-say", path=path)
    if dispatcher and (runtime / "speech-dispatcher" / "speechd.sock").exists():
        return Voice(
            lambda language, volume: (
                dispatcher,
                "--wait",
                "--pipe-mode",
                f"--language={language}",
                f"--volume={-100 + 200 * volume // LOUDEST}",
                "--rate=-20",
            ),
            lambda text, _: f"{text}\n",
            (dispatcher, "--cancel"),
        )
    espeak = shutil.which("espeak-ng", path=path)
    if espeak:
        voices = {"zh": "cmn-latn-pinyin", "en": "en"}
        return Voice(
            lambda language, volume: (
                espeak,
                "--stdin",
                "-b1",
                f"-v{voices[language]}",
                f"-a{200 * volume // LOUDEST}",
                "-s150",
            ),
            lambda text, language: pronounced(text) if language == "zh" else text,
        )
    return None


def here() -> Voice | None:
    """The voice of this machine."""
    return find_voice(os.environ.get("PATH", ""), Path(os.environ.get("XDG_RUNTIME_DIR", "/run/user/0")))


class Speech:
    """Says sentences one after another; `at` is the one being said, None when nothing is."""

    def __init__(self, voice: Voice | None, monotonic: Callable[[], float]) -> None:
        self._voice, self._monotonic = voice, monotonic
        self._sentences: Sequence[str] = ()
        self._language, self._volume = "zh", LOUDEST
        self._running: subprocess.Popen[bytes] | None = None
        self._hushing: subprocess.Popen[bytes] | None = None
        self._until = 0.0
        self.at: int | None = None
        self.mute = False
        """Nothing can be heard: there is no voice, or it cannot reach a loudspeaker."""

    def start(self, sentences: Sequence[str], language: str, volume: int) -> None:
        """Say these, `volume` from 1 to `LOUDEST`."""
        self.stop()
        self._sentences, self._language, self._volume, self.mute = sentences, language, volume, False
        if sentences:
            self._say(0)

    def louder(self, volume: int) -> None:
        """Begin the sentence again at another volume."""
        self._volume = volume
        if self.at is not None:
            self._end()
            self._say(self.at)

    def look(self) -> None:
        """Go on when a sentence has ended."""
        if self._hushing is not None and self._hushing.poll() is not None:
            self._hushing = None
        if self._running is None or self.at is None:
            return
        if self._running.poll() is None:
            if self._monotonic() > self._until:
                self._fail()
        elif self._failed(self._running):
            self._fail()
        elif self.at + 1 < len(self._sentences):
            self._end()
            self._say(self.at + 1)
        else:
            self.stop()

    def stop(self) -> None:
        """Be silent now."""
        self._end()
        self.at, self._sentences = None, ()

    def _fail(self) -> None:
        self.stop()
        self.mute = True

    def _say(self, number: int) -> None:
        text = self._sentences[number]
        language = language_of(text, self._language)
        if self._voice is None:
            self._fail()
            return
        try:
            self._running = subprocess.Popen(
                self._voice.command(language, self._volume),
                stdin=subprocess.PIPE,
                stdout=_NOWHERE,
                stderr=subprocess.PIPE,
            )
        except OSError:
            self._fail()
            return
        self.at, self._until = number, self._monotonic() + PATIENCE + len(text)
        said = self._voice.prepare(spoken(text, self._language), language)
        assert self._running.stdin is not None
        try:
            self._running.stdin.write(said.encode())
            self._running.stdin.close()
        except BrokenPipeError:
            pass  # its exit code tells

    def _end(self) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        if running.poll() is None:
            running.kill()
            if self._voice is not None and self._voice.hush:
                self._hushing = subprocess.Popen(self._voice.hush, stdout=_NOWHERE, stderr=_NOWHERE)
        assert running.stderr is not None
        running.stderr.close()
        running.wait()

    @staticmethod
    def _failed(ended: subprocess.Popen[bytes]) -> bool:
        """Whether nothing was heard. Without a loudspeaker espeak-ng ends well but says so."""
        assert ended.stderr is not None
        complaints = ended.stderr.read().splitlines()
        return ended.returncode != 0 or any(line.startswith(b"error:") for line in complaints)


def pronounced(text: str) -> str:
    """Chinese text with the words that espeak-ng misreads written in pinyin, as in 银行 → yin2 hang2."""
    readings, said, at = _readings(), "", 0
    while at < len(text):
        for length in range(_LONGEST_WORD, 0, -1):
            reading = readings.get(text[at : at + length])
            if reading:
                said, at = f"{said} {reading} ", at + length
                break
        else:
            said, at = said + text[at], at + 1
    return said


@cache
def _readings() -> dict[str, str]:
    lines = files("assets").joinpath("speech", "readings.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if line and not line.startswith("#"))
