"""Signing in: right and wrong passwords, codes, floods."""

import asyncio
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from sqlalchemy import Engine

from county.accounts import people
from county.accounts.entrance import Caller, Entrance, Outcome
from county.accounts.hashing import Busy, Lanes
from county.accounts.limits import FREE
from county.accounts.secret import Secret
from county.accounts.sessions import Session, find_session
from county.audit import entries
from county.database.engine import writing
from tests.county.catalogue import NOW

PASSWORD = "vier blaue Esel"
HERE = Caller("192.0.2.1", "browser")
SECRET = pyotp.random_base32()


@pytest.fixture
def entrance(engine: Engine) -> Entrance:
    entrance = Entrance(Secret(b"k" * 32))
    with writing(engine) as connection:
        people.add_person(connection, "li", ["approver"], PASSWORD, "tester", NOW)
        people.enrol_device(connection, "li", entrance.secret.seal(SECRET), 0, NOW)
    return entrance


def tried(entrance: Entrance, engine: Engine, name: str, password: str, caller: Caller = HERE) -> Outcome:
    return asyncio.run(entrance.password(engine, name, password, caller, NOW))


def session(engine: Engine, token: str) -> Session | None:
    with engine.connect() as connection:
        return find_session(connection, token, NOW)


def test_a_right_password_opens_a_session_that_waits_for_the_code(entrance: Entrance, engine: Engine) -> None:
    outcome = tried(entrance, engine, "li", PASSWORD)
    opened = session(engine, outcome.token)
    assert opened
    assert (opened.person, opened.proven, opened.address) == ("li", None, "192.0.2.1")
    known = Caller("192.0.2.1", "browser", outcome.kept)
    assert tried(entrance, engine, "li", PASSWORD, known).kept == ""


def test_a_code_verifies_and_rotates_the_session(entrance: Entrance, engine: Engine) -> None:
    first = tried(entrance, engine, "li", PASSWORD).token
    waiting = session(engine, first)
    assert waiting
    code = pyotp.TOTP(SECRET).at(NOW)
    assert entrance.code(engine, waiting, "000000", HERE, NOW) == Outcome()
    second = entrance.code(engine, waiting, code, HERE, NOW).token
    verified = session(engine, second)
    assert verified
    assert verified.proven == NOW
    assert session(engine, first) is None
    assert entrance.code(engine, waiting, code, HERE, NOW) == Outcome()


def test_a_right_password_does_not_buy_more_codes(entrance: Entrance, engine: Engine) -> None:
    for _ in range(FREE):
        waiting = session(engine, tried(entrance, engine, "li", PASSWORD).token)
        assert waiting
        assert entrance.code(engine, waiting, "000000", HERE, NOW).wait == timedelta()
    last = session(engine, tried(entrance, engine, "li", PASSWORD).token)
    assert last
    assert entrance.code(engine, last, pyotp.TOTP(SECRET).at(NOW), HERE, NOW).wait > timedelta()


@pytest.mark.parametrize(
    ("name", "password"), [("li", "wrong"), ("nobody", PASSWORD), ("", ""), ("nobody", "")]
)
def test_whatever_is_wrong_reads_the_same(
    entrance: Entrance, engine: Engine, name: str, password: str
) -> None:
    assert tried(entrance, engine, name, password) == Outcome()


def test_a_disabled_account_reads_the_same(entrance: Entrance, engine: Engine) -> None:
    with writing(engine) as connection:
        people.set_disabled(connection, "li", True, "admin", NOW)
    assert tried(entrance, engine, "li", PASSWORD) == Outcome()


def test_a_flood_hashes_little_and_writes_one_line(entrance: Entrance, engine: Engine) -> None:
    with engine.connect() as connection:
        before = len(entries(connection))
    outcomes = [tried(entrance, engine, "li", "wrong") for _ in range(60)]
    assert sum(outcome.wait == timedelta() for outcome in outcomes) == FREE
    with engine.connect() as connection:
        assert [entry.action for entry in entries(connection)][before:] == ["sign-in refused"]
    assert tried(entrance, engine, "li", PASSWORD, Caller("192.0.2.2", "")).token


def run(work: Callable[[], Any]) -> None:
    asyncio.run(work())


def test_so_many_hash_at_once_and_known_browsers_go_first() -> None:
    lanes, gate, order = Lanes(at_once=1, longest=3), threading.Event(), list[str]()

    async def flood() -> None:
        def work(name: str) -> None:
            gate.wait(10)
            order.append(name)

        def start(name: str, first: bool) -> asyncio.Task[None]:
            return asyncio.create_task(lanes.run(lambda: work(name), first))

        tasks = [start("running", False), *(start(f"unknown {n}", False) for n in range(3))]
        tasks.append(start("known", True))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await lanes.run(lambda: None, False)
        tasks[2].cancel()
        gate.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert await lanes.run(lambda: "free again", False) == "free again"

    run(flood)
    assert order == ["running", "known", "unknown 0", "unknown 2"]


def test_work_that_fails_frees_its_place() -> None:
    lanes = Lanes(at_once=1)

    async def failing() -> None:
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await lanes.run(lambda: 1 // 0, True)

    run(failing)
