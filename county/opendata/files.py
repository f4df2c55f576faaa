"""What a published file is, and the list of all that belong to one edition."""

from datetime import datetime
from typing import Literal

import msgspec

from catalog.wording import Language

MEDIA_TYPES = {
    "jsonl": "application/jsonl",
    "csv": "text/csv; charset=utf-8",
    "jsonld": "application/ld+json",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
}
"""By the end of a file's name."""

Group = Literal["kind", "vocabulary", "description", "news", "interface", "handbook"]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One file: `digest` is SHA-256 in hex, `size` in bytes; `records` counts what it is about, 0 where it says none.

    `kind` is the records' kind, or the audience of a handbook, or empty. `language` is that of our own
    words in the file; texts of records are Chinese.
    """

    name: str
    group: Group
    kind: str = ""
    language: Language = "zh"
    records: int = 0
    size: int
    digest: str

    @property
    def media_type(self) -> str:
        """What the file is, for HTTP and for DCAT."""
        return MEDIA_TYPES[self.name.rpartition(".")[2]]


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """`listing.json`: which edition the files were made of, when it took effect, the licence, and the files.

    What is said of the licence is empty while the county states none.
    """

    edition: int
    digest: str
    effective: datetime
    licence: str = ""
    licence_en: str = ""
    licence_url: str = ""
    files: tuple[Entry, ...]

    def find(self, name: str) -> Entry | None:
        """The file of that name."""
        return next((entry for entry in self.files if entry.name == name), None)

    def of(self, group: Group) -> tuple[Entry, ...]:
        """The files of a group, in their order."""
        return tuple(entry for entry in self.files if entry.group == group)


def url(public_url: str, name: str) -> str:
    """The address of a file, or of a thing that `name` has after a `#`."""
    return f"{public_url}/open-data/{name}"
