"""A box and a real county server: taken in, heard, asked for things; and its outbox delivered, whatever breaks."""

import random
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import func, select

from catalog import fleet
from catalog.box import Answer, answer_path, command_path, read_active, screen_path
from catalog.fleet import PNG, Delivery
from catalog.outbox import KINDS, SCHEMA, outbox_path
from catalog.text import encode
from county.database.insight import report as reported
from county.fleet import commands, kiosks, reports
from sync.__main__ import main
from sync.api import Api
from sync.errors import SyncError, Unreachable
from sync.identity import Identity, read_identity
from sync.memory import Memory
from sync.outbox import URGENT, deliver, is_waiting
from sync.talk import Talk, talk
from tests.county.catalogue import organisation
from tests.sync.double import SETTINGS
from tests.sync.served import ServedCounty, now, served_county
from tests.sync.under_fire import under_fire

pytestmark = pytest.mark.slow
T = TypeVar("T")


@pytest.fixture
def county(tmp_path: Path) -> Iterator[ServedCounty]:
    with served_county(tmp_path / "county") as county:
        yield county


@pytest.fixture
def box(tmp_path: Path, county: ServedCounty) -> Path:
    """The state folder of a box that was taken in."""
    state = tmp_path / "box"
    assert main(["enrol", "--state", str(state), county.url, county.code().text]) == 0
    return state


def identity(box: Path) -> Identity:
    found = read_identity(box)
    assert found
    return found


