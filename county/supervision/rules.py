"""The rules of supervision: those of config/supervision.toml until the county writes its own, which are kept."""

import re
from calendar import monthrange
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from sqlalchemy import Connection, insert, select

from catalog.settings import load
from catalog.text import encode
from county import audit
from county.database.supervision import supervision_rules
from county.errors import Refused

Days = Annotated[int, Meta(ge=1, le=3660)]
Few = Annotated[int, Meta(ge=0, le=60)]
Scope = Literal["record", "column"]


class Freshness(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How old records of a kind may become, one by one or the newest of all; the settings file explains each."""

    title: Annotated[str, Meta(min_length=1, max_length=60)]
    kind: str
    scope: Scope
    pattern: Annotated[str, Meta(max_length=200)] = ""
    max_days: Days
    warn_days: Annotated[int, Meta(ge=0, le=3660)]

    def __post_init__(self) -> None:
        try:
            re.compile(self.pattern)
        except re.error as error:
            raise ValueError(f"“{self.pattern}”不是正则表达式：{error}") from error


class Yearly(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is due on the same day of every year."""

    title: str
    basis: str
    month: Annotated[int, Meta(ge=1, le=12)]
    day: Annotated[int, Meta(ge=1, le=31)]

    def due(self, year: int) -> date:
        """The day of that year; the month's last where it has no such day."""
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


class SupervisionRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All rules; the settings file explains each."""

    warn_working_days: Few
    period_working_days: Few
    policy_working_days: Few
    feedback_days: Days
    emergency_check_working_days: Few
    freshness: tuple[Freshness, ...]
    inaccurate: tuple[str, ...]
    useless: tuple[str, ...]
    outdated: tuple[str, ...]
    yearly: tuple[Yearly, ...]


def default_rules(override: Path | None = None) -> SupervisionRules:
    """The rules of config/supervision.toml, with those of `override` instead. Raises BadSettings."""
    return load(SupervisionRules, "supervision.toml", override)


def current_rules(connection: Connection) -> SupervisionRules:
    """The county's own rules, or the default ones."""
    newest = select(supervision_rules.c.body).order_by(supervision_rules.c.number.desc()).limit(1)
    body = connection.scalar(newest)
    return default_rules() if body is None else msgspec.json.decode(body, type=SupervisionRules)


def write_rules(connection: Connection, rules: SupervisionRules, by: str, now: datetime) -> None:
    """Let these rules hold from now on. To be called inside `writing`."""
    body = encode(rules).decode()
    connection.execute(insert(supervision_rules).values(body=body, author=by, at=now))
    audit.append(connection, by, "supervision rules", now, rules=msgspec.to_builtins(rules))


def checked(values: object) -> SupervisionRules:
    """Rules from what a form or a file says. Raises Refused, naming what is wrong."""
    try:
        return msgspec.convert(values, SupervisionRules, strict=False)
    except msgspec.ValidationError as error:
        raise Refused(f"规则填写有误：{error}") from error
