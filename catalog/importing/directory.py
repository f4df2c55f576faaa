"""Standard and supplementary directories (公开目录): sheets of tables, stacked or not, as offices make them."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

import msgspec

from catalog.findings import Location
from catalog.importing.directory_header import PROFILE, DirectoryHeader, read_header
from catalog.importing.directory_row import UNNAMED, Above, Context, NotData, read_row
from catalog.importing.fields import field_id, fields_in
from catalog.importing.ledger import Ledger, Refused, refusal
from catalog.importing.sheet import Row, Sheet
from catalog.importing.tables import distinct, is_note, preamble, unread
from catalog.importing.words import plain
from catalog.records import DisclosureItem
from catalog.text import content_hash, digest

__all__ = ["PROFILE", "Directory", "item_id"]

_GENERAL = re.compile(
    r"^(sheet|工作表|表格?)?[\s\d()]*$|^(标准|公开|补充|基本|主动公开)*目录$", re.IGNORECASE
)
_NUMBERED = re.compile(r"[(（]?[\d一二三四五六七八九十]{1,2}[)）]?[.．、\s]?\s*\D")


class Directory:
    """The rows of all directories read."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._items: list[tuple[Row, DisclosureItem]] = []
        self._fields: dict[str, Location] = {}

    def take(self, sheet: Sheet) -> bool:
        """Read a sheet; False when it has no directory. Raises Refused."""
        headers = {
            row.number: header
            for number, row in enumerate(sheet.rows)
            if (header := read_header(sheet.rows, number)) is not None
        }
        if not headers:
            return False
        self._walk(sheet, headers)
        return True

    def fields(self) -> dict[str, Location]:
        """The fields met, by title."""
        return self._fields

    def join(self) -> Iterator[DisclosureItem]:
        """The rows as records, with ids that follow from directory, field and names.

        Rows of the same names are told apart by their content; a row that repeats another is reported.
        """
        same: dict[str, list[tuple[str, Row, DisclosureItem]]] = {}
        for row, item in self._items:
            if item.id != UNNAMED:
                yield item
                continue
            same.setdefault(item_id(item), []).append((content_hash(item), row, item))
        for base, entries in same.items():
            entries.sort(key=lambda entry: entry[0])
            for position, (text, row, item) in enumerate(entries):
                if position and entries[position - 1][0] == text:
                    self._repeated(row, entries[position - 1][1])
                else:
                    yield msgspec.structs.replace(item, id=f"{base}-{text[:8]}" if position else base)

    def _walk(self, sheet: Sheet, headers: dict[int, DirectoryHeader]) -> None:
        title, context, above = "", None, Above()
        lower = {row.number for header in headers.values() for row in header.rows[1:]}
        for row in sheet.rows:
            if row.number in lower:
                continue
            if row.number in headers:
                if context is None or context.ended:
                    above = Above()
                context = self._begin(sheet, headers[row.number], title, context)
            elif _counts_columns(row):
                self._ledger.use(row, "header")
            elif _is_title(row, sheet, headers) or (context is None and len(distinct(row)) == 1):
                title = _longer(title, distinct(row)[0]) if context is None else distinct(row)[0]
                self._ledger.use(row, "title")
                context = None if context is None else msgspec.structs.replace(context, ended=True)
            elif context is None:
                preamble(row, self._ledger)
            else:
                self._data(row, context, above)

    def _begin(self, sheet: Sheet, header: DirectoryHeader, title: str, before: Context | None) -> Context:
        for row in header.rows:
            self._ledger.use(row, "header")
        texts = [title, sheet.title, PurePath(sheet.file).stem]
        if before is not None and not before.ended:
            return msgspec.structs.replace(before, header=header.of(before.directory))
        supplementary = _is_supplementary(header, texts)
        header = header.of("supplementary" if supplementary else "standard")
        self._report_columns(sheet, header)
        if supplementary:
            category = next((plain(text) for text in texts[1:2] if not _GENERAL.match(plain(text))), "其他")
            return Context(sheet=sheet, header=header, directory="supplementary", field=category)
        field = _field(texts, header.rows[0].at())
        self._fields.setdefault(field, header.rows[0].at())
        return Context(sheet=sheet, header=header, directory="standard", field=field_id(field))

    def _data(self, row: Row, context: Context, above: Above) -> None:
        if is_note(row, wholly=bool(context.text(row, "content"))) or self._continues_note(row):
            self._ledger.use(row, "note")
            return
        try:
            self._items.append((row, read_row(row, context, above, self._ledger)))
            self._ledger.use(row, "record")
        except NotData as reason:
            if reason.section:
                self._ledger.use(row, "title")
            else:
                unread(row, self._ledger)
        except Refused as refused:
            self._ledger.refuse(row, refused)

    def _continues_note(self, row: Row) -> bool:
        """A numbered text right below a note: `2. 本目录动态调整`."""
        above = msgspec.structs.replace(row.at(), row=row.number - 1)
        numbered = len(distinct(row)) == 1 and _NUMBERED.match(row.filled()[0][1])
        return bool(numbered) and self._ledger.uses.get(above) == "note"

    def _report_columns(self, sheet: Sheet, header: DirectoryHeader) -> None:
        below = [row for row in sheet.rows if row.number > header.rows[-1].number]
        for column in (*header.unknown, *header.repeated):
            if any(row.cell(column) for row in below):
                self._ledger.say(
                    "warning",
                    "unknown-column",
                    f"“{plain(header.words(column))}”列没有导入",
                    header.rows[-1].at(column),
                    "如需导入，请把列名改成规定的名称",
                )

    def _repeated(self, row: Row, first: Row) -> None:
        self._ledger.use(row, "reported")
        self._ledger.say(
            "warning",
            "repeated-row",
            f"与 {first.file} {first.sheet} 第 {first.number} 行完全相同，只导入一次",
            row.at(),
            "删除重复的行",
            related=[first.at()],
        )


