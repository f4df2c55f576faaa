"""Sessions end when they must, and the database does not betray them."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from county.accounts.people import add_person
from county.accounts.sessions import (
    IDLE,
    LONGEST,
    csrf_token,
    end_all,
    end_session,
    find_session,
    open_session,
    sessions_of,
    touch,
)
from county.database.accounts import desk_session
from county.database.engine import writing
from tests.county.catalogue import NOW

MOMENT = timedelta(seconds=1)


@pytest.fixture
def staffed(engine: Engine) -> Engine:
    with writing(engine) as connection:
        add_person(connection, "li", ["reviewer"], "vier blaue Esel", "tester", NOW)
    return engine


def test_an_idle_session_ends(staffed: Engine) -> None:
    with writing(staffed) as connection:
        token = open_session(connection, "li", True, NOW)
        assert find_session(connection, token, NOW + IDLE)
        assert find_session(connection, token, NOW + IDLE + MOMENT) is None


def test_a_used_session_ends_after_eight_hours(staffed: Engine) -> None:
    with writing(staffed) as connection:
        token = open_session(connection, "li", True, NOW)
        now = NOW
        while now < NOW + LONGEST - IDLE:
            now += IDLE
            found = find_session(connection, token, now)
            assert found
            touch(connection, found.name, now)
        assert find_session(connection, token, NOW + LONGEST + MOMENT) is None


def test_the_database_knows_no_token(staffed: Engine) -> None:
    with writing(staffed) as connection:
        token = open_session(connection, "li", True, NOW)
        (row,) = connection.execute(select(desk_session)).all()
        assert token not in str(row)
        assert find_session(connection, row.name, NOW) is None
    assert csrf_token(token) != csrf_token(row.name)
    assert len(csrf_token(token)) == 64


def test_ended_sessions_are_swept(staffed: Engine) -> None:
    with writing(staffed) as connection:
        for _ in range(5):
            open_session(connection, "li", True, NOW)
        open_session(connection, "li", True, NOW + LONGEST + MOMENT)
        assert len(connection.execute(select(desk_session)).all()) == 1


def test_signing_out_here_and_elsewhere(staffed: Engine) -> None:
    with writing(staffed) as connection:
        first, second, third = (open_session(connection, "li", True, NOW) for _ in range(3))
        here = find_session(connection, second, NOW)
        assert here
        end_all(connection, "li", but=here.name)
        assert [find_session(connection, token, NOW) for token in (first, third)] == [None, None]
        assert sessions_of(connection, "li", NOW) == [here]
        end_session(connection, here.name)
        assert sessions_of(connection, "li", NOW) == []
