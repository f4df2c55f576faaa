"""Putting signed drafts into force: what they lead to is signed anew, and keys that went out of use are put aside.

A new root and the targets that it makes necessary are put together, so that there is no moment, but that between two
renames, in which boxes cannot follow.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tuf.api.metadata import Metadata, Root, Targets

from county.errors import Refused
from county.publishing import publisher
from county.repository import Put, Repository, put
from county.settings import Settings
from county.signing import ceremony, online
from county.signing.ceremony import Draft
from county.signing.keys import retire_keys
from county.signing.metadata import RINGS, rings_keys


def apply(settings: Settings, drafts: Sequence[Draft], now: datetime, put: Put = put) -> list[str]:
    """Put these drafts into force; what was put. Raises Refused when something is missing, Unready."""
    with publisher(settings.folder):
        repository = Repository(settings.repository)
        current, known = repository.root(), repository.targets()
        root: Metadata[Root] = _only(drafts, Root) or current
        targets: Metadata[Targets] = _only(drafts, Targets) or known
        _require_next(current, root, drafts)
        for draft in drafts:
            for who, have, need in ceremony.standing(draft, root.signed):
                if have < need:
                    raise Refused(f"{who}的签名只有 {have} 个，需要 {need} 个")
        if not _is_valid(root, targets):
            raise Refused(
                "新的根不再承认现有版本清单的签名：请同时应用由新批准密钥签名的版本清单（propose --targets）"
            )
        written = _put(settings, repository, root, targets, now, put)
        for role in ("snapshot", "timestamp"):
            retire_keys(settings.keys, role, root.signed.roles[role].keyids)
        retire_keys(settings.keys, RINGS, [key.keyid for key in rings_keys(targets.signed)])
    return written


def _put(
    settings: Settings,
    repository: Repository,
    root: Metadata[Root],
    targets: Metadata[Targets],
    now: datetime,
    put: Put,
) -> list[str]:
    versions = {**online.current(repository), "targets": targets.signed.version}
    written = []
    if not repository.metadata(f"{targets.signed.version}.targets.json").exists():
        put(repository.metadata(f"{targets.signed.version}.targets.json"), targets.to_bytes())
        versions[RINGS] = online.put_rings(settings, repository, repository.plan(), now, put)
        written.append(f"{targets.signed.version}.targets.json")
    if root.signed.version != repository.root().signed.version:
        put(repository.metadata(f"{root.signed.version}.root.json"), root.to_bytes())
        written.append(f"{root.signed.version}.root.json")
    online.lead_to(settings, repository, versions, now, put)
    return written


def _only(drafts: Sequence[Draft], kind: type[Root] | type[Targets]) -> Metadata[Any] | None:
    found = [draft.role for draft in drafts if isinstance(draft.role.signed, kind)]
    if len(found) > 1:
        raise Refused("一次只能应用一份根草案和一份版本清单草案")
    return found[0] if found else None


def _require_next(current: Metadata[Root], root: Metadata[Root], drafts: Sequence[Draft]) -> None:
    """Raises Refused for a draft that was made for another root than the one now or the one it is put with."""
    for draft in drafts:
        known = [current] if isinstance(draft.role.signed, Root) else [current, root]
        stale = (
            isinstance(draft.role.signed, Root) and draft.role.signed.version != current.signed.version + 1
        )
        if stale or draft.before.signed_bytes not in [one.signed_bytes for one in known]:
            raise Refused("起草之后根元数据又有变化：请重新起草并签名")


def _is_valid(root: Metadata[Root], targets: Metadata[Targets]) -> bool:
    verdict = root.signed.get_verification_result("targets", targets.signed_bytes, targets.signatures)
    return bool(verdict)
