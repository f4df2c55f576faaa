"""Choosing from what the files bring, and applying the choice as drafts."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from catalog.records import Record
from catalog.text import decode_record, kind_of
from county import audit, revisions
from county.difference import RecordChange
from county.errors import Refused
from county.importing.job import Job, close_job
from county.importing.work import Found
from county.intake import make_plan
from county.reviewing.review import submit
from county.revisions import Change

Sort = Literal["added", "changed", "missing"]
Mine = Callable[[Record], bool]
"""Whether the person may write this text: of a record that changes, both of its texts must be theirs."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A record that can be chosen. `key` is how a form names it; `theirs` that it belongs to other organisations;
    `editing` who has an open draft of it, which applying would replace."""

    sort: Sort
    change: RecordChange
    theirs: bool
    editing: str

    @property
    def key(self) -> str:
        """Kind and id."""
        return f"{self.change.kind}/{self.change.id}"


def offers(connection: Connection, found: Found, person: str, mine: Mine) -> list[Offer]:
    """Everything that the files would add, change, or no longer have."""
    read = {_key(record): record for record in _records(found)}
    base = {_key(record): record for record in revisions.latest(connection)}
    drafts = revisions.overtaken(connection, [Change(c.kind, c.id, None) for _, c in _changes(found)])
    editing = {f"{kind}/{record}": author for kind, record, author in drafts if author != person}
    result = []
    for sort, change in _changes(found):
        key = f"{change.kind}/{change.id}"
        texts = [text for text in (read.get(key), base.get(key)) if text is not None]
        result.append(Offer(sort, change, not all(mine(text) for text in texts), editing.get(key, "")))
    return result


def apply(
    connection: Connection,
    job: Job,
    found: Found,
    chosen: Collection[str],
    mine: Mine,
    now: datetime,
    *,
    hand_in: bool = False,
) -> int:
    """Make drafts of the chosen records, and submit them when told so. Returns how many. Inside `writing`.

    Raises Refused when nothing is chosen, something is not offered or not theirs, or the county's text of a chosen
    record changed since the files were read.
    """
    if found.refused:
        raise Refused("文件里有必须先改正的问题，没有写入任何内容")
    offered = {offer.key: offer for offer in offers(connection, found, job.person, mine)}
    unknown = [key for key in chosen if key not in offered]
    if unknown:
        raise Refused(f"{unknown[0][:100]} 不在这批文件的变化里")
    theirs = [offered[key] for key in chosen if offered[key].theirs]
    if theirs:
        raise Refused(f"“{theirs[0].change.title}”属于其他单位，不能由您导入")
    if not chosen:
        raise Refused("没有选择任何记录")
    _require_unchanged(connection, found, set(chosen))
    records = {_key(record): record for record in _records(found)}
    changes = [
        Change(each.change.kind, each.change.id, None if each.sort == "missing" else records[each.key])
        for each in offered.values()
        if each.key in chosen
    ]
    numbers = revisions.add_drafts(connection, changes, job.person, now)
    audit.append(
        connection, job.person, "import", now, revisions=len(numbers), files=list(job.files), job=job.id
    )
    if hand_in:
        submit(connection, numbers, job.person, now)
    close_job(connection, job, "applied", len(numbers))
    return len(numbers)


def _require_unchanged(connection: Connection, found: Found, chosen: set[str]) -> None:
    """What was shown must be what is about to happen."""
    now = make_plan(revisions.latest(connection), _records(found), whole=False).difference
    for before, after in (
        (found.difference.added, now.added),
        (found.difference.changed, now.changed),
        (found.difference.removed, now.removed),
    ):
        current = {f"{change.kind}/{change.id}": change for change in after}
        for change in before:
            key = f"{change.kind}/{change.id}"
            if key in chosen and current.get(key) != change:
                raise Refused(f"“{change.title}”在您核对期间被改过，请点“重新读取”后再核对")


def _changes(found: Found) -> Iterator[tuple[Sort, RecordChange]]:
    difference = found.difference
    yield from (("added", change) for change in difference.added)
    yield from (("changed", change) for change in difference.changed)
    yield from (("missing", change) for change in difference.removed)


def _records(found: Found) -> list[Record]:
    return [decode_record(kind, text) for kind, text in found.records]


def _key(record: Record) -> str:
    return f"{kind_of(record)}/{record.id}"
