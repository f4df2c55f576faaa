"""A county server in memory: real keys and signatures, the files of its repository as bytes by path."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import structs
from securesystemslib.signer import CryptoSigner
from tuf.api.exceptions import DownloadHTTPError
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

from catalog.edition import Manifest, encode_manifest, pack_edition
from catalog.records import Channel, PublicService, Record
from catalog.settings import load
from sync.fetcher import Fetcher
from sync.settings import Settings

URL = "http://county.example/repository/"
NOW = datetime.now(UTC).replace(microsecond=0)
SETTINGS = load(Settings, "sync.toml", repository_url=URL, breaks=0)
ROLES = ("root", "targets", "snapshot", "timestamp")


def services(count: int, phone: str = "0951-1000000") -> list[Record]:
    """Services with texts long enough that a few dozen need more than one object."""
    channel = Channel(phone=phone, address="政务服务中心一楼")
    return [
        PublicService(
            id=f"service-{number:03d}",
            title=f"第{number}项服务",
            description=f"{number} 说明" * 400,
            competent_authority="bureau",
            channel=channel if number == 0 else Channel(),
        )
        for number in range(count)
    ]


class MemoryCounty:
    """Change it, pull, look at the shelf. `files` is what its web server serves."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.signers = {role: CryptoSigner.generate_ed25519() for role in ROLES}
        self.expires = NOW + timedelta(days=30)
        self.root = Root(expires=self.expires, consistent_snapshot=True)
        for role in ROLES:
            self.root.add_key(self.signers[role].public_key, role)
        self.targets, self.snapshot = Targets(expires=self.expires), Snapshot(expires=self.expires)
        self.timestamp = Timestamp(expires=self.expires)
        self.targets.version = self.snapshot.version = self.timestamp.version = 0
        self.put_root()
        self.trusted = self.files["metadata/1.root.json"]

    def publish(self, records: Sequence[Record], edition: int = 0, **changes: Any) -> Manifest:
        """Sign and put an edition; `changes` replaces fields of its manifest."""
        number = edition or 1 + max((int(path[9:-5]) for path in self.targets.targets), default=0)
        manifest = self.pack(records, number, **changes)
        self.put_manifest(number, encode_manifest(manifest))
        return manifest

    def put_manifest(self, number: int, data: bytes) -> None:
        """Sign `data` as the manifest of an edition."""
        path = f"editions/{number}.json"
        target = TargetFile.from_data(path, data, ["sha256"])
        self.files[f"targets/editions/{target.hashes['sha256']}.{number}.json"] = data
        self.targets.targets[path] = target
        self.sign()

    def pack(self, records: Sequence[Record], edition: int, **changes: Any) -> Manifest:
        """Put the objects of `records` and return their manifest, unsigned."""
        return structs.replace(pack_edition(records, self._put, edition=edition, created=NOW), **changes)

    def sign(self) -> None:
        """Put new targets, snapshot and timestamp."""
        for signed in (self.targets, self.snapshot, self.timestamp):
            signed.version += 1
            signed.expires = self.expires
        targets = self._put_signed("targets", f"{self.targets.version}.targets", self.targets)
        self.snapshot.meta["targets.json"] = MetaFile.from_data(self.targets.version, targets, ["sha256"])
        snapshot = self._put_signed("snapshot", f"{self.snapshot.version}.snapshot", self.snapshot)
        self.timestamp.snapshot_meta = MetaFile.from_data(self.snapshot.version, snapshot, ["sha256"])
        self._put_signed("timestamp", "timestamp", self.timestamp)

    def rotate(self, role: str) -> None:
        """Give a role another key, and put the next root."""
        old = self.signers[role]
        self.signers[role] = CryptoSigner.generate_ed25519()
        self.root.revoke_key(old.public_key.keyid, role)
        self.root.add_key(self.signers[role].public_key, role)
        self.root.version += 1
        self.put_root([old] if role == "root" else [])

    def put_root(self, also: Sequence[CryptoSigner] = ()) -> None:
        """Sign and put the root at its present version."""
        metadata = Metadata(self.root)
        for signer in (self.signers["root"], *also):
            metadata.sign(signer, append=True)
        self.files[f"metadata/{self.root.version}.root.json"] = metadata.to_bytes()

    def at_this_moment(self) -> dict[str, bytes]:
        """A copy of the files, as an attacker may have kept it."""
        return deepcopy(self.files)

    def _put(self, name: str, data: bytes) -> None:
        self.files[f"objects/{name[:2]}/{name}"] = data

    def _put_signed(self, role: str, name: str, signed: Any) -> bytes:
        metadata = Metadata(signed)
        metadata.sign(self.signers[role])
        self.files[f"metadata/{name}.json"] = data = metadata.to_bytes()
        return data


class MemoryFetcher(Fetcher):
    """Serves files in memory; `asked` is every path that was asked for, with its offset."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(SETTINGS)
        self.files = files
        self.asked: list[tuple[str, int]] = []

    def stream(self, url: str, offset: int = 0) -> Iterator[bytes]:
        path = url.removeprefix(URL)
        self.asked.append((path, offset))
        if path not in self.files:
            raise DownloadHTTPError(f"{url}: 404", 404)
        yield self.files[path][offset:]
