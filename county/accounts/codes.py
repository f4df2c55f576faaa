"""One-time codes (TOTP, RFC 6238: six digits, 30 seconds) and the recovery codes that stand in for a lost device."""

import base64
import secrets
from datetime import datetime
from hashlib import sha256
from io import BytesIO

import pyotp
import qrcode
from qrcode.image.svg import SvgPathImage
from sqlalchemy import Connection, delete, insert, select, update

from county.database.accounts import person, recovery_code

STEP = 30
RECOVERY_CODES = 10


def new_secret() -> str:
    """A secret of 160 random bits in base32, as authenticator apps take it."""
    return pyotp.random_base32()


def enrolment_url(secret: str, name: str, issuer: str) -> str:
    """What the QR code says: an `otpauth://` address."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def picture(url: str) -> str:
    """A QR code as a `data:` address of an SVG."""
    drawn = BytesIO()
    qrcode.make(url, image_factory=SvgPathImage, box_size=12, border=4).save(drawn)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step that `code` belongs to: the present one or a neighbour. None when it is wrong."""
    digits = code.strip().replace(" ", "")
    if len(digits) != 6 or not digits.isascii() or not digits.isdigit():
        return None
    here = int(now.timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    for step in (here, here - 1, here + 1):
        if secrets.compare_digest(totp.generate_otp(step), digits):
            return step
    return None


def spend_step(connection: Connection, name: str, step: int) -> bool:
    """Use a code up. False when this code or a later one was used before. Inside `writing`."""
    mine = (person.c.name == name) & (person.c.code_step < step)
    return connection.execute(update(person).where(mine).values(code_step=step)).rowcount == 1


def new_recovery_codes(connection: Connection, name: str) -> list[str]:
    """Ten new codes of 80 bits, which replace the person's old ones. Only their hashes are kept. Inside `writing`."""
    codes = [base64.b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(RECOVERY_CODES)]
    connection.execute(delete(recovery_code).where(recovery_code.c.person == name))
    connection.execute(insert(recovery_code), [{"person": name, "code": _hash(code)} for code in codes])
    return ["-".join(code[at : at + 4] for at in range(0, 16, 4)) for code in codes]


def spend_recovery_code(connection: Connection, name: str, code: str) -> bool:
    """Use a recovery code up. False when there is no such code. Inside `writing`."""
    given = code.strip().lower().replace("-", "").replace(" ", "")
    mine = (recovery_code.c.person == name) & (recovery_code.c.code == _hash(given))
    return connection.execute(delete(recovery_code).where(mine)).rowcount == 1


def recovery_codes_left(connection: Connection, name: str) -> int:
    """How many recovery codes are unused."""
    return len(connection.execute(select(recovery_code.c.code).where(recovery_code.c.person == name)).all())


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()
