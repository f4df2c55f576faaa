"""What is said and how: words for numbers, sentences, and a voice that is a program on PATH."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.speech import PATIENCE, Speech, find_voice, pronounced
from kiosk.spoken import LONGEST, sentences, spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("电话 0000-7149119", "电话 零零零零，七幺四九幺幺九"),
        ("手机 13912345678", "手机 幺三九幺二三四五六七八"),
        ("400-123-4567", "四零零，幺二三，四五六七"),
        ("拨打12345热线", "拨打幺二三四五热线"),
        ("请拨打 110", "请拨打 幺幺零"),
        ("补助 110 元", "补助 110 元"),
        ("2026-11-22", "二零二六年11月22日"),
        ("2026年", "二零二六年"),
        ("2026—2028年", "二零二六到二零二八年"),
        ("国办发〔2025〕24号", "国办发二零二五年，24号"),
        ("第492号令", "第492号令"),
        ("10:30", "10点30分"),
        ("9:00-12:00", "9点到12点"),
        ("9:05", "9点零5分"),
        ("①填表②签字", "1，填表2，签字"),
        ("B03 窗口", "B 零三 窗口"),
        ("3-5 个工作日", "3到5 个工作日"),
        ("补贴30%，4.5 吨", "补贴百分之30，4点五 吨"),
        ("12,800 元", "12800 元"),
        ("200元/月", "200元每月"),
        ("身份证（原件）", "身份证，原件"),
        ("APP 和 PDF", "A P P 和 P D F"),
        ("-5℃", "零下5摄氏度"),
    ],
)
def test_chinese_is_said_as_people_say_it(written: str, said: str) -> None:
    assert spoken(written, "zh") == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Phone: 0000-7149119", "Phone: 0 0 0 0, 7 1 4 9 1 1 9"),
        ("Call 12345", "Call 1 2 3 4 5"),
        ("On 2026-11-22", "On 22 November 2026"),
        ("9:00-17:30", "9 a m to 5 30 p m"),
        ("ID card, window B03", "I D card, window B 0 3"),
        ("3-5 working days", "3 to 5 working days"),
        ("No. 492", "number 492"),
        ("窗口 B03", "窗口 B 零三"),
    ],
)
def test_english_is_said_as_people_say_it(written: str, said: str) -> None:
    assert spoken(written, "en") == said


def test_a_text_is_said_sentence_by_sentence() -> None:
    assert sentences("请带身份证。到 3 楼！\n—— \nThe fee is 3.5 yuan. Pay here.") == [
        "请带身份证。",
        "到 3 楼！",
        "The fee is 3.5 yuan.",
        "Pay here.",
    ]


@given(st.text(max_size=400), st.sampled_from(["zh", "en"]))
def test_any_text_can_be_said(text: str, language: str) -> None:
    for sentence in sentences(text):
        assert len(sentence) <= LONGEST
        said = spoken(sentence, language)
        assert not set(said) & {"\x00", "\x01", "\x1b", "[", "<", "\\"}, "a voice would obey it"


def test_words_that_the_mandarin_voice_misreads_are_spelled_in_pinyin() -> None:
    assert pronounced("银行还款").split() == ["yin2", "hang2", "huan2", "kuan3"]
    assert "di4" not in pronounced("项目的"), "目的 is not a word in it"


FAKE = """#!/bin/sh
echo "$@" >> {log}
cat >> {log}
echo >> {log}
{then}
"""


class Hall:
    """A PATH with one program on it that stands in for espeak-ng."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log, self.now = folder, folder / "log", 0.0
        self.log.touch()

    def program(self, then: str, name: str = "espeak-ng") -> None:
        script = self.folder / name
        script.write_text(FAKE.format(log=self.log, then=then), encoding="utf-8")
        script.chmod(0o755)

    def speech(self) -> Speech:
        path = f"{self.folder}"
        return Speech(find_voice(path, self.folder), lambda: self.now)

    def heard(self) -> str:
        return self.log.read_text(encoding="utf-8")


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path)


def until(speech: Speech, condition: Callable[[], bool]) -> None:
    """Look until something holds."""
    for _ in range(2_000_000):
        if condition():
            return
        speech.look()
    raise AssertionError("it did not happen")


