"""Taking kiosks in, naming, replacing and revoking them. Functions that write are called inside `writing`.

A code is made for a name, zone and group, works once and not for long. What the box gets for it is its own identity:
the county keeps the box's public key only, so nothing in the database can sign for a kiosk.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Literal, get_args

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Row, insert, select, update

from catalog import enrolment as codes
from catalog.enrolment import Code
from catalog.fleet import Enrolment, signed_text
from county import audit
from county.database.fleet import enrolment, kiosk
from county.errors import Refused

State = Literal["in service", "maintenance", "stored"]
"""In use; out of use while somebody works on it; in a store-room. The last two raise no alerts."""
LIFETIME = timedelta(hours=24)
"""How long a code works."""


class Unknown(Exception):
    """No such kiosk, or its signature is wrong, or its code was used, has expired or never was."""


class Replayed(Exception):
    """The request's number is not higher than the last one, which is the argument."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A kiosk as the county knows it; `public_key` in hexadecimal digits."""

    id: str
    name: str
    zone: str
    group: str
    public_key: str
    state: str


def make_code(
    connection: Connection,
    place: Kiosk,
    root: tuple[int, bytes],
    person: str,
    now: datetime,
    random: Callable[[int], bytes],
) -> Code:
    """A code for a kiosk with the name, zone and group of `place`; with an id, to give that kiosk another box.

    `root` is the version and the bytes of the root that the box shall trust. Raises Refused.
    """
    name = place.name.strip()
    if not 1 <= len(name) <= 64 or not name.isprintable():
        raise Refused("终端名称应有 1 至 64 个字符 · a kiosk's name has 1 to 64 characters")
    if place.id and get(connection, place.id).state == "revoked":
        raise Refused("已吊销的终端不能更换设备，请另建新终端 · a revoked kiosk cannot be given another box")
    code = codes.new_code(root[1], random)
    connection.execute(
        insert(enrolment).values(
            name=code.name,
            key=code.key,
            kiosk_name=name,
            zone=place.zone,
            group=place.group,
            replaces=place.id or None,
            root=root[0],
            person=person,
            created=now,
            expires=now + LIFETIME,
        )
    )
    audit.append(
        connection, person, "enrolment code", now, name=name, zone=place.zone, replaces=place.id or None
    )
    return code


def enrol(connection: Connection, asked: Enrolment, new_id: str, now: datetime) -> tuple[Kiosk, int]:
    """Take a box in: the kiosk it is from now on, and the version of the root that it shall trust.

    The same box may ask again when the answer was lost. Raises Unknown.
    """
    found = connection.execute(select(enrolment).where(enrolment.c.name == asked.name)).first()
    if found is None or not compare_digest(codes.proof(found.key, asked.public_key), asked.proof):
        raise Unknown
    if found.used is not None:
        known = get(connection, found.kiosk)
        if known.public_key != asked.public_key or known.state == "revoked":
            raise Unknown
        return known, int(found.root)
    if found.expires <= now or _is_taken(connection, asked.public_key):
        raise Unknown
    kiosk_id = _settle(connection, found, asked.public_key, new_id, now)
    connection.execute(
        update(enrolment).where(enrolment.c.name == asked.name).values(used=now, kiosk=kiosk_id)
    )
    audit.append(connection, found.person, "enrol", now, kiosk=kiosk_id, name=found.kiosk_name)
    return get(connection, kiosk_id), int(found.root)


def rename(connection: Connection, kiosk_id: str, place: Kiosk, person: str, now: datetime) -> None:
    """Give a kiosk the name, zone and group of `place`. Raises Refused."""
    before, name = get(connection, kiosk_id), place.name.strip()
    if not 1 <= len(name) <= 64 or not name.isprintable():
        raise Refused("终端名称应有 1 至 64 个字符 · a kiosk's name has 1 to 64 characters")
    values = {"name": name, "zone": place.zone[:96], "group": place.group.strip()[:64]}
    connection.execute(update(kiosk).where(kiosk.c.id == kiosk_id).values(**values))
    audit.append(connection, person, "kiosk rename", now, kiosk=kiosk_id, before=before.name, **values)


