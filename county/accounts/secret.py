"""The desk's own secret: what the database must not be able to read or forge alone.

It lies in the state folder, readable by the server only. When it is lost everybody with one-time codes enrols
anew; nothing else is lost.
"""

import base64
import hmac
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

FILE = "desk.key"


@dataclass(frozen=True, slots=True)
class Secret:
    """32 random bytes."""

    key: bytes

    def seal(self, text: str) -> str:
        """Encrypted and authenticated."""
        return Fernet(self._key("seal")).encrypt(text.encode()).decode()

    def unseal(self, sealed: str, longest: int | None = None) -> str | None:
        """What was sealed, unless it was not sealed here, or more than `longest` seconds ago."""
        try:
            return Fernet(self._key("seal")).decrypt(sealed.encode(), longest).decode()
        except (InvalidToken, UnicodeEncodeError):
            return None

    def device(self, account: str) -> str:
        """What a browser keeps that has signed in to this account."""
        name = secrets.token_hex(16)
        return f"{name}{self._mark(account, name)}"

    def known_device(self, account: str, kept: str) -> str:
        """The name of the browser, when it kept this for this account; else empty."""
        name, mark = kept[:32], kept[32:]
        right = hmac.compare_digest(self._mark(account, name).encode(), mark.encode())
        return name if right else ""

    def _mark(self, account: str, name: str) -> str:
        return hmac.new(self._key("device"), f"{name}{account}".encode(), sha256).hexdigest()

    def _key(self, purpose: str) -> bytes:
        return base64.urlsafe_b64encode(hmac.digest(self.key, purpose.encode(), "sha256"))


def load_secret(folder: Path) -> Secret:
    """The secret in this state folder, made when there is none yet."""
    path = folder / FILE
    if not path.exists():
        made = folder / f"{FILE}.{os.getpid()}"
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(made, path)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return Secret(path.read_bytes())
