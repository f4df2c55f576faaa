"""One-time codes are used once, and only fresh ones."""

import base64
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from county.accounts.codes import (
    RECOVERY_CODES,
    STEP,
    enrolment_url,
    new_recovery_codes,
    new_secret,
    picture,
    recovery_codes_left,
    spend_recovery_code,
    spend_step,
    step_of,
)
from county.accounts.people import add_person
from county.accounts.secret import Secret, load_secret
from county.database.accounts import recovery_code
from county.database.engine import writing
from tests.county.catalogue import NOW

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def test_the_vectors_of_rfc_6238() -> None:
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        moment = NOW.fromtimestamp(seconds, NOW.tzinfo)
        assert step_of(SECRET, code, moment) == seconds // STEP


def test_a_code_is_good_for_its_step_and_the_neighbours() -> None:
    code = pyotp.TOTP(SECRET).at(NOW)
    shifts = (-2, -1, 0, 1, 2)
    good = [step_of(SECRET, code, NOW + timedelta(seconds=STEP * shift)) is not None for shift in shifts]
    assert good == [False, True, True, True, False]


@given(st.text(max_size=20))
def test_nonsense_is_no_code(given: str) -> None:
    assert step_of(SECRET, given, NOW) is None or given.strip().replace(" ", "").isdigit()


@pytest.fixture
def staffed(engine: Engine) -> Engine:
    with writing(engine) as connection:
        add_person(connection, "li", ["approver"], "vier blaue Esel", "tester", NOW)
    return engine


def test_a_code_is_used_once_and_no_older_one_after_it(staffed: Engine) -> None:
    with writing(staffed) as connection:
        assert [spend_step(connection, "li", step) for step in (7, 7, 6, 8)] == [True, False, False, True]


def test_recovery_codes_are_used_once(staffed: Engine) -> None:
    with writing(staffed) as connection:
        codes = new_recovery_codes(connection, "li")
        assert len(set(codes)) == RECOVERY_CODES
        kept = str(connection.execute(select(recovery_code)).all())
        assert not any(code.replace("-", "") in kept for code in codes)
        assert spend_recovery_code(connection, "li", codes[3].upper())
        assert not spend_recovery_code(connection, "li", codes[3])
        assert not spend_recovery_code(connection, "li", "")
        assert recovery_codes_left(connection, "li") == RECOVERY_CODES - 1
        new_recovery_codes(connection, "li")
        assert not spend_recovery_code(connection, "li", codes[4])


def test_the_picture_is_an_svg_of_the_address() -> None:
    url = enrolment_url(new_secret(), "李娜", "测试县")
    assert url.startswith("otpauth://totp/")
    head, _, data = picture(url).partition(",")
    assert head == "data:image/svg+xml;base64"
    assert b"<script" not in base64.b64decode(data)


def test_the_secret_file_is_made_once_and_private(tmp_path: Path) -> None:
    secret = load_secret(tmp_path)
    assert load_secret(tmp_path) == secret
    assert [path.name for path in tmp_path.iterdir()] == ["desk.key"]
    assert (tmp_path / "desk.key").stat().st_mode & 0o777 == 0o600


def test_only_what_was_sealed_here_opens() -> None:
    ours, theirs = Secret(b"a" * 32), Secret(b"b" * 32)
    assert ours.unseal(ours.seal("li JBSWY3DP")) == "li JBSWY3DP"
    assert ours.unseal(theirs.seal("x")) is None
    assert ours.unseal("李") is None
    assert ours.unseal("") is None


def test_a_browser_is_known_for_its_account_only() -> None:
    secret = Secret(b"a" * 32)
    kept = secret.device("li")
    assert secret.known_device("li", kept) == kept[:32]
    assert secret.known_device("wang", kept) == ""
    assert secret.known_device("li", "") == ""
    assert secret.known_device("li", "李" * 96) == ""
