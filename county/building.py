"""Building an edition: the approved revisions of this moment, as objects and an unsigned manifest.

Everything new is written below the state folder's `build/`; the repository is not touched.
"""

import shutil
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from catalog.edition import pack_edition
from catalog.records import County
from county import audit, editions
from county.activation import prepare
from county.database.engine import writing
from county.difference import Difference, compare
from county.editions import Contents, Edition
from county.errors import Refused
from county.objects import kept, object_path
from county.repository import Repository
from county.settings import Settings


@dataclass(frozen=True, slots=True)
class Built:
    """The candidate, None when nothing changed, and how it differs from what is published."""

    edition: Edition | None
    difference: Difference
    new_objects: int = 0
    new_bytes: int = 0


def build(
    engine: Engine,
    settings: Settings,
    author: str,
    now: datetime,
    *,
    force: bool = False,
    copy_of: int | None = None,
    effective: datetime | None = None,
    after: int = 0,
) -> Built:
    """Build the next edition from the approved revisions, or from those of edition `copy_of`.

    Kiosks and phone pages show it from `effective` on, at once when that is None. Without a change there is none,
    unless `force`; building the same twice gives the same candidate. Its number is higher than any here, and than
    `after`, which kiosks of a county that was restored from a backup may know; that forces, too. Raises Refused when
    a signed edition waits to be published (unless `force`), the county has no title, or a text is not the one that
    was reviewed.
    """
    force = force or after > 0
    with writing(engine) as connection:
        shown = (
            editions.approved_contents(connection)
            if copy_of is None
            else editions.contents(connection, editions.get(connection, copy_of).number)
        )
        base = editions.newest_published(connection)
        before = _contents(connection, base)
        difference = compare(before.values(), shown.values())
        waiting = editions.candidate(connection)
        if waiting is not None:
            same = not compare(_contents(connection, waiting).values(), shown.values())
            timed = waiting.manifest.effective == (effective or waiting.manifest.created)
            if same and timed and not force:
                return Built(waiting, difference)
            _abandon(settings, waiting, force)
            editions.move(connection, waiting.number, "abandoned")
        if not difference and not force:
            return Built(None, difference)
        _require_county(shown)
        packing = _Packing(settings)
        new = shown.keys() - before.keys()
        number = editions.next_number(connection, max(_newest_number(settings), after))
        edition = _enter(connection, packing, shown, new, base, author, now, copy_of, effective, number)
    prepare(settings, edition)
    return Built(edition, difference, packing.objects, packing.bytes)


def _enter(
    connection: Connection,
    packing: "_Packing",
    shown: Contents,
    new: set[int],
    base: Edition | None,
    author: str,
    now: datetime,
    copy_of: int | None,
    effective: datetime | None,
    number: int,
) -> Edition:
    """Pack what is shown, of which `new` are revisions that `base` does not show, and enter the candidate."""
    manifest = pack_edition(
        shown.values(),
        packing.keep,
        edition=number,
        created=now,
        effective=effective,
        previous="" if base is None else base.digest,
        audit_anchor=audit.head(connection),
        approvals=editions.approvals(connection, new),
    )
    edition = editions.add(connection, manifest, shown, author, copy_of)
    audit.append(connection, author, "build", now, edition=edition.number, digest=edition.digest)
    return edition


def abandon(engine: Engine, settings: Settings, number: int, person: str, now: datetime) -> None:
    """Give the candidate up. Raises Refused when it is another one, or its publication was begun."""
    with writing(engine) as connection:
        waiting = editions.candidate(connection)
        if waiting is None or waiting.number != number:
            raise Refused(f"第 {number} 版已不是待发布的版本")
        _abandon(settings, waiting, force=True)
        editions.move(connection, number, "abandoned")
        audit.append(connection, person, "abandon", now, edition=number, digest=waiting.digest)


def difference_of(engine: Engine, edition: Edition) -> Difference:
    """How a candidate differs from what is published."""
    with engine.connect() as connection:
        before = _contents(connection, editions.newest_published(connection))
        return compare(before.values(), _contents(connection, edition).values())


class _Packing:
    """Receives an edition's objects and keeps those that are not published yet, in an emptied build folder."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.objects = self.bytes = 0
        shutil.rmtree(settings.candidate, ignore_errors=True)

    def keep(self, digest: str, data: bytes) -> None:
        """Keep one object."""
        path = object_path(self.settings.candidate, digest)
        if path.exists() or kept(self.settings.repository, digest) is not None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.objects += 1
        self.bytes += len(data)


def _contents(connection: Connection, edition: Edition | None) -> Contents:
    return {} if edition is None else editions.contents(connection, edition.number)


def _newest_number(settings: Settings) -> int:
    return max(Repository(settings.repository).editions(), default=0)


def _abandon(settings: Settings, waiting: Edition, force: bool) -> None:
    if waiting.number in Repository(settings.repository).editions():
        raise Refused(f"第 {waiting.number} 版的发布中断过，请先运行 publish 完成它")
    if waiting.state == "signed" and not force:
        raise Refused(f"第 {waiting.number} 版已签名、尚未发布：请先运行 publish，或用 build --force 放弃它")


def _require_county(shown: Contents) -> None:
    titles = [record.title for record in shown.values() if isinstance(record, County)]
    if not titles or not titles[0]:
        raise Refused("还没有县名：请运行 init --title 县名，或导入含县界的轮廓文件")
