"""The open data over HTTP: files made once per edition, and the page that lists them. No database is asked.

The files of a new edition are made by a process of its own, begun when the edition is shown. Until it has finished,
those of the edition before are served, whole and with the names of that edition in their listing; when there are none
yet, 503.
"""

import logging
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from threading import Lock
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from catalog.box import Active, read_active
from catalog.text import digest
from county.clock import local
from county.opendata.files import Entry, Listing
from county.opendata.making import LISTING, edition_folder, read_listing
from county.opendata.words import name_of, text, title
from county.web.phone.parts import Link
from county.web.phone.views import SMALLER, Phone, county_of, words_of
from county.web.phone.words import Words
from county.web.shelf import NothingPublished, active_store

_log = logging.getLogger(__name__)
RETRY = "5"
"""Seconds after which it is worth asking again."""
TRIES = 3
"""How often the making of an edition's files is begun, should it fail."""
FRESH = "public, max-age=300"
_ADDRESS = "%/:?#[]@!$&'()*+,;="
"""What stands in an address as it is, beside letters and digits."""
_ENDS = {"jsonl": "JSON Lines", "csv": "CSV"}


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind of record with its files."""

    title: str
    count: str
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class OpenDataPage:
    """What the page shows. Without files it says that they are being made."""

    title: str
    intro: str
    edition: str
    licence: Link
    making: str
    handbooks: tuple[str, tuple[Link, ...]]
    tables: tuple[str, str, tuple[KindRow, ...]]
    machines: tuple[str, str, tuple[Link, ...]]


@dataclass(slots=True)
class Maker:
    """Starts the process that makes the files of an edition, one at a time; when it fails, `TRIES` times in all."""

    state: Path
    _lock: Lock = field(default_factory=Lock)
    _process: subprocess.Popen[bytes] | None = None
    _digest: str = ""
    _tries: int = 0

    @property
    def folder(self) -> Path:
        """Where the files of all editions lie."""
        return self.state / "open-data"

    def prepare(self) -> None:
        """Begin with the files of the edition that is shown, unless they are there. To be called every now and then."""
        active = read_active(self.state)
        if active is not None and read_listing(edition_folder(self.folder, active.digest)) is None:
            self.start(active)

    def start(self, active: Active) -> None:
        """Begin with an edition unless that is going on, was done or has failed too often."""
        with self._lock:
            if self._process is not None:
                code = self._process.poll()
                if code is None:
                    return
                if code:
                    _log.error("files of %s: exit code %d", self._digest[:12], code)
                    self._process = None
            if self._digest != active.digest:
                self._process, self._digest, self._tries = None, active.digest, 0
            if self._process is None and self._tries < TRIES:
                command = [sys.executable, "-m", "county.opendata"]
                arguments = [str(self.state / active.file), str(self.folder)]
                self._process = subprocess.Popen([*command, *arguments], stdin=subprocess.DEVNULL)
                self._tries += 1

    def end(self) -> None:
        """Give up what is being made; it is begun again some other time."""
        with self._lock:
            if self._process is not None:
                self._process.terminate()
                self._process.wait()

    def wait(self) -> None:
        """Wait until the process that was started has ended."""
        with self._lock:
            if self._process is not None:
                self._process.wait()


@dataclass(frozen=True, slots=True)
class OpenData:
    """Every address below /open-data/."""

    phone: Phone
    maker: Maker

    def routes(self) -> list[Route]:
        """To be compared with county.opendata.openapi.PATHS."""
        return [
            Route("/open-data/", self.index, middleware=SMALLER),
            Route(f"/open-data/{LISTING}", self.listing),
            Route("/open-data/{name}", self.file),
        ]

    def index(self, request: Request) -> Response:
        """The page."""
        chosen = words_of(request)
        found = self._finished()
        with active_store(self.phone.state) as store:
            county = county_of(store)
            name = chosen.pick(county.title, county.title_en)
            page = open_data_page(found[1] if found else None, name, chosen)
            return self.phone.drawn(request, "open-data", page, store, (), chosen)

    def listing(self, request: Request) -> Response:
        """What there is."""
        folder, listing = self._ready()
        entry = Entry(
            name=LISTING, group="description", size=0, digest=digest((folder / LISTING).read_bytes())
        )
        return _answer(request, folder, entry, listing)

    def file(self, request: Request) -> Response:
        """One file."""
        folder, listing = self._ready()
        entry = listing.find(request.path_params["name"])
        if entry is None:
            raise HTTPException(404)
        return _answer(request, folder, entry, listing)

    def _ready(self) -> tuple[Path, Listing]:
        found = self._finished()
        if found is None:
            raise HTTPException(503, headers={"Retry-After": RETRY})
        return found

    def _finished(self) -> tuple[Path, Listing] | None:
        """The files of the active edition, else the newest there are. Raises NothingPublished."""
        active = read_active(self.phone.state)
        if active is None:
            raise NothingPublished("no active edition")
        folder = edition_folder(self.maker.folder, active.digest)
        listing = read_listing(folder)
        if listing is not None:
            return folder, listing
        self.maker.start(active)
        earlier = [(path, read_listing(path)) for path in self.maker.folder.glob("*") if path.is_dir()]
        finished = [(path, found) for path, found in earlier if found is not None]
        return max(finished, key=lambda pair: pair[1].edition, default=None)


def open_data_page(listing: Listing | None, county: str, words: Words) -> OpenDataPage:
    """The page of the files in `listing`, None while they are being made."""
    language = words.language
    files = listing.files if listing else ()
    edition = ""
    if listing:
        day = f"{local(listing.effective):%Y-%m-%d}"
        edition = text("page", "edition", language, number=listing.edition, day=day)
    machines = [entry for entry in files if entry.group in ("vocabulary", "news", "description", "interface")]
    return OpenDataPage(
        title=text("page", "title", language),
        intro=text("page", "intro", language, county=county),
        edition=edition,
        licence=_licence(listing, words),
        making="" if listing else text("page", "making", language),
        handbooks=(
            text("page", "handbooks", language),
            tuple(_link(one, language) for one in files if one.group == "handbook"),
        ),
        tables=(
            text("page", "tables", language),
            text("page", "tables_note", language),
            _kinds([entry for entry in files if entry.group == "kind"], language),
        ),
        machines=(
            text("page", "machines", language),
            text("page", "checksums", language),
            tuple(_link(one, language) for one in machines),
        ),
    )


def _licence(listing: Listing | None, words: Words) -> Link:
    """The terms of use in words, with their address where there is one."""
    if listing is None:
        return Link("", "")
    name = words.pick(listing.licence, listing.licence_en) or listing.licence_url
    said = text("page", "licence" if name else "no_licence", words.language, name=name)
    return Link(said, listing.licence_url)


def _kinds(entries: Sequence[Entry], language: str) -> tuple[KindRow, ...]:
    kinds: dict[str, list[Entry]] = {}
    for entry in entries:
        kinds.setdefault(entry.kind, []).append(entry)
    return tuple(
        KindRow(
            title("kind", kind, language),
            text("page", "records", language, count=files[0].records),
            tuple(
                Link(_ENDS[one.name.rpartition(".")[2]], one.name, size_text(one.size, language))
                for one in files
            ),
        )
        for kind, files in kinds.items()
    )


def _link(entry: Entry, language: str) -> Link:
    note = size_text(entry.size, language)
    if entry.records:
        note = f"{text('page', 'records', language, count=entry.records)} · {note}"
    return Link(name_of(entry, language), entry.name, note)


def size_text(size: int, language: str) -> str:
    """A file's size in words."""
    if size < 1_000_000:
        return text("page", "size_kb", language, size=max(1, round(size / 1000)))
    return text("page", "size_mb", language, size=f"{size / 1_000_000:.1f}")


def _answer(request: Request, folder: Path, entry: Entry, listing: Listing) -> Response:
    tag = f'"{entry.digest[:32]}"'
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(listing.effective.astimezone(UTC), usegmt=True),
        "Cache-Control": FRESH,
        "Access-Control-Allow-Origin": "*",
    }
    if listing.licence_url:
        headers["Link"] = f'<{quote(listing.licence_url, safe=_ADDRESS)}>; rel="license"'
    if _known(request, tag, listing):
        return Response(status_code=304, headers=headers)
    return FileResponse(folder / entry.name, headers=headers, media_type=entry.media_type)


def _known(request: Request, tag: str, listing: Listing) -> bool:
    """Whether whoever asks has the file already (RFC 9110, 13.1)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return any(one.strip().removeprefix("W/") in (tag, "*") for one in tags.split(","))
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return since >= listing.effective.replace(microsecond=0)
    except (ValueError, TypeError):
        return False
