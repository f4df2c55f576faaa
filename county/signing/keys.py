"""Private keys on disk: Ed25519, one PEM file a key, readable by their owner alone.

`<role>-<n>.pem` below the state folder's `keys/`. Keys of root and targets belong to people and, in production, on
media that the server never sees; those of snapshot and timestamp stay with the server.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.signer import CryptoSigner

from catalog.durable import move
from county.errors import Unready

Signers = Mapping[str, list[CryptoSigner]]


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
        raise Unready(f"{folder} 中没有 {role} 的密钥,请先运行 init,或把密钥放回原处")
    return found


def read_keys(paths: Iterable[Path]) -> list[CryptoSigner]:
    """The keys in these files. Raises Unready for a file that holds none."""
    return [_read_key(path) for path in paths]


def _make_key(path: Path) -> CryptoSigner:
    if path.exists():
        return _read_key(path)
    signer = CryptoSigner.generate_ed25519()
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_bytes(signer.private_bytes)
    move(draft, path)
    return signer


def _read_key(path: Path) -> CryptoSigner:
    try:
        return CryptoSigner(load_pem_private_key(path.read_bytes(), None))
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Unready(f"无法读取密钥 {path}:{error}") from error
