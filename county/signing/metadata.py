"""The four TUF roles and the rings below targets as signed bytes. Nothing here reads or writes a file.

The timestamp carries `x-issued`, the moment of signing: the floor below which a kiosk does not believe its clock.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import msgspec
from securesystemslib.signer import CryptoSigner, Key
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from catalog.rings import TARGET, Plan
from catalog.text import encode
from county.signing.keys import Signers

RINGS = "rings"

S = TypeVar("S", Root, Targets, Snapshot, Timestamp)


def root(signers: Signers, thresholds: Mapping[str, int], expires: datetime) -> Metadata[Root]:
    """The first root: the keys of every role, and how many must sign."""
    signed = Root(expires=expires, consistent_snapshot=True)
    for role in signed.roles:
        for signer in signers[role]:
            signed.add_key(signer.public_key, role)
        signed.roles[role].threshold = thresholds.get(role, 1)
    return sign(Metadata(signed), signers["root"])


def targets(
    version: int, expires: datetime, listed: Mapping[str, TargetFile], rings_keys: Sequence[Key]
) -> Metadata[Targets]:
    """The targets role, unsigned: the manifests that kiosks may take, and who may spread them in rings."""
    role = DelegatedRole(RINGS, [key.keyid for key in rings_keys], 1, terminating=True, paths=["rings/*"])
    delegations = Delegations({key.keyid: key for key in rings_keys}, {RINGS: role})
    return Metadata(Targets(version=version, expires=expires, targets=dict(listed), delegations=delegations))


def rings_keys(signed: Targets) -> list[Key]:
    """The keys that may say which ring takes which edition."""
    delegations = signed.delegations
    if delegations is None or delegations.roles is None or RINGS not in delegations.roles:
        return []
    return [delegations.keys[keyid] for keyid in delegations.roles[RINGS].keyids]


def rings(version: int, expires: datetime, plan: Plan, signers: Sequence[CryptoSigner]) -> Metadata[Targets]:
    """The rings role: one target, the plan, which stands beside it."""
    data = encode(plan)
    target = TargetFile.from_data(TARGET, data, ["sha256"])
    target.unrecognized_fields["custom"] = msgspec.json.decode(data)
    return sign(Metadata(Targets(version=version, expires=expires, targets={TARGET: target})), signers)


def snapshot(
    version: int, expires: datetime, versions: Mapping[str, int], signers: Sequence[CryptoSigner]
) -> Metadata[Snapshot]:
    """The snapshot role: which version of targets and of rings is the current one."""
    meta = {f"{role}.json": MetaFile(current) for role, current in versions.items()}
    return sign(Metadata(Snapshot(version=version, expires=expires, meta=meta)), signers)


def timestamp(
    version: int,
    expires: datetime,
    snapshot_version: int,
    issued: datetime,
    signers: Sequence[CryptoSigner],
) -> Metadata[Timestamp]:
    """The timestamp role: which version of snapshot is the current one, and when that was said."""
    said = {"x-issued": issued.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    signed = Timestamp(
        version=version,
        expires=expires,
        snapshot_meta=MetaFile(snapshot_version),
        unrecognized_fields=said,
    )
    return sign(Metadata(signed), signers)


def sign(metadata: Metadata[S], signers: Sequence[CryptoSigner]) -> Metadata[S]:
    """Add the signatures of `signers`."""
    for signer in signers:
        metadata.sign(signer, append=True)
    return metadata


def after(now: datetime, days: int) -> datetime:
    """The moment `days` after `now`, in whole seconds as TUF writes it."""
    return (now.astimezone(UTC) + timedelta(days=days)).replace(microsecond=0)
