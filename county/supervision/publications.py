"""What was published when: entered by clerks for items of the directories and for policies.

An entry is never changed: it is voided, and entered anew. Functions that write are called inside `writing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection, insert, select, update

from catalog.records import DisclosureItem, Policy, Record
from county import audit
from county.clock import local
from county.database.supervision import publication
from county.errors import Refused
from county.supervision.periods import named, period_of, rhythm_of

Kind = Literal["disclosure", "policy"]
LONGEST = {"title": 200, "link": 500}


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One time that something had to be published. `period` is what a recurring publication is for."""

    kind: Kind
    record: str
    title: str
    formed: date
    changed: date | None = None
    published: date | None = None
    shown_until: date | None = None
    period: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Occasion):
    """An occasion on record; `start` is the day from which its deadline runs."""

    number: int
    author: str
    at: datetime

    @property
    def start(self) -> date:
        """When it was formed, or last changed."""
        return max(self.formed, self.changed or self.formed)


def publications(connection: Connection) -> tuple[Publication, ...]:
    """All that count, the newest entry first."""
    voided = ("voided_by", "voided_at")
    columns = [column for column in publication.c if column.name not in voided]
    rows = connection.execute(
        select(*columns).where(publication.c.voided_at.is_(None)).order_by(publication.c.number.desc())
    )
    return tuple(Publication(**row) for row in rows.mappings())


def enter(
    connection: Connection,
    occasion: Occasion,
    records: Mapping[tuple[str, str], Record],
    by: str,
    now: datetime,
) -> int:
    """Put an occasion on record and return its number; `records` are what there is. Raises Refused."""
    check(occasion, records.get((occasion.kind, occasion.record)), local(now).date())
    values = {name: getattr(occasion, name) for name in Occasion.__slots__}
    added = insert(publication).values(**values, author=by, at=now).returning(publication.c.number)
    number = connection.execute(added).scalar_one()
    about = f"{occasion.kind}:{occasion.record}"
    audit.append(connection, by, "publication", now, number=number, about=about, title=occasion.title)
    return int(number)


def void(connection: Connection, number: int, by: str, now: datetime) -> None:
    """Let an entry no longer count. Raises Refused when there is none that does."""
    done = connection.execute(
        update(publication)
        .where(publication.c.number == number, publication.c.voided_at.is_(None))
        .values(voided_by=by, voided_at=now)
    )
    if done.rowcount != 1:
        raise Refused(f"没有第 {number} 条公开记录，或它已作废")
    audit.append(connection, by, "publication void", now, number=number)


def correct(
    connection: Connection,
    number: int,
    occasion: Occasion,
    records: Mapping[tuple[str, str], Record],
    by: str,
    now: datetime,
) -> int:
    """Void an entry and enter it anew. Raises Refused."""
    void(connection, number, by, now)
    return enter(connection, occasion, records, by, now)


def check(occasion: Occasion, record: Record | None, today: date) -> None:
    """Whether it can be put on record today; `record` is what it is about. Raises Refused with what to do."""
    if not isinstance(record, DisclosureItem | Policy):
        raise Refused("找不到这一事项或文件，请从列表里选")
    for name, most in LONGEST.items():
        if len(getattr(occasion, name)) > most:
            raise Refused(f"“{getattr(occasion, name)[:20]}…”太长，最多 {most} 个字")
    if not occasion.title.strip():
        raise Refused("请写明公开的是什么")
    if occasion.link and not occasion.link.startswith(("https://", "http://")):
        raise Refused("链接要以 https:// 或 http:// 开头")
    _check_days(occasion, today)
    _check_period(occasion, record)


def _check_days(occasion: Occasion, today: date) -> None:
    start = max(occasion.formed, occasion.changed or occasion.formed)
    if occasion.changed is not None and occasion.changed < occasion.formed:
        raise Refused("变更日期早于形成日期，请核对")
    if start > today or (occasion.published or today) > today:
        raise Refused("日期在今天以后，请在发生后再登记")
    if occasion.published is not None and occasion.published < occasion.formed:
        raise Refused("公开日期早于形成日期，请核对")
    if occasion.shown_until is not None and occasion.shown_until < (occasion.published or date.max):
        raise Refused("公示截止日期早于公开日期，或没有公开日期，请核对")


def _check_period(occasion: Occasion, record: DisclosureItem | Policy) -> None:
    rhythm = rhythm_of(record.deadline) if isinstance(record, DisclosureItem) else None
    period = named(occasion.period)
    if rhythm is None and occasion.period:
        raise Refused("这一事项不是定期公开的，不用填所属期")
    if rhythm is not None and (period is None or period_of(rhythm, period.first) != period):
        example = period_of(rhythm, occasion.formed).name
        raise Refused(f"请填所属期，例如 {example}")
