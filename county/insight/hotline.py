"""The hotline's yearly statistics, read from whatever table the hotline's office has: CSV or workbook.

Columns are found by what their headings mean. A row is a topic with a number, or, where there is no column of
numbers, one call. A year is in a column, in a date, or said beside the upload.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, insert, select

from catalog.findings import Finding
from catalog.importing.header import Header, Profile, find_header
from catalog.importing.sheet import Row, Sheet
from county import audit
from county.database.insight import hotline, hotline_pending
from county.errors import Refused
from county.uploads import sheets_of

_TOPIC = "热点 热点问题 主题 问题 诉求主题 问题类别 问题类型 诉求类别 诉求内容分类 工单类别 类别 分类 topic"
_NUMBERS = "件数 数量 工单量 工单数 受理量 受理件数 诉求量 诉求件数 次数 来电量 count number"
_DATES = "日期 受理时间 受理日期 来电时间 来电日期 登记时间 创建时间 date"
PROFILE = Profile(
    "热线统计",
    {
        "topic": tuple(_TOPIC.split()),
        "number": tuple(_NUMBERS.split()),
        "year": ("年", "年份", "年度", "统计年度", "year"),
        "date": tuple(_DATES.split()),
        "organisation": ("承办单位", "责任单位", "主办单位", "部门", "承办部门", "责任部门", "office"),
    },
    ("topic",),
)
MOST_TOPICS = 3_000
LONGEST = 120
"""Characters of a topic."""
_YEAR = re.compile(r"(?<!\d)(19[9]\d|2\d{3})(?!\d)")
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.0+)?")


class Topic(msgspec.Struct, frozen=True):
    """How often the hotline was called about something in a year, and which office was responsible most often."""

    year: int
    topic: str
    number: int
    organisation: str = ""


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of a file: topics, how many rows of data there were, and what is wrong with others."""

    name: str
    topics: tuple[Topic, ...]
    rows: int
    findings: tuple[Finding, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the file is about."""
        return tuple(sorted({topic.year for topic in self.topics}))


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What taking statistics over would do to a year: topics added, changed, gone and unchanged."""

    year: int
    added: int
    changed: int
    gone: int
    same: int


def read_statistics(data: bytes, name: str, year: int | None) -> Statistics:
    """Read an uploaded file. `year` is that of rows which name none. Raises Refused for a file that cannot be read."""
    found = [
        (sheet, header) for sheet in sheets_of(data, name) if (header := find_header(sheet.rows, [PROFILE]))
    ]
    if not found:
        raise Refused("没有找到写着“主题”或“类别”的表头行，请检查文件后重试")
    collected = _Collected(year)
    for sheet, header in found:
        collected.read(sheet, header)
    if len(collected.numbers) > MOST_TOPICS:
        raise Refused(f"主题超过 {MOST_TOPICS} 个：请按类别汇总后再上传，不要上传工单内容")
    return Statistics(
        name=name[:120], topics=collected.topics(), rows=collected.rows, findings=tuple(collected.findings)
    )


class _Collected:
    """Sums of the rows read so far."""

    def __init__(self, year: int | None) -> None:
        self.rows = 0
        self.findings: list[Finding] = []
        self.numbers: Counter[tuple[int, str]] = Counter()
        self._year = year
        self._offices: dict[tuple[int, str], Counter[str]] = {}

    def read(self, sheet: Sheet, header: Header) -> None:
        """Add the rows below the header."""
        for row in sheet.rows:
            if row.number > header.row.number:
                self.rows += 1
                self._add(row, header.columns)

    def topics(self) -> tuple[Topic, ...]:
        """Every topic, the largest of the newest year first."""
        found = [
            Topic(year, topic, number, _most(self._offices.get((year, topic))))
            for (year, topic), number in self.numbers.items()
        ]
        return tuple(sorted(found, key=lambda one: (-one.year, -one.number, one.topic)))

    def _add(self, row: Row, columns: Mapping[str, int]) -> None:
        cells = {key: row.cell(column).strip() for key, column in columns.items()}
        topic = " ".join(cells["topic"].split())
        if topic in ("", "合计", "总计", "小计"):
            self.rows -= 1
            return
        stated = cells.get("number", "1").replace(",", "").replace("，", "")
        year = _YEAR.search(cells.get("year", "")) or _YEAR.search(cells.get("date", ""))
        of_year = int(year[1]) if year else self._year
        if len(topic) > LONGEST:
            self._say(row, "主题太长", "只写类别，不要写工单内容", columns["topic"])
        elif not _NUMBER.fullmatch(stated):
            self._say(row, f"“{stated[:20]}”不是件数", "写成整数", columns["number"])
        elif of_year is None:
            self._say(row, "看不出是哪一年的", "加一列“年度”，或在上传时选择年度")
        else:
            key = (of_year, topic)
            self.numbers[key] += int(float(stated))
            if office := cells.get("organisation", "")[:LONGEST]:
                self._offices.setdefault(key, Counter())[office] += int(float(stated))

    def _say(self, row: Row, message: str, advice: str, column: int | None = None) -> None:
        self.findings.append(
            Finding(code="bad-cell", severity="warning", message=message, advice=advice, at=row.at(column))
        )


def _most(offices: Counter[str] | None) -> str:
    return min(offices, key=lambda name: (-offices[name], name)) if offices else ""


def keep(connection: Connection, person: str, statistics: Statistics, now: datetime) -> None:
    """Keep what a person uploaded until they confirm it. To be called inside `writing`."""
    drop(connection, person)
    body = msgspec.json.encode(statistics).decode()
    connection.execute(insert(hotline_pending).values(person=person, body=body, at=now))


def kept(connection: Connection, person: str) -> Statistics | None:
    """What a person uploaded and has not confirmed."""
    body = connection.scalar(select(hotline_pending.c.body).where(hotline_pending.c.person == person))
    return msgspec.json.decode(body, type=Statistics) if body else None


def drop(connection: Connection, person: str) -> None:
    """Forget what a person uploaded. To be called inside `writing`."""
    connection.execute(delete(hotline_pending).where(hotline_pending.c.person == person))


def changes(connection: Connection, statistics: Statistics) -> Sequence[Change]:
    """What taking the statistics over would do, by year."""
    return [_change(year, topics_of(connection, year), statistics) for year in statistics.years]


def _change(year: int, before: Sequence[Topic], statistics: Statistics) -> Change:
    old = {topic.topic: topic for topic in before}
    new = {topic.topic: topic for topic in statistics.topics if topic.year == year}
    both = old.keys() & new.keys()
    changed = sum(old[name] != new[name] for name in both)
    return Change(
        year=year,
        added=len(new.keys() - old.keys()),
        changed=changed,
        gone=len(old.keys() - new.keys()),
        same=len(both) - changed,
    )


def take_over(connection: Connection, person: str, now: datetime) -> Statistics:
    """Put what a person uploaded in place of what was known of its years. To be called inside `writing`.

    Raises Refused when nothing was uploaded, or nothing in it can be used.
    """
    statistics = kept(connection, person)
    if statistics is None or not statistics.topics:
        raise Refused("没有可导入的统计，请先上传文件")
    connection.execute(delete(hotline).where(hotline.c.year.in_(statistics.years)))
    connection.execute(insert(hotline), [msgspec.structs.asdict(topic) for topic in statistics.topics])
    drop(connection, person)
    audit.append(
        connection,
        person,
        "import hotline",
        now,
        file=statistics.name,
        years=list(statistics.years),
        topics=len(statistics.topics),
    )
    return statistics


def topics_of(connection: Connection, year: int) -> Sequence[Topic]:
    """The topics of a year, the largest first."""
    rows = connection.execute(
        select(hotline).where(hotline.c.year == year).order_by(hotline.c.number.desc(), hotline.c.topic)
    )
    return [Topic(row.year, row.topic, row.number, row.organisation) for row in rows]


def years(connection: Connection) -> Iterator[int]:
    """The years that statistics are known of, newest first."""
    return iter(connection.scalars(select(hotline.c.year).distinct().order_by(hotline.c.year.desc())).all())
