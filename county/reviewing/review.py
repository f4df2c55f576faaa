"""Submitting drafts and reviewing what was submitted. Functions that write are called inside `writing`.

A review names the content hash that was read: when the text became another meanwhile, it is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from county import audit
from county.accounts.people import Person
from county.database.reviewing import remark, submission
from county.database.tables import review, revision
from county.errors import Refused
from county.reviewing.rules import rules
from county.reviewing.steps import Rules, Verdict, obstacle, rule_for
from county.reviewing.texts import Text, submitted

LONGEST = 2000
"""Characters of a note or remark."""


@dataclass(frozen=True, slots=True)
class Declined:
    """A text that could not be reviewed, and why."""

    number: int
    reason: str


def submit(
    connection: Connection, numbers: Sequence[int], person: str, now: datetime, note: str = ""
) -> None:
    """Hand drafts to the reviewers. Raises Refused when one is not an open draft."""
    states = _states(connection, numbers)
    for number in numbers:
        if states.get(number) != "draft":
            raise Refused(f"修订 {number} 不是草稿，可能已提交、办结或被新的修改取代，请刷新后再试")
    if not numbers:
        return
    said = _bounded(note)
    rows = [{"revision": number, "person": person, "at": now, "note": said} for number in numbers]
    connection.execute(insert(submission), rows)
    _move(connection, numbers, "submitted")
    audit.append(connection, person, "submit", now, revisions=list(numbers))


def review_texts(
    connection: Connection,
    wanted: Mapping[int, str],
    verdict: Verdict,
    reviewer: Person,
    note: str,
    now: datetime,
) -> list[Declined]:
    """Take the next step of each revision in `wanted` (number → the content hash that was read).

    Returns those that this reviewer cannot take, with the reason; the others are done. Raises Refused when a text
    is returned without a reason, or several are approved at once without one.
    """
    said = _bounded(note)
    if verdict == "returned" and not said:
        raise Refused("退回须写明理由")
    if len(wanted) > 1 and not said:
        raise Refused("批量审核须写明理由")
    texts = {text.number: text for text in submitted(connection, wanted)}
    known = rules(connection)
    declined = [
        Declined(number, reason)
        for number, content_hash in wanted.items()
        if (reason := _reason(texts.get(number), content_hash, reviewer, known))
    ]
    refused = {each.number for each in declined}
    taken = [texts[number] for number in wanted if number not in refused]
    if taken:
        _enter(connection, taken, verdict, reviewer.name, said, now)
    return declined


def say(connection: Connection, number: int, field: str, text: str, person: str, now: datetime) -> None:
    """Remark on a field of an open revision; an empty `field` is the whole. Raises Refused."""
    said = _bounded(text)
    if not said:
        raise Refused("请填写意见")
    if _states(connection, [number]).get(number) not in ("draft", "submitted"):
        raise Refused(f"修订 {number} 不存在或已办结，不能再提意见")
    connection.execute(
        insert(remark).values(revision=number, field=field[:160], text=said, person=person, at=now)
    )


def _enter(
    connection: Connection,
    texts: Sequence[Text],
    verdict: Verdict,
    reviewer: str,
    note: str,
    now: datetime,
) -> None:
    rows = [
        {
            "revision": text.number,
            "content_hash": text.content_hash,
            "step": text.step,
            "verdict": verdict,
            "reviewer": reviewer,
            "at": now,
            "note": note,
        }
        for text in texts
    ]
    connection.execute(insert(review), rows)
    if verdict == "returned":
        _move(connection, [text.number for text in texts], "returned")
    else:
        _move(connection, [text.number for text in texts if text.step == "终审"], "approved")
    detail = [[text.number, text.step, text.content_hash] for text in texts]
    audit.append(connection, reviewer, "review", now, verdict=verdict, texts=detail, note=note)


def _reason(text: Text | None, content_hash: str, reviewer: Person, known: Rules) -> str:
    if text is None:
        return "已办结，或被新的修改取代"
    if text.content_hash != content_hash:
        return "内容与您看到的不同，请重新核对"
    rule = rule_for(known, text.owners, text.step)
    return obstacle(reviewer, text.step, rule, text.owners, text.writers, text.reviewers)


def _states(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    if not numbers:
        return {}
    between = revision.c.number.between(min(numbers), max(numbers))
    rows = connection.execute(select(revision.c.number, revision.c.state).where(between))
    return {row.number: row.state for row in rows}


def _move(connection: Connection, numbers: Sequence[int], state: str) -> None:
    for start in range(0, len(numbers), 500):
        chunk = numbers[start : start + 500]
        connection.execute(update(revision).where(revision.c.number.in_(chunk)).values(state=state))


def _bounded(text: str) -> str:
    said = text.strip()
    if len(said) > LONGEST:
        raise Refused(f"文字过长，最多 {LONGEST} 字")
    return said
