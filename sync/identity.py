"""Who this box is to the county: `identity.json`, readable by its owner alone.

The key is made here and never leaves. It can speak for this box and sign nothing that a kiosk would show.
"""

from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from catalog import durable
from catalog.fleet import Hex
from catalog.text import encode


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """`county` is the address of the county server, with a final slash; `key` the Ed25519 key, raw, in hexadecimal."""

    county: str
    key: Hex
    kiosk: str = ""
    name: str = ""
    group: str = ""

    @property
    def private_key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.key))

    @property
    def public_key(self) -> str:
        """In hexadecimal digits."""
        return self.private_key.public_key().public_bytes_raw().hex()


def read_identity(state: Path) -> Identity | None:
    """Who this box is; None when it was not taken in, or when the file is damaged and it must be taken in again."""
    return read(state / "identity.json")


def read(path: Path) -> Identity | None:
    """The identity in a file, or None."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Identity)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def keep_identity(state: Path, identity: Identity) -> None:
    """Remember who this box is. Raises OSError."""
    write(state / "identity.json", identity)


def write(path: Path, identity: Identity) -> None:
    """Put an identity into a file that only its owner can read. Raises OSError."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_bytes(encode(identity))
    durable.move(draft, path)


def base_url(text: str) -> str:
    """The address of a county server as it was typed, with a scheme and a final slash. Raises ValueError."""
    text = text.strip() if "://" in text else f"https://{text.strip()}"
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"{text}: not the address of a county server, such as https://county.example/")
    return text.rstrip("/") + "/"
