"""Sessions of the desk, kept by the server: whoever holds the token is signed in until the session ends.

A session ends after 15 minutes without a request, after 8 hours, at sign-out, and when the person's roles,
password or account change. The token is never stored, only its hash.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select, update

from county.database.accounts import desk_session

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
SEEN = timedelta(minutes=1)
"""How exactly the last request is remembered."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session that has not ended. `name` is the hash of its token, `proven` when a code was last given in it."""

    name: str
    person: str
    created: datetime
    seen: datetime
    proven: datetime | None
    address: str
    agent: str


def new_token() -> str:
    """A token of 256 random bits."""
    return secrets.token_urlsafe(32)


def csrf_token(token: str) -> str:
    """What a form must carry to act for the holder of `token`: 64 hexadecimal digits."""
    return hmac.new(token.encode(), b"csrf", sha256).hexdigest()


def open_session(
    connection: Connection, name: str, proven: bool, now: datetime, address: str = "", agent: str = ""
) -> str:
    """Sign a person in; the token of the new session. `proven`: a one-time code was given just now.

    Ended sessions are removed. Inside `writing`.
    """
    token = new_token()
    ended = (desk_session.c.seen < now - IDLE) | (desk_session.c.created < now - LONGEST)
    connection.execute(delete(desk_session).where(ended))
    connection.execute(
        insert(desk_session).values(
            name=_hash(token),
            person=name,
            created=now,
            seen=now,
            proven=now if proven else None,
            address=address[:64],
            agent=agent[:200],
        )
    )
    return token


def find_session(connection: Connection, token: str, now: datetime) -> Session | None:
    """The session of this token, unless it has ended."""
    row = connection.execute(select(desk_session).where(desk_session.c.name == _hash(token))).first()
    if row is None or now - row.seen > IDLE or now - row.created > LONGEST:
        return None
    return Session(**row._mapping)


def sessions_of(connection: Connection, name: str, now: datetime) -> list[Session]:
    """A person's sessions that have not ended, newest first."""
    rows = select(desk_session).where(
        desk_session.c.person == name,
        desk_session.c.seen > now - IDLE,
        desk_session.c.created > now - LONGEST,
    )
    return [
        Session(**row._mapping) for row in connection.execute(rows.order_by(desk_session.c.created.desc()))
    ]


def touch(connection: Connection, name: str, now: datetime) -> None:
    """Remember that the session of this name was used. Inside `writing`."""
    connection.execute(update(desk_session).where(desk_session.c.name == name).values(seen=now))


def prove(connection: Connection, name: str, now: datetime) -> None:
    """Remember that a one-time code was given in the session of this name. Inside `writing`."""
    connection.execute(update(desk_session).where(desk_session.c.name == name).values(proven=now))


def end_session(connection: Connection, name: str) -> None:
    """End the session of this name. Inside `writing`."""
    connection.execute(delete(desk_session).where(desk_session.c.name == name))


def end_all(connection: Connection, person: str, but: str = "") -> None:
    """End a person's sessions, but one of this name. Inside `writing`."""
    connection.execute(
        delete(desk_session).where(desk_session.c.person == person, desk_session.c.name != but)
    )


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
