"""Staff of the county server. Passwords are kept as Argon2id hashes only."""

import re
from datetime import datetime
from typing import Literal

from argon2 import PasswordHasher
from sqlalchemy import Connection, insert, select

from county import audit
from county.database.tables import person
from county.errors import Refused

Role = Literal["clerk", "reviewer", "approver", "administrator"]
ROLES: tuple[Role, ...] = ("clerk", "reviewer", "approver", "administrator")


def add_person(connection: Connection, name: str, role: Role, password: str, by: str, now: datetime) -> None:
    """Add a person whose one-time `password` must be changed at the first login.

    To be called inside `writing`. Raises Refused for a name that is taken or unusable.
    """
    if not re.fullmatch(r"[\w.@-]{1,64}", name):
        raise Refused(f"用户名 {name!r} 无效:只能用字母、汉字、数字和 . _ @ -,最多 64 个字符")
    if connection.scalar(select(person.c.name).where(person.c.name == name)) is not None:
        raise Refused(f"用户 {name} 已存在")
    hashed = PasswordHasher().hash(password)
    connection.execute(
        insert(person).values(name=name, role=role, password=hashed, one_time=True, created=now)
    )
    audit.append(connection, by, "user add", now, name=name, role=role)
