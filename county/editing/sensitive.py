"""The county's own words that must not stand in a public text. Functions that write are called inside `writing`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

import msgspec
from sqlalchemy import Connection, delete, insert, select

from catalog.checks.rules import Rules, Sensitive
from county import audit
from county.database.editing import sensitive_word
from county.errors import Refused

Severity = Literal["error", "warning", "info"]
MOST = 2000
"""How many words a county may have."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word; `advice` says what to write instead."""

    word: str
    severity: Severity
    advice: str
    author: str
    created: datetime


def list_words(connection: Connection) -> list[Word]:
    """All words, in their order."""
    return [
        Word(**row)
        for row in connection.execute(select(sensitive_word).order_by(sensitive_word.c.word)).mappings()
    ]


def add_words(
    connection: Connection, texts: Sequence[str], severity: str, advice: str, by: str, now: datetime
) -> int:
    """Add words; those that are there get the new severity and advice. Returns how many. Raises Refused."""
    words = list(dict.fromkeys(word for text in texts if (word := text.strip())))
    if not words or max(map(len, words)) > 64:
        raise Refused("请填写敏感词，每行一个，每个不超过 64 个字")
    if severity not in get_args(Severity):
        raise Refused("请选择级别")
    connection.execute(delete(sensitive_word).where(sensitive_word.c.word.in_(words)))
    if len(list_words(connection)) + len(words) > MOST:
        raise Refused(f"敏感词最多 {MOST} 个")
    rows = [
        {"word": word, "severity": severity, "advice": advice.strip()[:200], "author": by, "created": now}
        for word in words
    ]
    connection.execute(insert(sensitive_word), rows)
    audit.append(connection, by, "sensitive add", now, words=words, severity=severity)
    return len(words)


def remove_word(connection: Connection, word: str, by: str, now: datetime) -> None:
    """Take a word off the list. Raises Refused when it is not on it."""
    if not connection.execute(delete(sensitive_word).where(sensitive_word.c.word == word)).rowcount:
        raise Refused("名单里没有这个词")
    audit.append(connection, by, "sensitive remove", now, word=word)


def with_words(connection: Connection, rules: Rules) -> Rules:
    """The rules with a rule for each word."""
    own = tuple(
        Sensitive(
            severity=word.severity,
            pattern=re.escape(word.word),
            message="含有敏感词",
            advice=word.advice or "删除或换一种说法",
        )
        for word in list_words(connection)
    )
    return msgspec.structs.replace(rules, sensitive=rules.sensitive + own) if own else rules
