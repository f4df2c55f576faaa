"""Changing keys: drafts that people sign one after another, away from the server.

A draft file carries the root that is valid now and the new root or targets role. Each person sees what changes,
signs, and passes it on; copies that were signed side by side are joined. The server applies a draft only when enough
have signed: for a root as many as the old and the new root ask for, so that nobody who holds fewer keys can ever
change who is trusted.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from securesystemslib.signer import CryptoSigner, Key
from tuf.api.metadata import Metadata, Root, Targets
from tuf.api.serialization import DeserializationError

from catalog.durable import replace
from county.errors import Refused
from county.signing import metadata


@dataclass(frozen=True, slots=True)
class Draft:
    """`role` is the new root or targets; `before` the root that is valid when it is drafted."""

    before: Metadata[Root]
    role: Metadata[Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What shall be different in a root: keys added to roles, key ids taken away, thresholds."""

    add: Sequence[tuple[str, Key]] = ()
    revoke: Sequence[str] = ()
    thresholds: dict[str, int] = field(default_factory=dict)


def propose(before: Metadata[Root], change: Change, expires: datetime) -> Draft:
    """The next root. Raises Refused for a change that no root can have."""
    signed = deepcopy(before.signed)
    for role, key in change.add:
        signed.add_key(key, role)
    for given in change.revoke:
        _revoke(signed, given)
    for role, threshold in change.thresholds.items():
        signed.roles[role].threshold = threshold
    for name, held in signed.roles.items():
        if not 1 <= held.threshold <= len(held.keyids):
            raise Refused(
                f"{name} 将有 {len(held.keyids)} 把密钥，要求 {held.threshold} 个签名：请先增加密钥或调整门限"
            )
    signed.version += 1
    signed.expires = expires
    return Draft(before, Metadata(signed))


def renew_targets(
    root: Metadata[Root], current: Targets, rings_keys: Sequence[Key], expires: datetime
) -> Draft:
    """The same editions signed anew, with these keys for the rings."""
    role = metadata.targets(current.version + 1, expires, current.targets, rings_keys)
    return Draft(root, role)


def sign(draft: Draft, signers: Iterable[CryptoSigner]) -> None:
    """Add signatures. Raises Refused for a key that has no say in this."""
    known = _having_a_say(draft)
    for signer in signers:
        if signer.public_key.keyid not in known:
            raise Refused(f"密钥 {signer.public_key.keyid[:12]} 与这份草案无关，不能签名")
        draft.role.sign(signer, append=True)


def join(draft: Draft, other: Draft) -> None:
    """Add the signatures of another copy. Raises Refused when it is not a copy."""
    if other.role.signed_bytes != draft.role.signed_bytes:
        raise Refused("两份草案的内容不同，不能合并签名")
    draft.role.signatures.update(other.role.signatures)


def standing(draft: Draft, root: Root) -> list[tuple[str, int, int]]:
    """(who must sign, valid signatures, signatures needed); `root` is the one that targets are held against."""
    new = draft.role.signed
    judges = (
        [("现任根密钥", draft.before.signed), ("新任根密钥", new)]
        if isinstance(new, Root)
        else [("批准密钥", root)]
    )
    counted = []
    for name, judge in judges:
        verdict = judge.get_verification_result(new.type, draft.role.signed_bytes, draft.role.signatures)
        counted.append((name, len(verdict.signed), verdict.threshold))
    return counted


def is_complete(draft: Draft, root: Root) -> bool:
    """Whether enough people have signed."""
    return all(have >= need for _, have, need in standing(draft, root))


def describe(draft: Draft) -> list[str]:
    """What changes, in words, one line each."""
    new = draft.role.signed
    until = f"有效期至 {new.expires:%Y-%m-%d}"
    if not isinstance(new, Root):
        names = "、".join(sorted(new.targets)) or "没有版本"
        keys = "、".join(key.keyid[:12] for key in metadata.rings_keys(new)) or "无"
        return [f"版本清单第 {new.version} 版：{names}", f"分批发放的密钥：{keys}", until]
    lines = [f"根元数据第 {draft.before.signed.version} 版 → 第 {new.version} 版，{until}"]
    for name, role in new.roles.items():
        old = draft.before.signed.roles[name]
        lines += [f"{name}：增加密钥 {keyid}" for keyid in role.keyids if keyid not in old.keyids]
        lines += [f"{name}：撤销密钥 {keyid}" for keyid in old.keyids if keyid not in role.keyids]
        if role.threshold != old.threshold:
            lines.append(f"{name}：需要 {old.threshold} 个签名 → 需要 {role.threshold} 个签名")
    return lines


def write_draft(path: Path, draft: Draft) -> None:
    """Write a draft with the signatures it has. Raises OSError."""
    parts = {"before": draft.before.to_dict(), "role": draft.role.to_dict()}
    replace(path, msgspec.json.format(msgspec.json.encode(parts)))


def read_draft(path: Path) -> Draft:
    """Read a draft. Raises Refused for another file."""
    try:
        parts = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
        draft = Draft(Metadata.from_dict(parts["before"]), Metadata.from_dict(parts["role"]))
    except (OSError, msgspec.MsgspecError, DeserializationError, KeyError, ValueError, TypeError) as error:
        raise Refused(f"{path} 不是密钥草案：{error}") from error
    if not isinstance(draft.before.signed, Root) or not isinstance(draft.role.signed, Root | Targets):
        raise Refused(f"{path} 不是密钥草案")
    return draft


def _revoke(signed: Root, given: str) -> None:
    """Take a key away from every role that has it; the beginning of its id will do."""
    found = [keyid for keyid in signed.keys if keyid.startswith(given)]
    if len(found) != 1 or len(given) < 6:
        raise Refused(f"没有唯一的密钥以 {given} 开头，请写出更长的编号（至少 6 位）")
    for name, role in signed.roles.items():
        if found[0] in role.keyids:
            signed.revoke_key(found[0], name)


def _having_a_say(draft: Draft) -> set[str]:
    role = draft.role.signed.type
    roots = (
        [draft.before.signed, draft.role.signed]
        if isinstance(draft.role.signed, Root)
        else [draft.before.signed]
    )
    return {keyid for root in roots for keyid in root.roles[role].keyids}
