"""Signing in, step by step: the password, then the one-time code.

A wrong name and a wrong password cost the same time and read the same. Tries are limited before anything is hashed.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, select

from county import audit
from county.accounts.codes import spend_recovery_code, spend_step, step_of
from county.accounts.failures import Failures
from county.accounts.hashing import Lanes, matches
from county.accounts.limits import Limits
from county.accounts.secret import Secret
from county.accounts.sessions import Session, end_session, open_session, prove
from county.database.accounts import person
from county.database.engine import writing


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a request comes from. `kept` is what the browser keeps from an earlier sign-in, or empty."""

    address: str
    agent: str
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a try: a session's `token`, or how long to `wait`, or neither when it was wrong.

    `kept` is for the browser to keep.
    """

    token: str = ""
    kept: str = ""
    wait: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Entrance:
    """What signing in shares between requests."""

    secret: Secret
    limits: Limits = field(default_factory=Limits)
    lanes: Lanes = field(default_factory=Lanes)
    failures: Failures = field(default_factory=Failures)

    async def password(
        self, engine: Engine, name: str, password: str, caller: Caller, now: datetime
    ) -> Outcome:
        """Try a password. A right one opens a session, in which a code may still be due. Raises Busy."""
        device = self.secret.known_device(name, caller.kept)
        wait = self.limits.begin(name, caller.address, device, now)
        if wait:
            return Outcome(wait=wait)
        if not await self.lanes.run(lambda: matches(_hash_of(engine, name), password), bool(device)):
            if self.failures.note(name, caller.address, now):
                await asyncio.to_thread(self._report, engine, now)
            return Outcome()
        self.limits.succeeded(name, caller.address, device)
        token = await asyncio.to_thread(_open, engine, name, caller, now)
        return Outcome(token, "" if device else self.secret.device(name))

    def code(self, engine: Engine, session: Session, given: str, caller: Caller, now: datetime) -> Outcome:
        """Try a one-time code or a recovery code in a session that waits for one; the right one rotates it."""

        def rotated(connection: Connection) -> str:
            end_session(connection, session.name)
            return open_session(connection, session.person, True, now, caller.address, caller.agent)

        return self._try(engine, session, given, caller, now, rotated)

    def again(self, engine: Engine, session: Session, given: str, caller: Caller, now: datetime) -> Outcome:
        """Try one more code in a session that had one; the right one counts as given now, and the session goes on."""

        def renewed(connection: Connection) -> str:
            prove(connection, session.name, now)
            return session.name

        return self._try(engine, session, given, caller, now, renewed)

    def _try(
        self,
        engine: Engine,
        session: Session,
        given: str,
        caller: Caller,
        now: datetime,
        then: Callable[[Connection], str],
    ) -> Outcome:
        """What `then` makes of the session is its token. A right password does not make wrong codes forgotten."""
        account = f"{session.person} code"
        wait = self.limits.begin(account, caller.address, "", now)
        if wait:
            return Outcome(wait=wait)
        with writing(engine) as connection:
            if not self._spend(connection, session.person, given, now):
                audit.append(connection, session.person, "code refused", now, address=caller.address)
                return Outcome()
            token = then(connection)
        self.limits.succeeded(account, caller.address, "")
        return Outcome(token)

    def _spend(self, connection: Connection, name: str, given: str, now: datetime) -> bool:
        sealed = connection.scalar(select(person.c.secret).where(person.c.name == name)) or ""
        secret = self.secret.unseal(sealed)
        step = step_of(secret, given, now) if secret else None
        if step is not None:
            return spend_step(connection, name, step)
        if spend_recovery_code(connection, name, given):
            audit.append(connection, name, "recovery code", now)
            return True
        return False

    def _report(self, engine: Engine, now: datetime) -> None:
        with writing(engine) as connection:
            audit.append(connection, "", "sign-in refused", now, **self.failures.taken(now))


def _hash_of(engine: Engine, name: str) -> str:
    """The hash of somebody's password; empty for whoever cannot sign in."""
    with engine.connect() as connection:
        known = (person.c.name == name) & ~person.c.disabled
        return connection.scalar(select(person.c.password).where(known)) or ""


def _open(engine: Engine, name: str, caller: Caller, now: datetime) -> str:
    with writing(engine) as connection:
        audit.append(connection, name, "sign in", now, address=caller.address)
        return open_session(connection, name, False, now, caller.address, caller.agent)
