"""A one-time code is asked for once more before a final review and before publishing."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pyotp
import pytest
from sqlalchemy import update

from county.accounts.secret import load_secret
from county.database.accounts import desk_session, person
from county.database.engine import writing
from county.revisions import Change
from county.web.admin.entry.again import CODE, RECENT
from tests.county.reviewing.cases import FIRST, SECOND, content_hash, state, submitted, take
from tests.county.web.records import BIRTH
from tests.web.desk import Client, RunningDesk, running_desk

SECRET = pyotp.random_base32()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningDesk]:
    """A desk whose approver has a device."""
    with running_desk(tmp_path) as desk:
        with writing(desk.engine) as connection:
            sealed = load_secret(tmp_path).seal(SECRET)
            connection.execute(update(person).where(person.c.name == "approver").values(secret=sealed))
        yield desk


@pytest.fixture
def approver(hall: RunningDesk) -> Client:
    """The approver, whose last code is too old."""
    client = hall.client("approver")
    with writing(hall.engine) as connection:
        earlier = datetime.now(UTC) - RECENT - timedelta(seconds=1)
        connection.execute(update(desk_session).values(proven=earlier))
    return client


def handed_in(hall: RunningDesk) -> int:
    """A text that two people have reviewed."""
    number = submitted(hall.engine, Change.to(msgspec.structs.replace(BIRTH, description="改过的")))
    take(hall.engine, [number], FIRST)
    take(hall.engine, [number], SECOND)
    return number


def form(hall: RunningDesk, number: int) -> dict[str, str]:
    with hall.engine.connect() as connection:
        read = content_hash(connection, number)
    return {"content_hash": read, "verdict": "approved", "note": "同意\n<b>“第二行”</b>"}


def test_a_final_review_asks_and_keeps_what_was_typed(hall: RunningDesk, approver: Client) -> None:
    number = handed_in(hall)
    path, typed = f"/admin/review/{number}/decide", form(hall, number)
    asked = approver.submit(path, **typed)
    assert asked.status_code == 403
    assert f'name="{CODE}"' in asked.text
    assert "同意\n&lt;b&gt;“第二行”&lt;/b&gt;</textarea>" in asked.text
    assert state(hall.engine, number) == "submitted"
    assert "验证码不正确" in approver.submit(path, **typed, **{CODE: "000000"}).text
    assert state(hall.engine, number) == "submitted"
    assert approver.submit(path, **typed, **{CODE: pyotp.TOTP(SECRET).now()}).status_code == 303
    assert state(hall.engine, number) == "approved"


def test_a_code_is_good_for_what_comes_after_it(hall: RunningDesk, approver: Client) -> None:
    number = handed_in(hall)
    code = {CODE: pyotp.TOTP(SECRET).now()}
    assert approver.submit("/admin/publish/release", digest="", **code).status_code == 409
    assert approver.submit(f"/admin/review/{number}/decide", **form(hall, number)).status_code == 303
    assert state(hall.engine, number) == "approved"


def test_several_final_reviews_ask_once(hall: RunningDesk, approver: Client) -> None:
    number = handed_in(hall)
    ticked = f"{number}:{form(hall, number)['content_hash']}"
    asked = approver.submit("/admin/review/batch", text=ticked, verdict="approved", note="同意")
    assert re.search(rf'name="text"[^>]*>\s*{ticked}<', asked.text)
    assert state(hall.engine, number) == "submitted"


def test_the_form_goes_to_the_same_address_with_its_query(approver: Client) -> None:
    address = "/admin/publish/roll-back?from=%E5%B9%BF&page=2%22"
    asked = approver.submit(address, edition="1")
    action = re.search(r'<form class="card[^>]* action="([^"]*)">', asked.text)
    assert action is not None
    assert html.unescape(action[1]) == address


@pytest.mark.parametrize("path", ["release", "sign-here", "roll-back"])
def test_publishing_asks(approver: Client, path: str) -> None:
    asked = approver.submit(f"/admin/publish/{path}", digest="x", edition="1")
    assert (asked.status_code, f'name="{CODE}"' in asked.text) == (403, True)


def test_what_is_returned_asks_for_nothing(hall: RunningDesk, approver: Client) -> None:
    number = handed_in(hall)
    back = form(hall, number) | {"verdict": "returned"}
    assert approver.submit(f"/admin/review/{number}/decide", **back).status_code == 303
    assert state(hall.engine, number) == "returned"
