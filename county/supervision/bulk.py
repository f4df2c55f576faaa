"""Publications entered many at a time: a table with a row for each is read, compared with what is on record, applied.

Nothing is entered while any row is wrong. A row that is on record as it stands changes nothing, so the same table
entered twice makes no second entry; a row that differs from its entry corrects it. Rows of the blank table that nobody
filled in are left out. Functions that write are called inside `writing`.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec
from sqlalchemy import Connection, delete, insert, select

from catalog.findings import Finding, Location
from catalog.importing.cells import Cells
from catalog.importing.header import Header, Profile, find_header
from catalog.importing.ledger import Refused as Unreadable
from catalog.importing.sheet import Row, Sheet
from catalog.records import DisclosureItem, Policy, Record
from county import audit
from county.database.supervision import publication_pending
from county.errors import Refused
from county.insight.tables import Table, as_workbook
from county.supervision.ground import Ground
from county.supervision.publications import Kind, Occasion, Publication, check, correct, enter, publications
from county.uploads import LONGEST_NAME, sheets_of

Sort = Literal["added", "corrected", "same"]
Mine = Callable[[Record], bool]
"""Whether the person may enter publications of this item or policy."""

KINDS: dict[str, Kind] = {"公开事项": "disclosure", "政策文件": "policy"}
PROFILE = Profile(
    "公开记录",
    {
        "kind": ("类别",),
        "record": ("编号", "事项编号", "文件编号"),
        "name": ("事项或文件", "事项名称", "文件名称"),
        "title": ("公开的是什么", "公开内容", "标题"),
        "formed": ("形成日期", "成文日期"),
        "changed": ("变更日期",),
        "published": ("公开日期", "发布日期"),
        "shown_until": ("公示截止日期", "公示到"),
        "period": ("所属期",),
        "link": ("公开链接", "链接", "网址"),
    },
    ("record", "formed"),
)
_FILLED = ("title", "formed", "changed", "published", "shown_until", "period", "link")
MOST = 5000
"""Rows of one table."""


class Line(msgspec.Struct, frozen=True):
    """A row that can be entered, and where it stands."""

    at: Location
    occasion: Occasion


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of a table: rows to enter, how many were not filled in, and what is wrong with others."""

    name: str
    lines: tuple[Line, ...]
    unfilled: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What a row would do; `was` is the entry that it corrects or repeats."""

    line: Line
    was: Publication | None

    @property
    def changes(self) -> tuple[str, ...]:
        """The fields in which the row differs from its entry; none for a new one."""
        new, old = self.line.occasion, self.was
        return tuple(name for name in Occasion.__slots__ if old and getattr(new, name) != getattr(old, name))

    @property
    def sort(self) -> Sort:
        """Whether it adds an entry, corrects one or leaves it as it is."""
        if self.was is None:
            return "added"
        return "corrected" if self.changes else "same"


def blank(ground: Ground, mine: Mine) -> bytes:
    """A workbook with a row for every item and policy that is theirs, to be filled in."""
    words = {kind: word for word, kind in KINDS.items()}
    known: list[DisclosureItem | Policy] = [*ground.of(DisclosureItem), *ground.of(Policy)]
    heads = tuple(names[0] for names in PROFILE.columns.values())
    rows = [
        (words[_kind(record)], record.id, ground.title(record), *([""] * (len(heads) - 3)))
        for record in known
        if mine(record)
    ]
    return as_workbook([Table(PROFILE.name, heads, rows)])


def read_table(data: bytes, name: str, ground: Ground, mine: Mine) -> Upload:
    """Read a workbook or CSV file. Raises Refused for a file that holds no such table."""
    found = [(sheet, head) for sheet in sheets_of(data, name) if (head := find_header(sheet.rows, [PROFILE]))]
    if not found:
        raise Refused("没有找到写着“编号”和“形成日期”的表头行，请用下载的空表填写")
    reading = _Reading(ground, mine)
    for sheet, header in found:
        reading.read(sheet, header)
    if len(reading.lines) > MOST:
        raise Refused(f"一次最多登记 {MOST} 条，请分几个文件")
    return Upload(
        name=name[:LONGEST_NAME],
        lines=tuple(reading.lines.values()),
        unfilled=reading.unfilled,
        findings=tuple(reading.findings),
    )


class _Reading:
    """The rows that were read so far, by what makes them the same publication."""

    def __init__(self, ground: Ground, mine: Mine) -> None:
        self.lines: dict[tuple[str, ...], Line] = {}
        self.findings: list[Finding] = []
        self.unfilled = 0
        self._ground, self._mine = ground, mine

    def read(self, sheet: Sheet, header: Header) -> None:
        """Add the rows below the header."""
        for location, problem in sheet.broken:
            self._say(location, f"公式有误：{problem}", "改正公式，或粘贴为数值后保存")
        for column in header.unknown:
            self._say(header.row.at(column), "这一列的标题不认识", "用空表里的标题，或删去这一列")
        for row in sheet.rows:
            if row.number > header.row.number:
                self._read_row(row, Cells(row, header))

    def _read_row(self, row: Row, cells: Cells) -> None:
        if not any(cells.text(key) for key in _FILLED):
            self.unfilled += 1
            return
        try:
            occasion = self._occasion(cells)
            key = _key(occasion)
            if key in self.lines:
                raise cells.bad("record", f"与第 {self.lines[key].at.row} 行是同一次公开", "只留一行")
            self.lines[key] = Line(row.at(), occasion)
        except Unreadable as refused:
            self.findings.append(refused.finding)
        except Refused as refused:
            self._say(row.at(), str(refused), "改正这一行")

    def _occasion(self, cells: Cells) -> Occasion:
        record = self._record(cells)
        formed = cells.day("formed")
        if formed is None:
            raise cells.bad("formed", "不能为空", "写成 2026-03-18 的样子")
        occasion = Occasion(
            kind=_kind(record),
            record=record.id,
            title=cells.text("title") or self._ground.title(record)[:200],
            formed=formed,
            changed=cells.day("changed"),
            published=cells.day("published"),
            shown_until=cells.day("shown_until"),
            period=cells.text("period"),
            link=cells.text("link"),
        )
        check(occasion, record, self._ground.today)
        return occasion

    def _record(self, cells: Cells) -> DisclosureItem | Policy:
        kinds = [cells.choice("kind", KINDS, None)] if cells.text("kind") else list(KINDS.values())
        found = [self._ground.records.get((kind or "", cells.text("record"))) for kind in kinds]
        known = [record for record in found if isinstance(record, DisclosureItem | Policy)]
        if len(known) != 1:
            raise cells.bad("record", "找不到这个事项或文件", "编号照空表里的写；两类里都有的，写明类别")
        if not self._mine(known[0]):
            raise cells.bad("record", "属于其他单位", "只登记本单位的")
        return known[0]

    def _say(self, at: Location, message: str, advice: str) -> None:
        self.findings.append(
            Finding(code="bad-row", severity="error", message=message, advice=advice, at=at, blocking=True)
        )


def compare(upload: Upload, on_record: Sequence[Publication]) -> list[Step]:
    """What entering the table would do; `on_record` are the entries that count, the newest first."""
    known: dict[tuple[str, ...], Publication] = {}
    for one in on_record:
        known.setdefault(_key(one), one)
    return [Step(line, known.get(_key(line.occasion))) for line in upload.lines]


def apply(
    connection: Connection, upload: Upload, ground: Ground, mine: Mine, by: str, now: datetime
) -> Counter[Sort]:
    """Enter the table: new entries, and corrections of others. Returns how many of each sort.

    Raises Refused, and nothing is entered, when a row is wrong, was or has become.
    """
    if upload.findings:
        raise Refused("表里有必须先改正的问题，没有登记任何内容")
    if not upload.lines:
        raise Refused("表里没有填写任何一行")
    steps = compare(upload, publications(connection))
    for step in steps:
        occasion = step.line.occasion
        about = ground.records.get((occasion.kind, occasion.record))
        if about is None or not mine(about):
            raise Refused(f"“{occasion.title[:60]}”已撤下或属于其他单位，请重新上传")
        if step.was is None:
            enter(connection, occasion, ground.records, by, now)
        elif step.sort == "corrected":
            correct(connection, step.was.number, occasion, ground.records, by, now)
    done = Counter(step.sort for step in steps)
    audit.append(connection, by, "import publications", now, file=upload.name, rows=dict(done))
    return done


def keep(connection: Connection, upload: Upload, person: str, now: datetime) -> None:
    """Keep what a person uploaded until they confirm it."""
    drop(connection, person)
    body = msgspec.json.encode(upload).decode()
    connection.execute(insert(publication_pending).values(person=person, body=body, at=now))


def kept(connection: Connection, person: str) -> Upload | None:
    """What a person uploaded and has not confirmed."""
    pending = publication_pending.c
    body = connection.scalar(select(pending.body).where(pending.person == person))
    return msgspec.json.decode(body, type=Upload) if body else None


def drop(connection: Connection, person: str) -> None:
    """Forget what a person uploaded."""
    connection.execute(delete(publication_pending).where(publication_pending.c.person == person))


def _key(occasion: Occasion) -> tuple[str, ...]:
    """What makes it one publication: the item with its period, or with its title and day where it has none."""
    which = (occasion.period,) if occasion.period else (occasion.title, occasion.formed.isoformat())
    return occasion.kind, occasion.record, *which


def _kind(record: Record) -> Kind:
    return "policy" if isinstance(record, Policy) else "disclosure"
