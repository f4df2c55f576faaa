"""Template workbooks, of another county or of the province: what the county's own texts are held against.

A template never changes; it is removed and added anew. Functions that write are called inside `writing`.
"""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from catalog.checks.templates import Cell, Template, Templates
from county import audit
from county.database.editing import template
from county.errors import Refused
from county.uploads import sheets_of

MOST, MOST_CELLS = 20, 300_000
"""Templates that a county keeps, and cells that one has."""
LONGEST = 120
SHORTEST = 5
"""Characters of a title at most, of a cell that is kept at least."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A template in the list; `cells` counts those with a text to compare."""

    number: int
    title: str
    contact_only: bool
    cells: int
    author: str
    at: datetime


def read_template(data: bytes, name: str, title: str, contact_only: bool) -> Template:
    """Read a workbook or CSV file as a template; without a title it gets the file's name. Raises Refused."""
    sheets = {
        sheet.title: tuple(
            Cell(row.at(column).cell, text)
            for row in sheet.rows
            for column, text in row.filled()
            if len(text) >= SHORTEST
        )
        for sheet in sheets_of(data, name)
    }
    read = Template(
        title=(title.strip() or name.rpartition(".")[0] or name)[:LONGEST],
        sheets={sheet: cells for sheet, cells in sheets.items() if cells},
        contact_only=contact_only,
    )
    if not 0 < count(read) <= MOST_CELLS:
        raise Refused(f"文件里没有可以比对的文字，或超过 {MOST_CELLS} 格，请检查文件后重试")
    return read


def count(read: Template) -> int:
    """How many cells a template has."""
    return sum(map(len, read.sheets.values()))


def list_templates(connection: Connection) -> list[Kept]:
    """All templates, the newest first."""
    columns = [column for column in template.c if column.name != "body"]
    rows = connection.execute(select(*columns).order_by(template.c.number.desc()))
    return [Kept(**row) for row in rows.mappings()]


def add_template(connection: Connection, read: Template, by: str, now: datetime) -> None:
    """Keep a template. Raises Refused when there is one of this title, or there are too many."""
    if connection.scalar(select(template.c.number).where(template.c.title == read.title)) is not None:
        raise Refused(f"已有名为“{read.title}”的模板，请另取名称，或先移除原来的")
    if (connection.scalar(select(func.count()).select_from(template)) or 0) >= MOST:
        raise Refused(f"最多存 {MOST} 个模板，请先移除不用的")
    values = {"title": read.title, "contact_only": read.contact_only, "cells": count(read)}
    body = msgspec.json.encode(read.sheets).decode()
    connection.execute(insert(template).values(**values, body=body, author=by, at=now))
    audit.append(connection, by, "template add", now, **values)


def remove_template(connection: Connection, number: int, by: str, now: datetime) -> None:
    """Forget a template. Raises Refused when there is none of this number."""
    gone = delete(template).where(template.c.number == number).returning(template.c.title)
    title = connection.scalar(gone)
    if title is None:
        raise Refused("没有这个模板，或它已被移除")
    audit.append(connection, by, "template remove", now, title=title)


def numbers(connection: Connection) -> tuple[int, ...]:
    """What changes with every template that is added or removed."""
    return tuple(connection.scalars(select(template.c.number).order_by(template.c.number)))


def load_templates(connection: Connection, similar: float) -> Templates:
    """All templates, made ready to be looked through."""
    rows = connection.execute(select(template).order_by(template.c.number))
    kept = (
        Template(
            title=row.title,
            sheets=msgspec.json.decode(row.body, type=dict[str, tuple[Cell, ...]]),
            contact_only=row.contact_only,
        )
        for row in rows
    )
    return Templates(kept, similar)
