"""Texts taken over from a template: a workbook of another county, or of the province, that was filled in too little.

A record is held against the template's cells, not against its records, since nobody can import what names offices of
another county. Compared is what a county has of its own: addresses, phones, hours, descriptions and conditions. A text
that two counties may well share, such as office hours, counts only beside a telling one from the same row.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice
from math import ceil
from typing import Literal

import msgspec

from catalog.checks.bodies import FOREIGN
from catalog.checks.duplicates import pairs, similarity
from catalog.checks.ground import Ground
from catalog.checks.note import note
from catalog.checks.places import named
from catalog.findings import Finding
from catalog.importing.words import line_list, plain
from catalog.records import Record
from catalog.text import kind_of

Sort = Literal["address", "phone", "hours", "words"]
_LOCAL: Mapping[str, Mapping[str, Sort]] = {
    "organisation": {
        "address": "address",
        "phone": "phone",
        "complaints_phone": "phone",
        "duties": "words",
    },
    "place": {"address": "address", "phone": "phone", "opening_hours": "hours"},
    "service": {
        "channel.address": "address",
        "channel.phone": "phone",
        "channel.complaints_phone": "phone",
        "channel.opening_hours": "hours",
        "description": "words",
        "requirements": "words",
    },
    "life_event": {"summary": "words"},
    "package": {"intro": "words"},
    "policy": {"summary": "words", "clauses.conditions": "words", "clauses.support": "words"},
    "participation": {"place": "address", "phone": "phone", "summary": "words"},
}
"""Kind → field → what stands in it, of all that a county has of its own."""

SHORTEST: Mapping[Sort, int] = {"address": 5, "phone": 7, "hours": 5, "words": 8}
"""Characters that a text has at least to be compared."""

TELLING = 16
"""Characters of a description or a condition that tells of a copy by itself."""

MOST = 20
"""Rows that are looked at of those which have the same telling text."""

NAMED = 3
"""Cells that a finding names; the others that were found are counted."""

_NUMBER = re.compile(r"\d(?:[)）]?[-—– ]*\d){6,}")
_NATIONAL = re.compile(r"[48]00|95|12")
_STREET = re.compile(r"\d号|[路巷]|街(?!道)|大道")
_COUNTY = re.compile("(?:自治县|自治旗|[县市区旗])$")
_COLUMN = re.compile("^[A-Z]+")


class Cell(msgspec.Struct, frozen=True, array_like=True):
    """A cell such as `H14` with its text."""

    cell: str
    text: str


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A workbook: sheet title → cells. With `contact_only` its descriptions and conditions are laid down for all."""

    title: str
    sheets: dict[str, tuple[Cell, ...]]
    contact_only: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a template: what its cells are found by, each with the cell."""

    template: Template
    sheet: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Hit:
    """A text of a record that templates have as `key`, in some of the `rows`."""

    field: str
    key: str
    same: bool
    rows: Sequence[int]
    telling: bool


class Templates:
    """Templates made ready to be looked through; made once, for many records.

    `similar`, from 0 to 1, is from where on long texts count as the same.
    """

    def __init__(self, templates: Iterable[Template], similar: float) -> None:
        self._similar = similar
        self._rows: list[_Row] = []
        self._found: dict[str, list[int]] = defaultdict(list)
        for template in templates:
            names = _pattern(_named(template))
            for sheet, cells in template.sheets.items():
                for _, row in groupby(cells, lambda cell: _COLUMN.sub("", cell.cell)):
                    keys = {key: one.cell for one in row for key in _keys(one.text, names)}
                    for key in keys:
                        self._found[key].append(len(self._rows))
                    self._rows.append(_Row(template, sheet, keys))

    def check(self, records: Sequence[Record], ground: Ground) -> Iterator[Finding]:
        """What the records have from templates; `ground` says which names are the county's own."""
        names = _pattern(ground.stems)
        for record in records if self._rows else ():
            hits = list(self._hits(record, names))
            telling = dict.fromkeys(row for hit in hits if hit.telling for row in hit.rows)
            for hit in hits:
                found = [self._rows[row] for row in telling if hit.key in self._rows[row].cells]
                if found:
                    yield _finding(record, hit, [row for row in found if row.template is found[0].template])

    def _hits(self, record: Record, names: re.Pattern[str]) -> Iterator[_Hit]:
        for path, text, sort in _texts(record):
            for whole in _numbers(text) if sort == "phone" else (plain(text),):
                key = self._like(whole, sort, names) if len(whole) >= SHORTEST[sort] else ""
                rows = self._having(key, sort)
                if rows:
                    yield _Hit(path, key, key == whole, rows, _is_telling(whole, sort))
                    break

    def _having(self, key: str, sort: Sort) -> Sequence[int]:
        """The first rows that have a text of this sort, `MOST` of them."""
        rows = self._found.get(key, ())
        return list(islice((row for row in rows if self._compared(row, sort)), MOST))

    def _compared(self, row: int, sort: Sort) -> bool:
        return sort != "words" or not self._rows[row].template.contact_only

    def _like(self, whole: str, sort: Sort, names: re.Pattern[str]) -> str:
        """What the templates have of a text: itself, or it without the county's name, or one like it, or nothing."""
        if whole in self._found or sort in ("phone", "hours"):
            return whole
        bare = names.sub("", whole)
        if bare in self._found or sort == "address" or len(bare) < TELLING:
            return bare
        candidates = dict.fromkeys(
            other for pair in self._rarest(bare) for other in self._holders.get(pair, ())
        )
        return next((other for other in candidates if similarity(bare, other) >= self._similar), "")

    def _rarest(self, key: str) -> list[str]:
        """So many of a text's rarest pairs that whatever is similar to it has one of them among its own rarest."""
        ranked = sorted(pairs(key), key=lambda pair: (self._counts[pair], pair))
        return ranked[: len(ranked) - ceil(len(ranked) * self._similar / (2 - self._similar)) + 1]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(pair for key in self._found for pair in pairs(key))

    @cached_property
    def _holders(self) -> Mapping[str, Sequence[str]]:
        """Pair of characters → the long texts that it is one of the rarest of."""
        holders: dict[str, list[str]] = defaultdict(list)
        for key in self._found:
            for pair in self._rarest(key) if len(key) >= TELLING else ():
                holders[pair].append(key)
        return holders


