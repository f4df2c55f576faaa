"""Approving an edition: people sign the targets role that lists its manifest.

The signed role waits below the state folder's `build/` until `publish`. Only here are the keys of targets used, so
this can run where the web server cannot reach.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from securesystemslib.exceptions import UnverifiedSignatureError
from securesystemslib.signer import CryptoSigner, Signature
from sqlalchemy import Engine
from tuf.api.metadata import Metadata, Root, TargetFile, Targets
from tuf.api.serialization import DeserializationError

from catalog.edition import Damaged, logical_digest, walk
from county import audit, editions
from county.database.engine import writing
from county.editions import Edition
from county.errors import Refused
from county.fleet import reports
from county.objects import Objects
from county.repository import Repository, put, target_path
from county.settings import Settings
from county.signing import metadata

LISTED = 4
"""How many editions, newest first, the targets role lists."""


@dataclass(frozen=True, slots=True)
class Signed:
    """How many signatures the edition has, how many it needs, and by which keys (ids in hex) it is signed."""

    signatures: int
    threshold: int
    keys: tuple[str, ...] = ()

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
        raise Refused(f"待签内容不完整（{error}），请运行 build --force 重新生成") from error
    if logical_digest(lines) != edition.manifest.logical_digest:
        raise Refused("待签内容与清单不符，请运行 build --force 重新生成")


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
    staged = stage(settings, edition, now)
    made = [signer.sign(staged.signed_bytes) for signer in signers]
    return _add(engine, settings, edition, staged, made, person, now)


def stage(settings: Settings, edition: Edition, now: datetime) -> Metadata[Targets]:
    """What is to be signed: the targets role that lists the edition. Raises Refused as `verify` does."""
    verify(settings, edition)
    staged = staged_targets(settings, edition)
    if staged is None:
        staged = _draft(settings, Repository(settings.repository), edition, now)
        put(settings.candidate / "targets.json", staged.to_bytes())
    return staged


def add_signatures(
    engine: Engine,
    settings: Settings,
    edition: Edition,
    made: Sequence[Signature],
    person: str,
    now: datetime,
) -> Signed:
    """Add signatures that were made elsewhere. Raises Refused for those of strangers and of other texts."""
    return _add(engine, settings, edition, stage(settings, edition, now), made, person, now)


def _add(
    engine: Engine,
    settings: Settings,
    edition: Edition,
    staged: Metadata[Targets],
    made: Sequence[Signature],
    person: str,
    now: datetime,
) -> Signed:
    root = Repository(settings.repository).root().signed
    for signature in made:
        _require_valid(root, staged, signature)
    with writing(engine) as connection:
        reports.require_unseen(connection, edition.number)
        current = editions.candidate(connection)
        if current is None or current.digest != edition.digest:
            raise Refused("待签的版本已经换了，请重新核对后签名")
        staged = staged_targets(settings, edition) or staged
        staged.signatures.update({signature.keyid: signature for signature in made})
        put(settings.candidate / "targets.json", staged.to_bytes())
        signed = _count(root, staged)
        if signed.complete:
            editions.move(connection, edition.number, "signed")
        keys = [signature.keyid for signature in made]
        audit.append(
            connection, person, "sign", now, edition=edition.number, digest=edition.digest, keys=keys
        )
    return signed


def signatures(settings: Settings, edition: Edition) -> Signed:
    """Which keys have signed the edition so far."""
    root = Repository(settings.repository).root().signed
    staged = staged_targets(settings, edition)
    return Signed(0, root.roles["targets"].threshold) if staged is None else _count(root, staged)


def _count(root: Root, staged: Metadata[Targets]) -> Signed:
    verdict = root.get_verification_result("targets", staged.signed_bytes, staged.signatures)
    return Signed(len(verdict.signed), verdict.threshold, tuple(sorted(verdict.signed)))


def _require_valid(root: Root, staged: Metadata[Targets], signature: Signature) -> None:
    if signature.keyid not in root.roles["targets"].keyids:
        raise Refused(f"密钥 {signature.keyid[:12]} 不是批准密钥，不能签发")
    try:
        root.keys[signature.keyid].verify_signature(signature, staged.signed_bytes)
    except UnverifiedSignatureError as error:
        raise Refused("签名与待发布的内容不符：请下载最新的待签文件重新签名") from error


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
    current = repository.targets().signed
    expires = metadata.after(now, settings.targets_days)
    return metadata.targets(current.version + 1, expires, listed, metadata.rings_keys(current))
