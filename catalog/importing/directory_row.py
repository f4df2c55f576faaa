"""One row of a directory: what it inherits from merged cells, from above and from 同上, and what it says."""

import re
from dataclasses import dataclass, field
from typing import Any

import msgspec

from catalog.importing.cells import ID, Cells
from catalog.importing.channels import read_channels
from catalog.importing.deadline import read_deadline
from catalog.importing.directory_header import PROFILE, DirectoryHeader, layers
from catalog.importing.elements import read_basis, read_content
from catalog.importing.header import Header
from catalog.importing.ledger import Ledger, refusal
from catalog.importing.marks import ticked
from catalog.importing.sheet import Row, Sheet
from catalog.importing.words import heading, plain
from catalog.records import DisclosureItem
from catalog.records.disclosure import Directory

_DITTO = re.compile(
    r"^([-—–]*(同上|同前|如上|与上同|同上述)(一?[行条栏项格])?[。.]?[-—–]*|[〃〝〞′'\"“”]{1,2})$"
)
"""The marks as `plain` writes them: ″ becomes ′′."""
_LEVELS = ("category", "level1", "level2", "level3", "level4", "item")
UNNAMED = "unnamed"
"""Stands for the id of a row until all rows are read."""

_BODY = ("content", "basis", "deadline", "body", "channels")


class NotData(Exception):
    """The row is no data; `section` says that it is a heading inside the table."""

    def __init__(self, *, section: bool) -> None:
        super().__init__()
        self.section = section


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """The table a row stands in. `ended` says that a new title has been met since."""

    sheet: Sheet
    header: DirectoryHeader
    directory: Directory
    field: str
    ended: bool = False

    def text(self, row: Row, key: str) -> str:
        """The cell in the column `key`, or an empty text."""
        column = self.header.columns.get(key)
        return "" if column is None else row.cell(column)


@dataclass(slots=True)
class Above:
    """The resolved texts of the row above, by column, with the rows where they were written."""

    texts: dict[int, str] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)


def read_row(row: Row, context: Context, above: Above, ledger: Ledger) -> DisclosureItem:
    """The record in a row. Raises NotData, and Refused for a bad id."""
    own = {key for key in (*_LEVELS, *_BODY) if context.text(row, key)}
    texts = _resolve(row, context, above, ledger)
    values = {key: texts[column] for key, column in context.header.columns.items()}
    named = any(values.get(key) for key in _LEVELS[1:])
    _inherit_levels(values, context, above)
    if not own & set(_BODY):
        _remember(row, values, texts, context, above)
        raise NotData(section=bool(own) and own <= {"category", "level1"})
    if not named:
        raise NotData(section=False)
    _remember(row, values, texts, context, above)
    _sort_mode(row, values, context, ledger)
    return DisclosureItem(
        id=_id(row, values, context),
        directory=context.directory,
        field=(values.get("category") or context.field)
        if context.directory == "supplementary"
        else context.field,
        number=values.get("number", ""),
        **_names(values),
        content=read_content(values.get("content", "")),
        basis=(*read_basis(values.get("basis", "")), *filter(None, [values.get("clause", "")])),
        deadline_text=values.get("deadline", ""),
        deadline=read_deadline(values.get("deadline", "")),
        disclosing_body=values.get("body", ""),
        channels=read_channels(values.get("channels", "")),
        note=values.get("note", ""),
        link=values.get("link", ""),
        **_cells(row, context).common(),
        **_ticks(row, values, texts, context, ledger),
    )


def _resolve(row: Row, context: Context, above: Above, ledger: Ledger) -> dict[int, str]:
    """Every column's text after merged cells and 同上."""
    columns = [*context.header.columns.values(), *(column for column, _ in context.header.layers)]
    deadline = context.header.columns.get("deadline")
    texts = {}
    for column in columns:
        text = row.cell(column) or _merged(row, column, context, above)
        if _DITTO.match(plain(text)):
            text = above.texts.get(column, "")
            source = above.rows.get(column)
            if source is None:
                _no_source(row, column, ledger)
            elif column == deadline:
                _say_ditto(row, column, source, text, ledger)
        elif row.cell(column):
            above.rows[column] = row
        texts[column] = text
    return texts


def _merged(row: Row, column: int, context: Context, above: Above) -> str:
    top = context.sheet.top(column, row.number)
    return above.texts.get(column, "") if context.header.rows[-1].number < top < row.number else ""


def _inherit_levels(values: dict[str, str], context: Context, above: Above) -> None:
    """A blank group name means the one above, as long as no name to its left begins a new group."""
    present = [key for key in _LEVELS if key in context.header.columns]
    for position, key in enumerate(present[:-1]):
        begun = any(values[left] != _before(left, context, above) for left in present[:position])
        if not values[key] and not begun and any(values[deeper] for deeper in present[position + 1 :]):
            values[key] = _before(key, context, above)