def _texts(record: Record) -> Iterator[tuple[str, str, Sort]]:
    """(path, text, what stands there) of every text that a county has of its own."""
    for name, sort in _LOCAL.get(kind_of(record), {}).items():
        for path, text in _below(record, name.split("."), ""):
            yield path, text, sort


def _below(value: object, names: Sequence[str], path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from _below(one, names, f"{path}[{place}]")
    elif names:
        yield from _below(getattr(value, names[0]), names[1:], f"{path}.{names[0]}".lstrip("."))
    elif isinstance(value, str) and value:
        yield path, value


def _is_telling(key: str, sort: Sort) -> bool:
    if sort == "address":
        return _STREET.search(key) is not None
    return sort == "phone" or (sort == "words" and len(key) >= TELLING)


def _keys(text: str, names: re.Pattern[str]) -> set[str]:
    """What a cell is found by: its text and its lines, with and without the template's own county, and its phones."""
    wholes = {plain(part) for part in (text, *line_list(text))}
    keys = wholes | {names.sub("", whole) for whole in wholes} | set(_numbers(text))
    return {key for key in keys if len(key) >= min(SHORTEST.values())}


def _numbers(text: str) -> list[str]:
    """The digits of every telephone number, those left out that are the same in the whole country."""
    found = (re.sub(r"\D", "", one) for one in _NUMBER.findall(text))
    return [number for number in found if not _NATIONAL.match(number)]


def _named(template: Template) -> set[str]:
    """The counties that a template is about, without 县, 区 and the like."""
    stems = set()
    for cells in template.sheets.values():
        for cell in cells:
            foreign = FOREIGN.match(cell.text)
            for name in (*named(cell.text), *([foreign["place"]] if foreign else [])):
                stems.add(_COUNTY.sub("", name))
    return {stem for stem in stems if len(stem) > 1}


def _pattern(stems: Iterable[str]) -> re.Pattern[str]:
    """Any of the names, with or without 县 and the like; one that is never found when there are none."""
    longest_first = sorted(stems, key=lambda stem: (-len(stem), stem))
    words = "|".join(map(re.escape, longest_first))
    return re.compile(f"(?:{words})(?:自治县|自治旗|[县市区旗])?" if words else "(?!)")


def _finding(record: Record, hit: _Hit, rows: Sequence[_Row]) -> Finding:
    title, places = rows[0].template.title, _places(rows, hit.key)
    return note(
        "warning",
        "same-as-template",
        record,
        f"与模板“{title}”的文字相同（{places}），疑似照搬"
        if hit.same
        else f"与模板“{title}”的文字几乎相同（{places}），疑似照搬",
        "改成本县的内容；确实一样的，可以不改",
        field=hit.field,
    )


def _places(rows: Sequence[_Row], key: str) -> str:
    """The first cells by their sheets, and how many there are besides."""
    by_sheet = groupby(rows[:NAMED], lambda row: row.sheet)
    named = " ".join(part for sheet, some in by_sheet for part in (sheet, *(row.cells[key] for row in some)))
    return f"{named}，另有 {len(rows) - NAMED} 处" if len(rows) > NAMED else named