def test_sentences_follow_each_other(hall: Hall) -> None:
    hall.program("exit 0")
    speech = hall.speech()
    speech.start(["一楼。", "Window B03."], "zh", 3)
    assert speech.at == 0
    until(speech, lambda: speech.at is None)
    assert not speech.mute
    said = [line for line in hall.heard().splitlines() if line]
    assert said[1::2] == ["一楼。", "Window B 0 3."]
    assert "-vcmn-latn-pinyin" in said[0]
    assert "-a120" in said[0]
    assert "一楼" not in said[0], "never in the list of processes"


def test_stopping_ends_the_voice_at_once(hall: Hall) -> None:
    hall.program("exec sleep 600")
    speech = hall.speech()
    speech.start(["一。", "二。"], "zh", 3)
    running = speech._running
    assert running is not None
    speech.stop()
    assert (speech.at, speech._running) == (None, None)
    assert running.returncode == -9


def test_another_volume_begins_the_sentence_again(hall: Hall) -> None:
    hall.program("exec sleep 600")
    speech = hall.speech()
    speech.start(["一。"], "zh", 3)
    until(speech, lambda: "一" in hall.heard())
    speech.louder(5)
    until(speech, lambda: hall.heard().count("一") == 2)
    assert "-a200" in hall.heard()
    speech.stop()


@pytest.mark.parametrize("then", ["exit 1", 'echo "error: No such file or directory" >&2', "kill -SEGV $$"])
def test_a_voice_without_a_loudspeaker_is_mute(hall: Hall, then: str) -> None:
    hall.program(then)
    speech = hall.speech()
    speech.start(["一。", "二。"], "zh", 3)
    until(speech, lambda: speech.at is None)
    assert speech.mute
    assert "二" not in hall.heard()


def test_chatter_of_the_sound_system_is_no_error(hall: Hall) -> None:
    hall.program('echo "ALSA lib pcm_dmix.c:1032: unable to open slave" >&2')
    speech = hall.speech()
    speech.start(["一。"], "zh", 3)
    until(speech, lambda: speech.at is None)
    assert not speech.mute


def test_a_voice_that_hangs_is_ended(hall: Hall) -> None:
    hall.program("exec sleep 600")
    speech = hall.speech()
    speech.start(["一。"], "zh", 3)
    hall.now += PATIENCE + 3
    speech.look()
    assert speech.mute
    assert speech._running is None


def test_without_a_voice_it_is_mute(hall: Hall) -> None:
    speech = hall.speech()
    speech.start(["一。"], "zh", 3)
    assert (speech.mute, speech.at) == (True, None)


def test_a_voice_that_cannot_be_started_is_mute(hall: Hall) -> None:
    (hall.folder / "espeak-ng").write_bytes(b"\x7fELF")
    (hall.folder / "espeak-ng").chmod(0o755)
    speech = hall.speech()
    speech.start(["一。"], "zh", 3)
    assert speech.mute


def test_speech_dispatcher_goes_first_when_it_runs(hall: Hall) -> None:
    hall.program("exit 0")
    hall.program("exec sleep 600", "spd-say")
    voice = find_voice(str(hall.folder), hall.folder)
    assert voice is not None
    assert voice.command("zh", 3)[0].endswith("espeak-ng"), "it is installed but does not run"
    (hall.folder / "speech-dispatcher").mkdir()
    (hall.folder / "speech-dispatcher" / "speechd.sock").touch()
    speech = hall.speech()
    speech.start(["一楼。"], "zh", 3)
    until(speech, lambda: "一楼" in hall.heard())
    hall.program("exit 0", "spd-say")
    speech.stop()
    until(speech, lambda: speech._hushing is None)
    assert "--cancel" in hall.heard()


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
@pytest.mark.parametrize(("language", "text"), [("zh", "请到一楼银行窗口。"), ("en", "Go to window A12.")])
def test_the_real_voice_makes_sound(language: str, text: str) -> None:
    voice = find_voice("/usr/bin:/usr/local/bin", Path("/nowhere"))
    assert voice is not None
    said = voice.prepare(spoken(text, language), "zh" if language == "zh" else "en").encode()
    made = subprocess.run(
        [*voice.command("zh" if language == "zh" else "en", 3), "--stdout"],
        input=said,
        capture_output=True,
        check=True,
    )
    assert made.stdout.startswith(b"RIFF")
    assert len(made.stdout) > 30_000
