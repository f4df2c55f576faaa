"""Approving an edition: people sign the targets role that lists its manifest.

The signed role waits below the state folder's `build/` until `publish`. Only here are the keys of targets used, so
this can run where the web server cannot reach.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from securesystemslib.signer import CryptoSigner
from sqlalchemy import Engine
from tuf.api.metadata import Metadata, TargetFile, Targets
from tuf.api.serialization import DeserializationError

from catalog.edition import Damaged, logical_digest, walk
from county import audit, editions
from county.database.engine import writing
from county.editions import Edition
from county.errors import Refused
from county.objects import Objects
from county.repository import Repository, put, target_path
from county.settings import Settings
from county.signing import metadata

LISTED = 4
"""How many editions, newest first, the targets role lists."""


@dataclass(frozen=True, slots=True)
class Signed:
    """How many signatures the edition has, and how many it needs."""

    signatures: int
    threshold: int

    @property
    def complete(self) -> bool:
        """Whether the edition can be published."""
        return self.signatures >= self.threshold


class _Identified(msgspec.Struct):
    id: str


def verify(settings: Settings, edition: Edition) -> None:
    """Raises Refused unless the objects on disk are exactly what the manifest states."""
    objects = Objects(settings.candidate, settings.repository)
    try:
        lines = sorted(
            (root.kind, msgspec.json.decode(line, type=_Identified).id, line)
            for root in edition.manifest.kinds
            for line in walk(root.root, objects.text)
        )
    except Damaged as error:
        raise Refused(f"待签内容不完整({error}),请运行 build --force 重新生成") from error
    if logical_digest(lines) != edition.manifest.logical_digest:
        raise Refused("待签内容与清单不符,请运行 build --force 重新生成")


def sign(
    engine: Engine,
    settings: Settings,
    edition: Edition,
    signers: Sequence[CryptoSigner],
    person: str,
    now: datetime,
) -> Signed:
    """Add the signatures of `signers` to the candidate `edition`.

    Raises Refused when a key is not one of the targets role, or the content is not what the manifest states.
    """
    verify(settings, edition)
    repository = Repository(settings.repository)
    root = repository.root().signed
    strangers = [
        s.public_key.keyid for s in signers if s.public_key.keyid not in root.roles["targets"].keyids
    ]
    if strangers:
        raise Refused(f"密钥 {strangers[0][:12]} 不是批准密钥,不能签发")
    staged = staged_targets(settings, edition) or _draft(settings, repository, edition, now)
    metadata.sign(staged, signers)
    put(settings.candidate / "targets.json", staged.to_bytes())
    verdict = root.get_verification_result("targets", staged.signed_bytes, staged.signatures)
    signed = Signed(len(verdict.signed), verdict.threshold)
    with writing(engine) as connection:
        if signed.complete:
            editions.move(connection, edition.number, "signed")
        keys = [signer.public_key.keyid for signer in signers]
        audit.append(
            connection, person, "sign", now, edition=edition.number, digest=edition.digest, keys=keys
        )
    return signed


def staged_targets(settings: Settings, edition: Edition) -> Metadata[Targets] | None:
    """The targets role that waits for publication, when it is of this edition; else None."""
    try:
        staged: Metadata[Targets] = Metadata.from_bytes((settings.candidate / "targets.json").read_bytes())
    except (OSError, DeserializationError):
        return None
    listed = staged.signed.targets.get(target_path(edition.number))
    return staged if listed is not None and listed.hashes["sha256"] == edition.digest else None


def _draft(settings: Settings, repository: Repository, edition: Edition, now: datetime) -> Metadata[Targets]:
    newest = sorted(repository.editions().items())[-(LISTED - 1) :]
    path = target_path(edition.number)
    listed = {target.path: target for _, target in newest}
    listed[path] = TargetFile.from_data(path, edition.manifest_bytes, ["sha256"])
    version = repository.targets().signed.version + 1
    return metadata.targets(version, metadata.after(now, settings.targets_days), listed)
