"""Making all files of an edition in a folder of their own.

A folder is complete when it has its final name. The same edition gives the same bytes.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import msgspec

from catalog.records import RECORD_TYPES, County
from catalog.records.base import Audience
from catalog.store import Store
from catalog.text import digest, encode
from catalog.wording import Language
from county.opendata import cpsv, dcat, news, openapi
from county.opendata.files import Entry, Group, Listing
from county.opendata.handbook.draw import handbook
from county.opendata.tables import NO_TABLES, table

LISTING = "listing.json"
KEPT = 2
"""Editions whose files are kept: the newest, and the one before it, which somebody may still be fetching."""
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
HANDBOOKS: Mapping[Language, str] = {"zh": "{}.pdf", "en": "{}.en.pdf"}
"""Language → name of an audience's handbook."""
FORM = 4
"""To be raised when the same edition gives other files than before."""


def edition_folder(folder: Path, edition_digest: str) -> Path:
    """Where the files of an edition lie below the folder of all."""
    return folder / f"{edition_digest}.{FORM}"


def read_listing(folder: Path) -> Listing | None:
    """The listing of a finished folder, None when there is none."""
    try:
        return msgspec.json.decode((folder / LISTING).read_bytes(), type=Listing)
    except (OSError, msgspec.DecodeError):
        return None


def make(store: Store, folder: Path) -> Path:
    """Make the files of the store's edition below `folder`, unless they are there, and forget old ones.

    Returns where they lie. Raises OSError; what was begun is then left for the next attempt to clear.
    """
    finished = edition_folder(folder, store.edition_digest)
    if read_listing(finished) is None:
        draft = folder / f"{finished.name}.{os.getpid()}.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        write(store, draft)
        shutil.rmtree(finished, ignore_errors=True)
        os.replace(draft, finished)
    _sweep(folder, finished)
    return finished


def write(store: Store, folder: Path) -> Listing:
    """Write every file, and the listing last, into an empty folder."""
    county = store.get(County, "county")
    assert county is not None
    entries: list[Entry] = []

    def put(
        name: str, group: Group, body: bytes, kind: str = "", records: int = 0, language: Language = "zh"
    ) -> None:
        (folder / name).write_bytes(body)
        entries.append(
            Entry(
                name=name,
                group=group,
                kind=kind,
                language=language,
                records=records,
                size=len(body),
                digest=digest(body),
            )
        )

    for audience in AUDIENCES:
        for language, name in HANDBOOKS.items():
            count, pdf = handbook(store, audience, language)
            if count:
                put(name.format(audience), "handbook", pdf, audience, count, language)
    for kind, lines in _kinds(store):
        put(f"{kind}.jsonl", "kind", b"".join(line + b"\n" for line in lines), kind, len(lines))
        if kind in RECORD_TYPES and kind not in NO_TABLES:
            put(f"{kind}.csv", "kind", table(kind, lines), kind, len(lines))
    put(cpsv.NAME, "vocabulary", cpsv.cpsv(record for one in cpsv.TYPES for record in store.all(one)), "cpsv")
    put(news.NAME, "news", news.news(store), "news")
    listing = Listing(
        edition=store.manifest.edition,
        digest=store.edition_digest,
        effective=store.manifest.effective,
        licence=county.licence,
        licence_en=county.licence_en,
        licence_url=county.licence_url,
        files=tuple(entries),
    )
    put(dcat.NAME, "description", dcat.dcat(county, listing), "dcat")
    listing = msgspec.structs.replace(listing, files=tuple(entries))
    put(openapi.NAME, "interface", openapi.openapi(county, listing), "openapi")
    listing = msgspec.structs.replace(listing, files=tuple(entries))
    (folder / LISTING).write_bytes(encode(listing))
    return listing


def _kinds(store: Store) -> Iterator[tuple[str, list[bytes]]]:
    """Kinds in the order of the catalogue, those that this program does not know last, with their lines."""
    found: dict[str, list[bytes]] = {}
    for kind, _, line in store.lines():
        found.setdefault(kind, []).append(line)
    order = [*RECORD_TYPES, *sorted(found.keys() - RECORD_TYPES.keys())]
    return ((kind, found[kind]) for kind in order if kind in found)


def _sweep(folder: Path, finished: Path) -> None:
    others = [path for path in folder.iterdir() if path.is_dir() and path != finished]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    kept = [path for path in others if not path.name.endswith(".new")][: KEPT - 1]
    for path in others:
        if path not in kept:
            shutil.rmtree(path, ignore_errors=True)