def fill(box: Path, rows: int, outbox: int = 77) -> None:
    """Put calls and opinions into the outbox, as a kiosk would."""
    box.mkdir(exist_ok=True)
    with closing(sqlite3.connect(outbox_path(box))) as file, file:
        file.executescript(SCHEMA)
        file.execute(f"PRAGMA user_version = {outbox}")
        start = file.execute("SELECT count(*) FROM row").fetchone()[0] // 2
        for number in range(start + 1, start + 1 + rows // 2):
            call = encode({"call": f"c{number}", "state": "asked", "at": now()})
            opinion = encode({"day": now().date(), "survey": "s", "edition": 1, "answers": {"q": [5]}})
            file.execute("INSERT INTO row VALUES (?, 'call', ?, ?)", (f"c{number}", number, call))
            file.execute("INSERT INTO row VALUES (?, 'rating', ?, ?)", (f"r{number}", number, opinion))


def kept(county: ServedCounty) -> Mapping[str, int]:
    """Row id → how often the county has it."""
    with county.engine.connect() as connection:
        rows = connection.execute(select(reported.c.row, func.count()).group_by(reported.c.row))
        return {row[0]: row[1] for row in rows}


def say(box: Path, kinds: tuple[str, ...] = tuple(KINDS)) -> Talk:
    said = talk(box, SETTINGS, kinds, now)
    assert said
    return said


def test_a_box_that_was_taken_in_follows_its_county(box: Path, county: ServedCounty) -> None:
    county.publish([organisation(1)])
    assert main(["--once", "--state", str(box)]) == 0
    active = read_active(box)
    assert active
    with county.engine.connect() as connection:
        said = reports.newest(connection, identity(box).kiosk)
    assert said
    assert (said.edition, said.digest, said.network) == (active.edition, active.digest, "ok")
    assert said.newest == active.edition


def test_enrolling_says_what_to_do(
    tmp_path: Path, county: ServedCounty, capsys: pytest.CaptureFixture[str]
) -> None:
    state, code = tmp_path / "box", county.code()
    for wrong in ("nonsense", code.text[:-1] + ("0" if code.text[-1] != "0" else "1")):
        assert main(["enrol", "--state", str(state), county.url, wrong]) == 2
    assert main(["enrol", "--state", str(state), "http://127.0.0.1:9/", code.text]) == 1
    assert not (state / "identity.json").exists()
    assert main(["enrol", "--state", str(state), county.url, code.text]) == 0
    assert (state / "identity.json").stat().st_mode & 0o077 == 0
    assert main(["enrol", "--state", str(tmp_path / "other"), county.url, code.text]) == 1
    assert "new code" in capsys.readouterr().err


def test_a_root_put_in_between_is_not_trusted(tmp_path: Path, county: ServedCounty) -> None:
    code, state = county.code(), tmp_path / "box"
    root = county.settings.repository / "metadata" / "1.root.json"
    root.write_bytes(root.read_bytes() + b"\n")
    assert main(["enrol", "--state", str(state), county.url, code.text]) == 1
    assert not (state / "root.json").exists()
    assert not (state / "identity.json").exists()


def test_a_command_is_handed_to_the_kiosk_and_its_answer_back(box: Path, county: ServedCounty) -> None:
    kiosk = identity(box).kiosk
    asked = county.ask(kiosk, "screenshot")
    assert say(box).commands == 1
    assert command_path(box, asked.id).exists()
    say(box)
    screen_path(box).write_bytes(PNG + b"picture")
    answer_path(box, asked.id).parent.mkdir()
    answer_path(box, asked.id).write_bytes(encode(Answer(id=asked.id, outcome="done", at=now())))
    assert say(box).commands == 0
    assert not command_path(box, asked.id).exists()
    assert (county.settings.folder / "pictures" / f"{kiosk}.png").read_bytes() == PNG + b"picture"
    with county.engine.connect() as connection:
        assert [sent.outcome for sent in commands.history(connection, kiosk)] == ["done"]


@pytest.mark.parametrize(("damaged", "outcome"), [(False, "done"), (True, "unfit")])
def test_the_box_looks_its_edition_through_when_asked(
    box: Path, county: ServedCounty, damaged: bool, outcome: str
) -> None:
    county.publish([organisation(1)])
    main(["--once", "--state", str(box)])
    active = read_active(box)
    assert active
    if damaged:
        with (box / active.file).open("r+b") as file:
            file.seek(4096)
            file.write(b"x" * 8192)
    county.ask(identity(box).kiosk, "verify")
    say(box)
    with county.engine.connect() as connection:
        assert commands.history(connection, identity(box).kiosk)[0].outcome == outcome


def test_a_revoked_box_keeps_what_it_shows_and_what_it_was_told(box: Path, county: ServedCounty) -> None:
    fill(box, 2)
    with county.engine.begin() as connection:
        kiosks.revoke(connection, identity(box).kiosk, "admin", now())
    assert say(box).error
    with closing(Memory(box / "state.db")) as memory:
        assert is_waiting(box, memory)


def test_a_lost_memory_costs_a_repetition_and_nothing_else(box: Path, county: ServedCounty) -> None:
    fill(box, 10)
    assert say(box).rows == 10
    (box / "state.db").unlink()
    assert say(box).rows == 10
    assert set(kept(county).values()) == {1}


def test_a_clock_in_the_past_does_not_silence_a_box(box: Path, county: ServedCounty) -> None:
    say(box)
    (box / "state.db").unlink()
    found = identity(box)
    with closing(Memory(box / "state.db")) as memory:
        api = Api(found, memory, SETTINGS, milliseconds=lambda: 0)
        said = fleet.Report(at=now(), program="1")
        assert api.ask(fleet.REPORT, encode(said), fleet.Heard).name == "一号机"
        api.close()


def test_calls_go_at_once_and_opinions_wait(box: Path, county: ServedCounty) -> None:
    fill(box, 10)
    assert say(box, URGENT).rows == 5
    assert {row[0] for row in kept(county)} == {"c"}
    assert say(box).rows == 5


def test_another_outbox_file_is_delivered_from_its_beginning(box: Path, county: ServedCounty) -> None:
    fill(box, 4)
    say(box)
    outbox_path(box).unlink()
    fill(box, 4, outbox=78)
    with closing(sqlite3.connect(outbox_path(box))) as file, file:
        file.execute("UPDATE row SET id = 'new-' || id")
    assert say(box).rows == 4
    assert len(kept(county)) == 8


class LosingDesk:
    """Loses requests and answers by chance."""

    def __init__(self, api: Api, chance: random.Random, p: float) -> None:
        self._api, self._chance, self._p = api, chance, p

    def ask(self, path: str, body: bytes, shape: type[T]) -> T:
        if self._chance.random() < self._p / 4:
            raise Unreachable("the request was lost")
        answer = self._api.ask(path, body, shape)
        if self._chance.random() < self._p:
            raise Unreachable("the answer was lost")
        return answer


def test_lost_answers_lose_nothing_and_count_nothing_twice(box: Path, county: ServedCounty) -> None:
    chance, rows = random.Random(1), 6_000
    fill(box, rows)
    with closing(Memory(box / "state.db")) as memory:
        api = Api(identity(box), memory, SETTINGS)
        desk = LosingDesk(api, chance, p=0.5)
        while is_waiting(box, memory):
            with suppress(SyncError):
                deliver(box, memory, desk, rounds=chance.randint(1, 3))
            if chance.random() < 0.05:
                memory.acknowledge(1, ())  # as if it had been lost: all is delivered again
        api.close()
    counted = kept(county)
    assert len(counted) == rows
    assert set(counted.values()) == {1}


def test_a_delivery_is_never_too_large(box: Path, county: ServedCounty) -> None:
    big = encode({"day": now().date(), "survey": "s", "edition": 1, "answers": {"q": ["x" * 60_000]}})
    with closing(sqlite3.connect(outbox_path(box))) as file, file:
        file.executescript(SCHEMA)
        file.execute("PRAGMA user_version = 5")
        for number in range(40):
            file.execute("INSERT INTO row VALUES (?, 'rating', ?, ?)", (f"r{number}", number + 1, big))
        huge = encode({"day": now().date(), "survey": "s", "edition": 1, "answers": {"q": ["x" * 2_000_000]}})
        file.execute("INSERT INTO row VALUES ('huge', 'rating', 99, ?)", (huge,))
    assert len(encode(Delivery(outbox=5, rows=()))) < 100
    assert say(box).rows == 41
    assert len(kept(county)) == 40


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"null",
        b"<html>",
        b'{"at":"2026-11-22T09:00:00Z"}',
        b'{"at":"now","name":"x"}',
        b'{"at":"2026-11-22T09:00:00Z","name":"x","commands":[{"id":"../../../etc/cron.d/x","kind":"restart",'
        b'"sent":"2026-11-22T09:00:00Z","expires":"2999-01-01T00:00:00Z"}]}',
        b'{"at":"2026-11-22T09:00:00Z","name":"x","commands":[{"id":"aaaaaaaa","kind":"message","message":"words",'
        b'"sent":"2026-11-22T09:00:00Z","expires":"2999-01-01T00:00:00Z"}]}',
        b'{"at":"2026-11-22T09:00:00Z","name":"x","commands":[{"id":"aaaaaaaa","kind":"run","route":"rm",'
        b'"sent":"2026-11-22T09:00:00Z","expires":"2999-01-01T00:00:00Z"}]}',
        b"[" * 200_000,
        b" " * 300_000,
    ],
)
def test_a_hostile_answer_does_nothing(box: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    before = {
        path: path.read_bytes() for path in box.rglob("*") if path.is_file() and path.name != "state.db"
    }
    monkeypatch.setattr(Api, "_post", lambda *_: (200, answer))
    assert say(box).error
    after = {path: path.read_bytes() for path in box.rglob("*") if path.is_file() and path.name != "state.db"}
    assert after == before


def test_kills_on_both_sides_lose_nothing_and_count_nothing_twice(tmp_path: Path) -> None:
    battle = under_fire(tmp_path, 4_000, seed=7)
    assert (battle.kept, battle.most) == (4_000, 1)
    assert battle.box_kills + battle.server_kills > 0
