"""Taking boxes in: a code works once, for one key, for a day, and only with the root it names."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette

from catalog import fleet
from catalog.enrolment import ALPHABET, BadCode, Code, new_code, proof, read_code
from catalog.fleet import Enrolled, Report
from catalog.text import encode
from county import audit
from county.database.engine import writing
from county.errors import Refused
from county.fleet import kiosks
from county.fleet.kiosks import Kiosk
from tests.county.catalogue import NOW
from tests.county.fleet.box import TalkingBox, decoded, post
from tests.county.fleet.conftest import PLACE, Clock

Codes = Callable[..., Code]


@given(st.binary(max_size=40), st.binary(min_size=10, max_size=10))
def test_a_code_survives_being_read_out(root: bytes, random: bytes) -> None:
    code = new_code(root, lambda _: random)
    assert read_code(code.text.lower().replace("0", "o").replace("1", "l").replace("-", " ")) == code
    assert code.trusts(root)
    assert not code.trusts(root + b" ")


@given(st.integers(0, 27), st.sampled_from(ALPHABET), st.binary(min_size=10, max_size=10))
def test_one_wrong_character_is_noticed(place: int, wrong: str, random: bytes) -> None:
    plain = new_code(b"root", lambda _: random).text.replace("-", "")
    if {plain[place], wrong} not in ({wrong}, {"0", "Z"}):
        with pytest.raises(BadCode, match="slip"):
            read_code(plain[:place] + wrong + plain[place + 1 :])


@pytest.mark.parametrize("text_", ["", "ABCD", "A" * 27, "A" * 29, "U" * 28, "é" * 28, "\x00" * 28])
def test_what_is_no_code_is_refused(text_: str) -> None:
    with pytest.raises(BadCode):
        read_code(text_)


def test_a_box_becomes_a_kiosk_and_may_ask_again(app: Starlette, code: Codes, county: Engine) -> None:
    made, box = code(), TalkingBox(app)
    enrolled = decoded(box.enrol(made), Enrolled)
    assert made.trusts(enrolled.root)
    assert enrolled.name == PLACE.name
    assert decoded(box.enrol(made), Enrolled) == enrolled
    assert box.send(fleet.REPORT, Report(at=NOW, program="1")).status == 200
    with county.connect() as connection:
        assert [k.public_key for k in kiosks.every(connection)] == [box.public_key]
        assert [e.action for e in audit.entries(connection)][-2:] == ["enrolment code", "enrol"]


def test_a_code_is_for_one_key(app: Starlette, code: Codes) -> None:
    made = code()
    assert TalkingBox(app).enrol(made).status == 200
    assert TalkingBox(app).enrol(made).status == 401


def test_a_proof_is_for_one_key(app: Starlette, code: Codes) -> None:
    made, honest, thief = code(), TalkingBox(app), TalkingBox(app)
    asked = fleet.Enrolment(
        name=made.name, public_key=thief.public_key, proof=proof(made.key, honest.public_key)
    )
    assert post(app, fleet.ENROL, encode(asked), {}).status == 401
    assert honest.enrol(made).status == 200


def test_a_key_is_for_one_kiosk(app: Starlette, code: Codes) -> None:
    box = TalkingBox(app)
    assert box.enrol(code()).status == 200
    assert box.enrol(code()).status == 401


def test_a_code_ends(app: Starlette, code: Codes, clock: Clock) -> None:
    made = code()
    clock.advance(hours=24)
    assert TalkingBox(app).enrol(made).status == 401


def test_a_stranger_is_refused(app: Starlette) -> None:
    assert TalkingBox(app).enrol(new_code(b"", lambda n: b"x" * n)).status == 401
    for body in (b"", b"{}", b"[" * 3000, b"\xff", b"x" * 5000):
        assert post(app, fleet.ENROL, body, {}).status in (400, 413)


def test_another_box_takes_over_and_the_old_one_is_refused(
    box: TalkingBox, app: Starlette, code: Codes
) -> None:
    assert box.send(fleet.REPORT, Report(at=NOW, program="1")).status == 200
    other = TalkingBox(app)
    assert decoded(other.enrol(code(box.kiosk)), Enrolled).kiosk == box.kiosk
    assert other.send(fleet.REPORT, Report(at=NOW, program="1")).status == 200
    assert box.send(fleet.REPORT, Report(at=NOW, program="1")).status == 401


def test_a_revoked_kiosk_is_heard_no_more(box: TalkingBox, county: Engine, code: Codes) -> None:
    made = code(box.kiosk)
    with writing(county) as connection:
        kiosks.revoke(connection, box.kiosk, "admin", NOW)
    assert box.send(fleet.REPORT, Report(at=NOW, program="1")).status == 401
    assert TalkingBox(box.app).enrol(made).status == 401
    with pytest.raises(Refused):
        code(box.kiosk)
    with pytest.raises(Refused), writing(county) as connection:
        kiosks.put_in(connection, box.kiosk, "in service", "admin", NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kiosk SET state = 'in service' WHERE state = 'revoked'",
        "UPDATE kiosk SET number = 0",
        "DELETE FROM kiosk",
        "UPDATE enrolment SET used = NULL",
        "UPDATE enrolment SET expires = '2999-01-01'",
        "DELETE FROM enrolment",
    ],
)
def test_the_database_keeps_the_rules(box: TalkingBox, county: Engine, statement: str) -> None:
    box.send(fleet.REPORT, Report(at=NOW, program="1"))
    with writing(county) as connection:
        kiosks.revoke(connection, box.kiosk, "admin", NOW)
    with pytest.raises(DBAPIError), writing(county) as connection:
        connection.execute(text(statement))


def test_a_kiosk_is_renamed_and_regrouped(box: TalkingBox, county: Engine) -> None:
    with writing(county) as connection:
        place = Kiosk("", " 二号机 ", "town", "试点", "", "")
        kiosks.rename(connection, box.kiosk, place, "admin", NOW)
    heard = decoded(box.send(fleet.REPORT, Report(at=NOW, program="1")), fleet.Heard)
    assert (heard.name, heard.group) == ("二号机", "试点")
    for wrong in ("", " ", "x" * 65, "a\nb"):
        with pytest.raises(Refused), writing(county) as connection:
            kiosks.rename(connection, box.kiosk, Kiosk("", wrong, "", "", "", ""), "admin", NOW)
