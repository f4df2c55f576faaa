"""What a record points to is there, and an address can be opened."""

import re
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import urlsplit

from catalog.checks.note import note
from catalog.findings import Finding
from catalog.records import Record
from catalog.references import references, texts
from catalog.text import kind_of

_ADDRESS = re.compile(
    r"(?:https?|ftp)[:：]/{0,2}[^\s，。；、）】》<>\"']*|www\.[^\s，。；、）】》<>\"']+", re.IGNORECASE
)
_HOST = re.compile(
    r"(?:[a-z0-9\u4e00-\u9fff](?:[a-z0-9\u4e00-\u9fff-]*[a-z0-9\u4e00-\u9fff])?\.)+[a-z\u4e00-\u9fff]{2,}|(?:\d{1,3}\.){3}\d{1,3}"
)
_LINKS = ("link", "public_url")
"""Fields that hold an address and nothing else."""


def check_references(records: Sequence[Record], there: Collection[tuple[str, str]]) -> Iterator[Finding]:
    """Ids of records that are not `there`, (kind, id) each; of fields, only when there are any.

    What a guided flow refers to is proven with the flow.
    """
    for record in records:
        if kind_of(record) == "flow":
            continue
        for path, kinds, target in references(record):
            if any((kind, target) in there for kind in kinds):
                continue
            if kinds == ("field",) and not any(kind == "field" for kind, _ in there):
                continue
            yield note(
                "error",
                "dead-reference",
                record,
                f"指向的记录“{target}”不存在，或已经撤下",
                "改成现有的记录，或去掉这一处",
                field=path,
            )


def check_links(records: Sequence[Record]) -> Iterator[Finding]:
    """Addresses that no browser can open."""
    for record in records:
        for path, text in texts(record):
            found = [text] if path in _LINKS else _ADDRESS.findall(text)
            for address in found:
                if not _opens(address, own=path == "public_url"):
                    yield note(
                        "warning",
                        "malformed-link",
                        record,
                        f"网址“{address[:60]}”不完整或有错，打不开",
                        "写成以 http:// 或 https:// 开头的完整网址，不带空格和中文标点",
                        field=path,
                    )


def _opens(address: str, *, own: bool) -> bool:
    if re.search(r"[\s，。；、“”]", address):
        return False
    if address.lower().startswith("www."):
        address = f"http://{address}"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    known = host == "localhost" if own else False
    return parts.scheme in ("http", "https") and (known or bool(_HOST.fullmatch(host)))