def revoke(connection: Connection, kiosk_id: str, person: str, now: datetime) -> None:
    """Accept nothing from a kiosk from now on, for good. Raises Refused."""
    before = get(connection, kiosk_id)
    if before.state != "revoked":
        connection.execute(update(kiosk).where(kiosk.c.id == kiosk_id).values(state="revoked"))
        audit.append(connection, person, "kiosk revoke", now, kiosk=kiosk_id, name=before.name)


def put_in(connection: Connection, kiosk_id: str, state: State, person: str, now: datetime) -> None:
    """Put a kiosk into service, under maintenance or into the store-room. Raises Refused."""
    before = get(connection, kiosk_id)
    if state not in get_args(State) or before.state == "revoked":
        raise Refused("不能改成这种状态 · a kiosk cannot be put into this state")
    if before.state != state:
        connection.execute(update(kiosk).where(kiosk.c.id == kiosk_id).values(state=state))
        audit.append(connection, person, "kiosk state", now, kiosk=kiosk_id, state=state)


def get(connection: Connection, kiosk_id: str) -> Kiosk:
    """Raises Refused when there is no such kiosk."""
    row = connection.execute(select(kiosk).where(kiosk.c.id == kiosk_id)).first()
    if row is None:
        raise Refused(f"没有终端 {kiosk_id} · no such kiosk")
    return _kiosk(row)


def every(connection: Connection) -> list[Kiosk]:
    """All kiosks that are not revoked, by zone and name."""
    rows = connection.execute(
        select(kiosk).where(kiosk.c.state != "revoked").order_by(kiosk.c.zone, kiosk.c.name, kiosk.c.id)
    )
    return [_kiosk(row) for row in rows]


def verify(
    connection: Connection, kiosk_id: str, number: int, signature: bytes, request: tuple[str, str, bytes]
) -> Kiosk:
    """Who signed `request`, which is its method, path and body. Raises Unknown."""
    row = connection.execute(select(kiosk).where(kiosk.c.id == kiosk_id)).first()
    if row is None or row.state == "revoked":
        raise Unknown
    method, path, body = request
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(row.public_key))
        key.verify(signature, signed_text(method, path, kiosk_id, number, body))
    except (InvalidSignature, ValueError) as error:
        raise Unknown from error
    return _kiosk(row)


def accept(connection: Connection, kiosk_id: str, number: int) -> None:
    """Take note of a request's number, inside the transaction that does what it asks. Raises Unknown, Replayed."""
    of = select(kiosk.c.number).where(kiosk.c.id == kiosk_id, kiosk.c.state != "revoked")
    last = connection.scalar(of)
    if last is None:
        raise Unknown
    if number <= last:
        raise Replayed(last)
    connection.execute(update(kiosk).where(kiosk.c.id == kiosk_id).values(number=number))


def _settle(connection: Connection, code: Row[object], public_key: str, new_id: str, now: datetime) -> str:
    place = {"name": code.kiosk_name, "zone": code.zone, "group": code.group, "public_key": public_key}
    if code.replaces is None:
        connection.execute(insert(kiosk).values(id=new_id, state="in service", enrolled=now, **place))
        return new_id
    if get(connection, code.replaces).state == "revoked":
        raise Unknown
    connection.execute(update(kiosk).where(kiosk.c.id == code.replaces).values(number=0, **place))
    return str(code.replaces)


def _is_taken(connection: Connection, public_key: str) -> bool:
    return connection.scalar(select(kiosk.c.id).where(kiosk.c.public_key == public_key)) is not None


def _kiosk(row: Row[object]) -> Kiosk:
    return Kiosk(row.id, row.name, row.zone, row.group, row.public_key, row.state)