def item_id(item: DisclosureItem) -> str:
    """The id that follows from a row's directory, field and names."""
    names = "\n".join((item.directory, item.field, item.level1, item.level2, item.level3))
    prefix = item.field if item.directory == "standard" else "supplementary"
    return f"{prefix}-{digest(names.encode())[:12]}"


def _is_title(row: Row, sheet: Sheet, headers: dict[int, DirectoryHeader]) -> bool:
    """One text, with a header in the rows just below it."""
    if len(distinct(row)) != 1 or is_note(row):
        return False
    return any(row.number < number <= row.number + 4 for number in headers)


def _counts_columns(row: Row) -> bool:
    """A row that numbers the columns below their headings: 1, 2, 3, …"""
    texts = [text for _, text in row.filled()]
    return len(texts) >= 5 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _longer(old: str, new: str) -> str:
    """Of two title lines above a table, the one that names a field."""
    return new if fields_in(plain(new)) or not fields_in(plain(old)) else old


def _is_supplementary(header: DirectoryHeader, texts: Sequence[str]) -> bool:
    columns = header.columns
    words = plain("".join(texts))
    if "补充目录" in words or "基本目录" in words:
        return True
    ticks = {"society", "group", "proactive", "on_request"} & set(columns)
    standard = "标准目录" in words or "领域" in words
    return not standard and not ticks and ("category" in columns or "level1" not in columns)


def _field(texts: Sequence[str], at: Location) -> str:
    title, sheet, file = (plain(text) for text in texts)
    for text in (title, sheet, file):
        found = fields_in(text)
        if len(found) == 1:
            return found[0]
        if text == sheet and not found and text and not _GENERAL.match(text):
            return text.removesuffix("目录").removesuffix("标准").removesuffix("领域") or text
    raise refusal(
        "unknown-field",
        "看不出这张目录属于哪个领域",
        at,
        "在表格上方写明，例如“就业领域基层政务公开标准目录”",
    )
