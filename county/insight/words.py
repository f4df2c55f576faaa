"""Words that were looked for in vain, and what has been done about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Row, delete, func, insert, select

from catalog.importing.lists import synonym_id, with_targets
from catalog.insight import normalised, shared
from catalog.outbox import LONGEST_WORDS, NotFound
from catalog.records import Synonym
from county import audit
from county.database.editing import record_summary
from county.database.insight import report, word_aside
from county.database.tables import revision
from county.editing.drafting import Editor, current, save
from county.errors import Refused
from county.insight.window import Window
from county.reviewing.review import submit

MOST_TARGETS = 40

Handled = Literal["", "aside", "draft", "published"]


@dataclass(frozen=True, slots=True)
class Missed:
    """Words that were not found on so many kiosk-days; `record` is the synonym that was made of them, if any."""

    words: str
    kiosk_days: int
    handled: Handled
    record: str = ""


def missed(connection: Connection, window: Window) -> Sequence[Missed]:
    """Words that enough kiosk-days of the window share, most first; those that wait for somebody before the others."""
    query = select(report.c.kiosk, report.c.body).where(window.holds(report), report.c.kind == "not_found")
    found = shared(_said(connection.execute(query).all()))
    made = _synonyms(connection)
    aside = set(connection.scalars(select(word_aside.c.words)))
    rows = [_missed(words, number, made, aside) for words, number in found.items()]
    return sorted(rows, key=lambda row: row.handled != "")


def _said(rows: Iterable[Row[str, str]]) -> Iterable[tuple[str, date, str]]:
    decoder = msgspec.json.Decoder(NotFound)
    for kiosk, body in rows:
        said = decoder.decode(body)
        yield kiosk, said.day, said.words


def _missed(words: str, number: int, made: Mapping[str, tuple[str, bool]], aside: set[str]) -> Missed:
    if words in made:
        record, is_published = made[words]
        return Missed(words, number, "published" if is_published else "draft", record)
    return Missed(words, number, "aside" if words in aside else "")


def _synonyms(connection: Connection) -> Mapping[str, tuple[str, bool]]:
    """Words → id of the synonym that says so and whether it is published."""
    query = (
        select(revision.c.body, record_summary.c.published)
        .join(record_summary, record_summary.c.current == revision.c.number)
        .where(
            record_summary.c.kind == "synonym",
            revision.c.body.is_not(None),
            record_summary.c.state != "returned",
        )
    )
    found = {}
    for body, published in connection.execute(query):
        synonym = msgspec.json.decode(body, type=Synonym)
        found[normalised(synonym.text)] = (synonym.id, published is not None)
    return found


def make_synonym(connection: Connection, words: str, target: str, editor: Editor, now: datetime) -> str:
    """Draft that people say `words` for the record `target`, and hand the draft to the reviewers.

    To be called inside `writing`. A synonym that is there gains the target. Returns its id. Raises Refused for words
    that no kiosk would keep and for targets that are no longer there.
    """
    said = normalised(words)
    if not said or len(said) > LONGEST_WORDS:
        raise Refused("没有可用的说法，请从列表中选择")
    known = connection.scalar(
        select(func.count()).where(record_summary.c.record == target, record_summary.c.withdrawn.is_(False))
    )
    if not known:
        raise Refused("找不到要对应的事项，它可能已被撤下，请重新查找")
    record_id = _synonyms(connection).get(said, (synonym_id(said), False))[0]
    there = current(connection, "synonym", record_id)
    if isinstance(there.record, Synonym):
        wanted = with_targets(replace(there.record, source=None), (target,))
        if wanted.targets == there.record.targets and there.state != "returned":
            raise Refused("这个说法已经对应到该事项")
    else:
        wanted = Synonym(id=record_id, text=said, targets=(target,))
    if len(wanted.targets) > MOST_TARGETS:
        raise Refused(f"一个说法最多对应 {MOST_TARGETS} 个事项")
    number = save(connection, editor, wanted, there.number, now)
    submit(connection, [number], editor.name, now, f"搜索未找到：{said}")
    connection.execute(delete(word_aside).where(word_aside.c.words == said))
    return record_id


def put_aside(connection: Connection, words: str, person: str, now: datetime) -> None:
    """Say that nothing needs doing about words. To be called inside `writing`. Raises Refused for no words."""
    said = normalised(words)
    if not said or len(said) > LONGEST_WORDS:
        raise Refused("没有可用的说法，请从列表中选择")
    connection.execute(delete(word_aside).where(word_aside.c.words == said))
    connection.execute(insert(word_aside).values(words=said, person=person, at=now))
    audit.append(connection, person, "words aside", now, words=said)


def take_back(connection: Connection, words: str, person: str, now: datetime) -> None:
    """Say that something needs doing about words after all. To be called inside `writing`."""
    said = normalised(words)
    connection.execute(delete(word_aside).where(word_aside.c.words == said))
    audit.append(connection, person, "words back", now, words=said)