def _before(key: str, context: Context, above: Above) -> str:
    return above.texts.get(context.header.columns[key], "")


def _remember(
    row: Row, values: dict[str, str], texts: dict[int, str], context: Context, above: Above
) -> None:
    above.texts = texts | {column: values[key] for key, column in context.header.columns.items()}


def _names(values: dict[str, str]) -> dict[str, Any]:
    """Up to three levels of names; in a supplementary directory deeper ones are joined to the third."""
    names = [values.get(key, "") for key in ("level1", "level2", "level3")]
    deeper = [values.get(key, "") for key in ("level4", "item") if values.get(key, "")]
    for name in deeper:
        free = next((n for n, text in enumerate(names) if not any(names[n:])), None)
        if free is None:
            names[2] += f"·{name}"
        else:
            names[free] = name
    return dict(zip(("level1", "level2", "level3"), names, strict=True))


def _cells(row: Row, context: Context) -> Cells:
    return Cells(row, Header(PROFILE, context.header.rows[-1], context.header.columns))


def _id(row: Row, values: dict[str, str], context: Context) -> str:
    text = values.get("id", "")
    if text and not ID.fullmatch(text):
        raise refusal(
            "bad-value",
            f"“编号”“{text}”不是有效编号",
            row.at(context.header.columns["id"]),
            "编号只用小写字母、数字和 - . _，不超过 96 个字符；也可以留空",
        )
    return text or UNNAMED


def _ticks(
    row: Row, values: dict[str, str], texts: dict[int, str], context: Context, ledger: Ledger
) -> dict[str, Any]:
    """公开对象, 公开方式 and 公开层级. A directory of proactive disclosure without these columns says all of it."""
    columns = context.header.columns
    ticks = {key: _tick(row, columns[key], texts, context, ledger) for key in _TICKS if key in columns}
    mode, audience = plain(values.get("mode", "")), plain(values.get("audience", ""))
    silent = context.directory == "supplementary"
    group = values.get("group", "")
    group = heading(context.header.words(columns["group"])) if ticked(group) else group
    everyone = audience in ("", "社会", "社会公众", "公众", "所有人") or "全社会" in audience
    stated = "audience" in columns or (silent and "group" not in columns)
    return {
        "to_all_society": ticks.get("society", everyone and stated),
        "specific_group": ("" if ticked(group) is False else group) or ("" if everyone else audience),
        "proactive": ticks.get("proactive", "主动" in mode or (silent and not mode)),
        "on_request": ticks.get("on_request", "申请" in mode),
        "levels": tuple(_layers(row, values, texts, context, ledger)),
    }


def _sort_mode(row: Row, values: dict[str, str], context: Context, ledger: Ledger) -> None:
    """A 公开方式 that says neither 主动 nor 依申请 names channels where no column does: `政府网站`."""
    mode = values.get("mode", "")
    if not mode or re.search("主动|申请", plain(mode)):
        return
    values["mode"] = ""
    if "channels" not in values:
        values["channels"] = mode
        return
    ledger.say(
        "warning",
        "unreadable-mode",
        f"公开方式写的“{mode[:20]}”看不出是主动公开还是依申请公开",
        row.at(context.header.columns["mode"]),
        "写“主动公开”或“依申请公开”",
    )


_TICKS = ("society", "proactive", "on_request")


def _tick(row: Row, column: int, texts: dict[int, str], context: Context, ledger: Ledger) -> bool:
    word = plain(context.header.words(column))
    found = ticked(texts[column], heading(word))
    if found is None:
        ledger.say(
            "warning",
            "unreadable-tick",
            f"“{word}”列的“{texts[column][:20]}”看不出是否勾选，按未勾选处理",
            row.at(column),
            "勾选写 √，不勾选留空",
        )
    return bool(found)


def _layers(
    row: Row, values: dict[str, str], texts: dict[int, str], context: Context, ledger: Ledger
) -> list[str]:
    found = [
        layer
        for column, names in context.header.layers
        if _tick(row, column, texts, context, ledger)
        for layer in names
    ]
    for part in re.split(r"[、,，;；\s]+", values.get("layer", "")):
        found += layers(part, below=True) if part else ()
    return list(dict.fromkeys(found))


def _no_source(row: Row, column: int, ledger: Ledger) -> None:
    ledger.say(
        "warning",
        "ditto-without-source",
        "写了“同上”，但上面没有可以继承的内容",
        row.at(column),
        "写出完整内容",
    )


def _say_ditto(row: Row, column: int, source: Row, text: str, ledger: Ledger) -> None:
    ledger.say(
        "info",
        "ditto-time-limit",
        f"公开时限写“同上”，按第 {source.number} 行的“{text}”处理",
        row.at(column),
        "建议写出完整时限",
        related=[source.at(column)],
    )
