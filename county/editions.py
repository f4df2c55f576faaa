"""Editions in the database: which revisions each shows, and how far it has come.

An edition is built, then signed, then published; or abandoned before that. At most one is on its way: the
candidate. Numbers only rise. Functions that write are called inside `writing`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select, update

from catalog.edition import Approval, Manifest, decode_manifest, encode_manifest
from catalog.records import Bulletin, Record
from catalog.text import decode_record, digest, text_hash
from county import revisions
from county.database.tables import edition, edition_revision, review, revision
from county.errors import Refused
from county.reviewing.steps import STEPS

Contents = dict[int, Record]
"""Revision number → its record."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A row of the table; `digest` is that of `manifest_bytes`."""

    number: int
    digest: str
    state: str
    manifest_bytes: bytes

    @property
    def manifest(self) -> Manifest:
        """What the edition is."""
        return decode_manifest(self.manifest_bytes)


def candidate(connection: Connection) -> Edition | None:
    """The edition that is built or signed and not yet published."""
    return _one(connection, edition.c.state.in_(("built", "signed")))


def newest_published(connection: Connection) -> Edition | None:
    """The published edition with the highest number."""
    return _one(connection, edition.c.state == "published")


def in_effect(connection: Connection, now: datetime) -> Edition | None:
    """The published edition that kiosks show now: the newest whose time has come."""
    for number in connection.scalars(
        select(edition.c.number).where(edition.c.state == "published").order_by(edition.c.number.desc())
    ):
        found = get(connection, number)
        if found.manifest.effective <= now:
            return found
    return None


def get(connection: Connection, number: int) -> Edition:
    """Raises Refused when there is no such edition."""
    found = _one(connection, edition.c.number == number)
    if found is None:
        raise Refused(f"没有第 {number} 版")
    return found


def brings_emergency(connection: Connection, number: int) -> bool:
    """Whether an edition has an emergency bulletin that the published ones have not, word for word."""
    published = select(edition_revision.c.revision).join(
        edition, (edition.c.number == edition_revision.c.edition) & (edition.c.state == "published")
    )
    bodies = connection.scalars(
        select(revision.c.body)
        .join(edition_revision, edition_revision.c.revision == revision.c.number)
        .where(edition_revision.c.edition == number, revision.c.kind == "bulletin")
        .where(revision.c.number.not_in(published))
    )
    found = [decode_record("bulletin", body) for body in bodies]
    return any(isinstance(record, Bulletin) and record.bulletin_kind == "emergency" for record in found)


def next_number(connection: Connection, published: int) -> int:
    """A number higher than any ever built here and than `published`, the repository's newest."""
    return max(connection.scalar(select(func.max(edition.c.number))) or 0, published) + 1


def contents(connection: Connection, number: int) -> Contents:
    """What an edition shows. Raises Refused as `approved_contents` does."""
    shown = select(edition_revision.c.revision).where(edition_revision.c.edition == number)
    return _checked(connection, _TEXTS.where(revision.c.number.in_(shown)))


def approved_contents(connection: Connection) -> Contents:
    """What an edition built now would show: every record's newest approved text.

    Raises Refused for a text that is not the one that was reviewed. The database's rules prevent that; here it
    is found out when somebody went around them.
    """
    newest = revisions.newest_approved().with_only_columns(revision.c.number)
    return _checked(connection, _TEXTS.where(revision.c.number.in_(newest), revision.c.body.is_not(None)))


_WAYS: tuple[tuple[str, ...], ...] = (STEPS, ("import",), ("emergency",))
"""The steps that approve a text: three reviews, the import that founds a county, an emergency."""

_TEXTS = select(revision.c.number, revision.c.kind, revision.c.body, revision.c.content_hash)


def _checked(connection: Connection, texts: Select[tuple[int, str, str | None, str]]) -> Contents:
    reviewed: dict[int, set[str]] = {}
    said = select(review.c.revision, review.c.step, review.c.content_hash)
    for verdict in connection.execute(said.where(review.c.verdict == "approved")):
        reviewed.setdefault(verdict.revision, set()).add(f"{verdict.step} {verdict.content_hash}")
    found: Contents = {}
    for row in connection.execute(texts.order_by(revision.c.number)):
        found[row.number] = decode_record(row.kind, row.body)
        read = text_hash(row.body)
        steps = reviewed.get(row.number, set())
        if read != row.content_hash or not any({f"{step} {read}" for step in way} <= steps for way in _WAYS):
            raise Refused(
                f"修订 {row.number} 的内容与审核时不一致，不能发布：请查审计日志，并从备份核对数据库"
            )
    return found


def approvals(connection: Connection, new: set[int]) -> list[Approval]:
    """Who approved the revisions `new`: one line for each step and person, with the latest time."""
    if not new:
        return []
    rows = connection.execute(
        select(review).where(review.c.verdict == "approved", review.c.revision >= min(new))
    )
    latest: dict[tuple[str, str], datetime] = {}
    for row in rows:
        if row.revision in new:
            key = (row.step, row.reviewer)
            latest[key] = max(row.at, latest.get(key, row.at))
    return [Approval(step=step, by=by, at=at) for (step, by), at in sorted(latest.items())]


def add(
    connection: Connection, manifest: Manifest, shown: Contents, author: str, copy_of: int | None
) -> Edition:
    """Enter a newly built edition as the candidate."""
    data = encode_manifest(manifest)
    connection.execute(
        insert(edition).values(
            number=manifest.edition,
            digest=digest(data),
            logical_digest=manifest.logical_digest,
            manifest=data,
            state="built",
            author=author,
            created=manifest.created,
            copy_of=copy_of,
        )
    )
    rows = [{"edition": manifest.edition, "revision": number} for number in shown]
    if rows:
        connection.execute(insert(edition_revision), rows)
    return get(connection, manifest.edition)


def move(connection: Connection, number: int, state: str) -> None:
    """Record how far an edition has come."""
    connection.execute(update(edition).where(edition.c.number == number).values(state=state))


def _one(connection: Connection, condition: ColumnElement[bool]) -> Edition | None:
    row = connection.execute(
        select(edition.c.number, edition.c.digest, edition.c.state, edition.c.manifest)
        .where(condition)
        .order_by(edition.c.number.desc())
        .limit(1)
    ).first()
    return None if row is None else Edition(row.number, row.digest, row.state, row.manifest)
