"""Private keys on disk: Ed25519, one PEM file a key, readable by their owner alone.

`<role>-<n>.pem` below the state folder's `keys/`. Keys of root and targets belong to people and, in production, on
media that the server never sees, under a passphrase; those of snapshot, timestamp and rings stay with the server.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from securesystemslib.signer import CryptoSigner, Key, SSlibKey

from catalog.durable import move
from county.errors import Unready

Signers = Mapping[str, list[CryptoSigner]]
Ask = Callable[[Path], bytes]
"""Asks for the passphrase of a key."""


def no_passphrase(path: Path) -> bytes:
    """The Ask of a server, which has nobody to ask. Raises Unready."""
    raise Unready(f"密钥 {path} 有口令，请在签名人自己的计算机上使用")


def make_keys(folder: Path, counts: Mapping[str, int]) -> Signers:
    """As many keys for each role as `counts` says; makes those that are missing. Raises Unready."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        role: [_make_key(folder / f"{role}-{number}.pem") for number in range(1, count + 1)]
        for role, count in counts.items()
    }


def read_signers(folder: Path, role: str) -> list[CryptoSigner]:
    """The keys of `role` in `folder`. Raises Unready when there is none."""
    found = read_keys(sorted(folder.glob(f"{role}-*.pem")))
    if not found:
        raise Unready(f"{folder} 中没有 {role} 的密钥，请先运行 init，或把密钥放回原处")
    return found


def read_keys(paths: Iterable[Path], ask: Ask = no_passphrase) -> list[CryptoSigner]:
    """The keys in these files. Raises Unready for a file that holds none or whose passphrase is wrong."""
    return [_read_key(path, ask) for path in paths]


def write_key(path: Path, passphrase: bytes) -> CryptoSigner:
    """Make a key of a person; an empty `passphrase` leaves it open. Raises Unready when the file is there."""
    if path.exists():
        raise Unready(f"{path} 已经存在，不会覆盖密钥")
    key = Ed25519PrivateKey.generate()
    locked = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    _write(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked))
    signer = CryptoSigner(key)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    path.with_suffix(".pub").write_bytes(public)
    return signer


def read_public_key(path: Path) -> Key:
    """The public key that `write_key` put beside a key. Raises Unready."""
    try:
        return SSlibKey.from_crypto(load_pem_public_key(path.read_bytes()))
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Unready(f"无法读取公钥 {path}:{error}") from error


def add_key(folder: Path, role: str) -> CryptoSigner:
    """One more key of a role that stays with the server."""
    taken = [path.name.removeprefix(f"{role}-").split(".")[0] for path in folder.glob(f"{role}-*")]
    number = 1 + max((int(name) for name in taken if name.isdecimal()), default=0)
    return _make_key(folder / f"{role}-{number}.pem")


def retire_keys(folder: Path, role: str, kept: Iterable[str]) -> None:
    """Put aside the keys of a role but those with these ids."""
    ids = set(kept)
    for path in folder.glob(f"{role}-*.pem"):
        if _read_key(path, no_passphrase).public_key.keyid not in ids:
            move(path, path.with_suffix(".retired"))


def _make_key(path: Path) -> CryptoSigner:
    if path.exists():
        return _read_key(path, no_passphrase)
    signer = CryptoSigner.generate_ed25519()
    _write(path, signer.private_bytes)
    return signer


def _write(path: Path, data: bytes) -> None:
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_bytes(data)
    move(draft, path)


def _read_key(path: Path, ask: Ask) -> CryptoSigner:
    try:
        data = path.read_bytes()
        passphrase = ask(path) if b"ENCRYPTED" in data else None
        return CryptoSigner(load_pem_private_key(data, passphrase))
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Unready(f"无法读取密钥 {path}:{error}") from error
