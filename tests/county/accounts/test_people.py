"""Who may be what. The rules hold in the program and, for whoever writes past it, in the database."""

from collections.abc import Callable
from itertools import combinations

import pytest
from sqlalchemy import Connection, Engine, insert, text
from sqlalchemy.exc import DBAPIError

from county.accounts import people
from county.accounts.roles import DUTIES, ROLES, Role, check_roles
from county.accounts.sessions import find_session, open_session
from county.audit import entries
from county.database.accounts import person_role
from county.database.engine import writing
from county.errors import Refused
from tests.county.catalogue import NOW, later

PASSWORD = "vier blaue Esel"


def add(connection: Connection, name: str, *roles: Role, organisation: str = "") -> None:
    people.add_person(connection, name, roles, PASSWORD, "tester", NOW, organisation)


@pytest.mark.parametrize(("first", "second"), list(combinations(ROLES, 2)))
def test_duties_are_held_alone(engine: Engine, first: Role, second: Role) -> None:
    refused = bool(DUTIES & {first, second})
    with writing(engine) as connection:
        add(connection, "a")
    held = [{"person": "a", "role": first}, {"person": "a", "role": second}]
    if not refused:
        check_roles([first, second], "office")
        with writing(engine) as connection:
            connection.execute(insert(person_role), held)
        return
    with pytest.raises(Refused, match="三员分立"):
        check_roles([first, second], "office")
    with pytest.raises(DBAPIError, match="duties"), writing(engine) as connection:
        connection.execute(insert(person_role), held)


def test_a_clerk_belongs_to_an_office() -> None:
    with pytest.raises(Refused, match="部门"):
        check_roles(["clerk"], "")


@pytest.mark.parametrize("duty", sorted(DUTIES))
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO revision (kind, record, content_hash, state, author, created) "
        "VALUES ('service', 's', 'x', 'draft', 'officer', '2026-11-22')",
        "INSERT INTO review (revision, content_hash, step, verdict, reviewer, at) "
        "VALUES (1, 'x', '初审', 'approved', 'officer', '2026-11-22')",
        "UPDATE person_role SET role = 'approver'",
        "DELETE FROM person",
        "UPDATE person SET name = 'somebody' WHERE name = 'officer'",
    ],
)
def test_the_database_keeps_duties_from_content(engine: Engine, duty: Role, statement: str) -> None:
    with writing(engine) as connection:
        add(connection, "officer", duty)
    with pytest.raises(DBAPIError), writing(engine) as connection:
        connection.execute(text(statement))


def test_the_last_officers_stay(engine: Engine) -> None:
    with writing(engine) as connection:
        add(connection, "admin", "administrator")
        add(connection, "chen", "security")
        with pytest.raises(Refused, match="最后一名安全管理员"):
            people.change_roles(connection, "chen", ["reviewer"], "", "admin", NOW)
    with pytest.raises(Refused, match="最后一名系统管理员"), writing(engine) as connection:
        people.set_disabled(connection, "admin", True, "chen", NOW)
    with writing(engine) as connection:
        add(connection, "second", "administrator")
        people.set_disabled(connection, "admin", True, "second", NOW)


def test_nobody_grants_a_role_to_oneself(engine: Engine) -> None:
    with writing(engine) as connection:
        add(connection, "chen", "security")
        with pytest.raises(Refused, match="自己"):
            people.change_roles(connection, "chen", ["approver"], "", "chen", NOW)


@pytest.mark.parametrize("name", ["", "a b", "a/b", "<script>", "a" * 65, "a\n"])
def test_names_are_plain(engine: Engine, name: str) -> None:
    with writing(engine) as connection, pytest.raises(Refused, match="用户名"):
        add(connection, name)


def test_what_ends_the_sessions(engine: Engine) -> None:
    with writing(engine) as connection:
        add(connection, "li", "reviewer")
        changes: list[Callable[[], object]] = [
            lambda: people.change_roles(connection, "li", ["guide"], "", "chen", NOW),
            lambda: people.set_disabled(connection, "li", True, "admin", NOW),
            lambda: people.set_disabled(connection, "li", False, "admin", NOW),
            lambda: people.reset_password(connection, "li", "admin", NOW),
            lambda: people.reset_device(connection, "li", "chen", NOW),
            lambda: people.take_password(connection, "li", "hash", NOW),
        ]
        for change in changes:
            token = open_session(connection, "li", True, NOW)
            assert find_session(connection, token, NOW)
            change()
            assert find_session(connection, token, NOW) is None
        assert len(entries(connection)) == 1 + len(changes)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "至少 12"),
        ("x" * 257, "最多"),
        ("li na is here!", "用户名"),
        ("123456789012345", "常见"),
        ("Password1234", "常见"),
        ("ababababababab", "常见"),
        ("xyzxyzxyzxyz", "常见"),
        (PASSWORD, "最近"),
    ],
)
def test_what_is_no_password(engine: Engine, password: str, why: str) -> None:
    with writing(engine) as connection:
        add(connection, "li na".replace(" ", "_"), "reviewer")
        people.describe(connection, "li_na", "li na", "admin", NOW)
        with pytest.raises(Refused, match=why):
            people.usable_password(connection, "li_na", password)


def test_the_last_five_passwords_are_not_used_again(engine: Engine) -> None:
    with writing(engine) as connection:
        add(connection, "li", "reviewer")
        for number in range(6):
            hashed = people.usable_password(connection, "li", f"vier blaue Esel {number}")
            people.take_password(connection, "li", hashed, later(number))
        with pytest.raises(Refused, match="最近 5 个"):
            people.usable_password(connection, "li", "vier blaue Esel 1")
        assert people.usable_password(connection, "li", PASSWORD)
