"""The county's staff: adding, changing, disabling.

Whoever holds a role in the separation of duties holds no other; see `county.accounts.roles`. Every change stands
in the audit log, and a change of roles ends the person's sessions.
"""

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from county import audit
from county.accounts.codes import new_recovery_codes
from county.accounts.hashing import hash_password, matches
from county.accounts.passwords import KEPT, check_password
from county.accounts.roles import CHINESE, Role, check_roles
from county.accounts.sessions import end_all
from county.database.accounts import old_password, person, person_role, recovery_code
from county.errors import Refused


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff. `organisation` is the id of a PublicOrganisation or empty; `language` is zh or en."""

    name: str
    display_name: str
    roles: frozenset[Role]
    organisation: str = ""
    language: str = "zh"
    disabled: bool = False
    one_time: bool = False
    enrolled: bool = False
    """Whether a device for one-time codes is set up."""

    def has(self, *roles: Role) -> bool:
        """Whether the person holds one of these roles."""
        return not self.roles.isdisjoint(roles)


def add_person(
    connection: Connection,
    name: str,
    roles: Collection[Role],
    password: str,
    by: str,
    now: datetime,
    organisation: str = "",
    display_name: str = "",
) -> None:
    """Add a person whose one-time `password` must be changed at the first login.

    To be called inside `writing`. Raises Refused for a name that is taken or unusable, and for roles that one
    person must not hold.
    """
    if not re.fullmatch(r"[\w.@-]{1,64}", name):
        raise Refused(f"用户名 {name!r} 无效：只能用字母、汉字、数字和 . _ @ -，最多 64 个字符")
    if find_person(connection, name) is not None:
        raise Refused(f"用户 {name} 已存在")
    check_roles(roles, organisation)
    connection.execute(
        insert(person).values(
            name=name,
            display_name=(display_name.strip() or name)[:64],
            organisation=organisation,
            password=hash_password(password),
            one_time=True,
            created=now,
        )
    )
    _give(connection, name, roles)
    audit.append(connection, by, "user add", now, name=name, roles=sorted(roles), organisation=organisation)


def change_roles(
    connection: Connection,
    name: str,
    roles: Collection[Role],
    organisation: str,
    by: str,
    now: datetime,
) -> None:
    """Give a person other roles or another organisation, and end the person's sessions. Raises Refused."""
    _existing(connection, name)
    if name == by:
        raise Refused("不能更改自己的角色，请由另一名安全管理员操作")
    check_roles(roles, organisation)
    before = _officers(connection)
    connection.execute(delete(person_role).where(person_role.c.person == name))
    _give(connection, name, roles)
    connection.execute(update(person).where(person.c.name == name).values(organisation=organisation))
    _keep_officers(connection, before)
    end_all(connection, name)
    audit.append(connection, by, "user roles", now, name=name, roles=sorted(roles), organisation=organisation)


def set_disabled(connection: Connection, name: str, disabled: bool, by: str, now: datetime) -> None:
    """Disable an account, which ends its sessions, or allow it again. Raises Refused."""
    _existing(connection, name)
    if name == by:
        raise Refused("不能停用自己的账户")
    before = _officers(connection)
    connection.execute(update(person).where(person.c.name == name).values(disabled=disabled))
    _keep_officers(connection, before)
    end_all(connection, name)
    audit.append(connection, by, "user disable" if disabled else "user enable", now, name=name)


def reset_password(connection: Connection, name: str, by: str, now: datetime) -> str:
    """Give a person a new one-time password, which is returned, and end the person's sessions. Raises Refused."""
    _existing(connection, name)
    password = new_password()
    values = {"password": hash_password(password), "one_time": True}
    connection.execute(update(person).where(person.c.name == name).values(values))
    end_all(connection, name)
    audit.append(connection, by, "user reset-password", now, name=name)
    return password


def password_of(connection: Connection, name: str) -> str:
    """The hash of the person's password."""
    return connection.scalar(select(person.c.password).where(person.c.name == name)) or ""


