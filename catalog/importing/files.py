"""Which files a hand-over has, and opening each as what its first bytes say it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.findings import Location
from catalog.importing.delimited import decode, read_delimited
from catalog.importing.ledger import refusal
from catalog.importing.sheet import Sheet
from catalog.importing.workbook import MAX_PART, read_workbook, refuse_container

_CSV = (".csv", ".tsv", ".txt")
_OFTEN_OTHER = (".tsv", ".txt", ".json")
"""Endings that other files of a folder have as well; such a file is read when it was named itself or is GeoJSON."""
_YAML = (".yaml", ".yml")
_JSON = (".geojson", ".json")
_WORKBOOK = (".xlsx", ".xlsm", ".xls", ".et", ".xlt", ".ett", ".xltx", ".ods", ".numbers")


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened file: `sheets` of a workbook or CSV, or the `text` of a document, or why it was `skipped`."""

    name: str
    sheets: tuple[Sheet, ...] = ()
    text: str = ""
    json: bool = False
    skipped: str = ""


def file_names(paths: Sequence[Path]) -> list[tuple[str, Path, bool]]:
    """Name, path, and whether it was named itself, of every file; names are relative to the folder given.

    Raises FileNotFoundError for a path that does not exist.
    """
    found: dict[Path, tuple[str, Path, bool]] = {}
    for path in paths:
        if path.is_dir():
            for file in path.rglob("*"):
                if file.is_file():
                    found.setdefault(file.resolve(), (file.relative_to(path).as_posix(), file, False))
        elif path.exists():
            found[path.resolve()] = (path.name, path, True)
        else:
            raise FileNotFoundError(path)
    return sorted(found.values(), key=lambda entry: (entry[0], str(entry[1])))


def open_file(path: Path, name: str, *, asked_for: bool) -> Opened:
    """Open one file. Raises Refused.

    Files inside a folder that are no data (a README, a picture, a program's JSON) are skipped; a file that was
    named itself is not.
    """
    at = Location(file=name)
    suffix = path.suffix.lower()
    if path.name.startswith((".", "~$")):
        return Opened(name, skipped="隐藏文件或临时文件")
    if path.stat().st_size == 0:
        raise refusal("empty-file", "文件是空的", at, "填写内容后重试")
    if path.stat().st_size > MAX_PART:
        raise refusal("too-large", "文件过大", at, "分成几个文件")
    data = path.read_bytes()
    if data.startswith(b"PK\x03\x04"):
        return Opened(name, sheets=tuple(read_workbook(path, name)))
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise refuse_container(data, at)
    if suffix in _WORKBOOK:
        raise refusal("not-a-workbook", "这不是工作簿", at, "用表格软件打开并另存为 .xlsx 后重试")
    if not asked_for and suffix in _OFTEN_OTHER and b'"FeatureCollection"' not in data:
        return Opened(name, skipped="文件夹里的附带文件；如果是数据，请单独导入它")
    if suffix in _CSV:
        return Opened(name, sheets=(read_delimited(decode(data, at), name),))
    if suffix in _YAML + _JSON:
        return Opened(name, text=decode(data, at), json=suffix in _JSON)
    if asked_for:
        raise refusal("unknown-file", "不是工作簿、CSV、YAML 或 GeoJSON", at, "用表格软件另存为 .xlsx 后重试")
    return Opened(name, skipped="不是工作簿、CSV、YAML 或 GeoJSON")
