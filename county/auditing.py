"""Verifying the audit log: the first entry that was changed, removed or put elsewhere, whoever did it.

Each entry's hash covers the entry before it, so whatever is altered inside the log breaks it at that place. What was
cut off at the end, or rewritten with all that follows, shows by the anchors: every edition names the newest entry
at its time, and editions are signed and lie on every kiosk.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
from sqlalchemy import Connection, func, select

from catalog.edition import Damaged, decode_manifest
from catalog.text import digest
from county.audit import START, Entry, hash_of
from county.database.tables import audit
from county.errors import Refused

Manner = Literal["changed", "removed", "moved", "cut"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong first. `number` is the entry's; `edition` names the edition whose anchor is missing."""

    manner: Manner
    number: int
    edition: int = 0

    @property
    def message(self) -> str:
        """In words."""
        return {
            "changed": f"第 {self.number} 条被改动",
            "removed": f"第 {self.number} 条被删除",
            "moved": f"第 {self.number} 条不在原来的位置",
            "cut": f"第 {self.number} 条起被删除或重写：第 {self.edition} 版所签的日志末尾已不在日志中",
        }[self.manner]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries there are, how many anchors of editions they were held against, and what is wrong first."""

    entries: int
    anchors: int
    fault: Fault | None


def verify(connection: Connection, repository: Path) -> Verdict:
    """Verify the whole log in one pass; `repository` is the folder that is published. Raises Refused."""
    anchors = signed_anchors(repository)
    pending = {anchor: edition for anchor, edition in anchors.items() if anchor != START}
    previous, count = START, 0
    log = select(audit).order_by(audit.c.number)
    with connection.execute(log, execution_options={"yield_per": 1000}) as rows:
        for row in rows.mappings():
            entry = Entry(**row)
            fault = _fault(entry, count + 1, previous)
            if fault:
                break
            count, previous = entry.number, entry.hash
            pending.pop(entry.hash, None)
        else:
            return Verdict(count, len(anchors), _missing(connection, anchors, pending))
    return Verdict(_size(connection), len(anchors), _placed(connection, fault, entry))


def signed_anchors(repository: Path) -> dict[str, int]:
    """Hash of the newest entry → edition, from the manifests that were published. Raises Refused."""
    anchors: dict[str, int] = {}
    for path in sorted(repository.glob("targets/editions/*.json")):
        try:
            data = path.read_bytes()
            manifest = decode_manifest(data)
        except Damaged as error:
            raise Refused(f"{path} 已损坏：{error}") from error
        if digest(data) == path.name.partition(".")[0] and manifest.audit_anchor:
            anchors.setdefault(manifest.audit_anchor, manifest.edition)
    return anchors


def _fault(entry: Entry, number: int, previous: str) -> Fault | None:
    if entry.number != number:
        return Fault("removed", number)
    if entry.hash != hash_of(entry):
        return Fault("changed", number)
    if entry.previous != previous:  # whole in itself: the entry before was given a new hash
        return Fault("changed", max(number - 1, 1))
    return None


def _placed(connection: Connection, fault: Fault, entry: Entry) -> Fault:
    """The same fault, as `moved` when the entry is whole under another number."""
    if fault.manner != "changed" or entry.hash == hash_of(entry):
        return fault
    for number in range(1, _size(connection) + 2):
        if entry.hash == hash_of(msgspec.structs.replace(entry, number=number)):
            return Fault("moved", fault.number)
    return fault


def _missing(connection: Connection, anchors: Mapping[str, int], pending: Mapping[str, int]) -> Fault | None:
    """Where the log no longer is what an edition's anchor says: after the last anchor before it that still holds."""
    if not pending:
        return None
    edition = min(pending.values())
    held: Iterable[str] = [
        anchor for anchor, number in anchors.items() if number < edition and anchor not in pending
    ]
    last = connection.scalar(select(func.max(audit.c.number)).where(audit.c.hash.in_(list(held)))) or 0
    return Fault("cut", last + 1, edition)


def _size(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(audit)) or 0