def usable_password(connection: Connection, name: str, password: str) -> str:
    """The hash of a password that the person may take. Takes some time. Raises Refused."""
    display_name = connection.scalar(select(person.c.display_name).where(person.c.name == name))
    check_password(password, name, display_name or "")
    old = select(old_password.c.password).where(old_password.c.person == name)
    if any(matches(hashed, password) for hashed in (password_of(connection, name), *connection.scalars(old))):
        raise Refused(f"不能再次使用最近 {KEPT} 个密码中的一个")
    return hash_password(password)


def take_password(connection: Connection, name: str, hashed: str, now: datetime) -> None:
    """Replace the person's password by one from `usable_password`, and end the person's sessions."""
    mine = old_password.c.person == name
    before = password_of(connection, name)
    connection.execute(insert(old_password).values(person=name, at=now, password=before))
    kept = select(old_password.c.at).where(mine).order_by(old_password.c.at.desc()).limit(KEPT)
    connection.execute(
        delete(old_password).where(mine, old_password.c.at.not_in(list(connection.scalars(kept))))
    )
    values = {"password": hashed, "one_time": False}
    connection.execute(update(person).where(person.c.name == name).values(values))
    end_all(connection, name)
    audit.append(connection, name, "password changed", now)


def enrol_device(connection: Connection, name: str, sealed: str, step: int, now: datetime) -> list[str]:
    """Keep the sealed secret of a device whose first code, of this time step, was right; the recovery codes."""
    connection.execute(update(person).where(person.c.name == name).values(secret=sealed, code_step=step))
    audit.append(connection, name, "device enrolled", now)
    return new_recovery_codes(connection, name)


def reset_device(connection: Connection, name: str, by: str, now: datetime) -> None:
    """Forget the person's device and recovery codes, and end the person's sessions. Raises Refused."""
    _existing(connection, name)
    connection.execute(update(person).where(person.c.name == name).values(secret=""))
    connection.execute(delete(recovery_code).where(recovery_code.c.person == name))
    end_all(connection, name)
    audit.append(connection, by, "user reset-totp", now, name=name)


def describe(connection: Connection, name: str, display_name: str, by: str, now: datetime) -> None:
    """Change how a person is called on pages. Raises Refused."""
    _existing(connection, name)
    shown = display_name.strip()[:64] or name
    connection.execute(update(person).where(person.c.name == name).values(display_name=shown))
    audit.append(connection, by, "user name", now, name=name, display_name=shown)


def new_password() -> str:
    """A one-time password of 120 random bits."""
    return secrets.token_urlsafe(15)


def find_person(connection: Connection, name: str) -> Person | None:
    """A member of staff, disabled ones too."""
    found = people(connection, name)
    return found[0] if found else None


def people(connection: Connection, name: str = "") -> list[Person]:
    """All staff by name, or only the one of this name."""
    rows = select(person).order_by(person.c.name)
    roles = select(person_role)
    if name:
        rows, roles = rows.where(person.c.name == name), roles.where(person_role.c.person == name)
    held: dict[str, set[Role]] = {}
    for row in connection.execute(roles):
        held.setdefault(row.person, set()).add(row.role)
    return [
        Person(
            name=row.name,
            display_name=row.display_name or row.name,
            roles=frozenset(held.get(row.name, ())),
            organisation=row.organisation,
            language=row.language,
            disabled=row.disabled,
            one_time=row.one_time,
            enrolled=bool(row.secret),
        )
        for row in connection.execute(rows)
    ]


def _existing(connection: Connection, name: str) -> None:
    if find_person(connection, name) is None:
        raise Refused(f"没有用户 {name}")


def _officers(connection: Connection) -> set[Role]:
    """Which of the two duties that accounts depend on somebody holds."""
    held = select(person_role.c.role).join(person, person.c.name == person_role.c.person)
    roles: set[Role] = {"administrator", "security"}
    return roles.intersection(connection.scalars(held.where(~person.c.disabled)))


def _keep_officers(connection: Connection, before: set[Role]) -> None:
    for role in before - _officers(connection):
        raise Refused(f"这是最后一名{CHINESE[role]}，请先任命另一名")


def _give(connection: Connection, name: str, roles: Collection[Role]) -> None:
    if roles:
        given = [{"person": name, "role": role} for role in sorted(set(roles))]
        connection.execute(insert(person_role), given)
