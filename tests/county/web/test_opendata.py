"""The open data over HTTP."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from starlette.applications import Starlette

from catalog.box import active_path, read_active
from catalog.store import Store
from catalog.text import digest
from county.opendata import making
from county.opendata.files import Listing
from county.opendata.making import make
from county.opendata.openapi import PATHS
from county.web import opendata
from county.web.opendata import Maker, OpenData, size_text
from county.web.phone.render import load_drawing
from county.web.phone.views import Phone
from tests.county.web.client import ask
from tests.county.web.markup import read_page
from tests.county.web.records import RECORDS
from tests.county.web.state import MORNING, publish
from tests.sample import COUNTY


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Digests of the editions for which a process would have been started."""
    found: list[str] = []
    monkeypatch.setattr(Maker, "start", lambda self, active: found.append(active.digest))
    return found


@pytest.fixture
def made(state: Path, monkeypatch: pytest.MonkeyPatch, started: list[str]) -> Path:
    """The files of edition 7, its handbooks a few bytes."""
    monkeypatch.setattr(making, "handbook", lambda store, *kind: (3, b"%PDF-" + "-".join(kind).encode()))
    return make_files(state)


def make_files(state: Path) -> Path:
    """Make the files of the active edition."""
    active = read_active(state)
    assert active is not None
    store = Store.open(state / active.file)
    folder = make(store, state / "open-data")
    store.close()
    return folder


def listing(app: Starlette) -> Listing:
    return msgspec.json.decode(ask(app, "/open-data/listing.json").body, type=Listing)


def test_every_file_is_served_as_it_was_made(app: Starlette, made: Path, started: list[str]) -> None:
    files = listing(app).files
    assert len(files) > 10
    for entry in files:
        answer = ask(app, f"/open-data/{entry.name}")
        assert (answer.status, digest(answer.body)) == (200, entry.digest)
        assert answer.headers["content-type"] == entry.media_type
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "set-cookie" not in answer.headers
    assert started == []


@pytest.mark.parametrize("name", ["service.jsonl", "person.pdf", "listing.json", "dcat.jsonld"])
def test_what_is_known_already_is_not_sent_again(app: Starlette, made: Path, name: str) -> None:
    first = ask(app, f"/open-data/{name}")
    tag, since = first.headers["etag"], first.headers["last-modified"]
    for headers in ({"if_none_match": f'"x", W/{tag}'}, {"if_none_match": "*"}, {"if_modified_since": since}):
        again = ask(app, f"/open-data/{name}", **headers)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    for headers in (
        {"if_none_match": '"x"', "if_modified_since": since},
        {"if_modified_since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"if_modified_since": "nonsense"},
        {"if_modified_since": "Thu, 01 Jan 1970 00:00:00"},
    ):
        assert ask(app, f"/open-data/{name}", **headers).status == 200


def test_a_part_of_a_file_can_be_asked_for(app: Starlette, made: Path) -> None:
    answer = ask(app, "/open-data/person.pdf", range="bytes=0-3")
    assert (answer.status, answer.body) == (206, b"%PDF")


@pytest.mark.parametrize(
    "name",
    ["county.db", "../active.json", "%2e%2e/active.json", "..%2factive.json", "making.lock", "x" * 300],
)
def test_nothing_else_is_served(app: Starlette, made: Path, name: str) -> None:
    assert ask(app, f"/open-data/{name}").status == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_links_to_every_file(app: Starlette, made: Path, language: str) -> None:
    page = read_page(ask(app, f"/open-data/?lang={language}").text)
    assert {entry.name for entry in listing(app).files} <= set(page.hrefs)


@pytest.mark.parametrize(("language", "name"), [("zh", "署名 4.0"), ("en", "CC BY 4.0")])
def test_the_licence_is_on_the_page_and_with_every_file(
    app: Starlette, state: Path, language: str, name: str, monkeypatch: pytest.MonkeyPatch, started: list[str]
) -> None:
    monkeypatch.setattr(making, "handbook", lambda store, *_: (0, b""))
    address = "https://licences.example.org/署名/4.0?a=1#b"
    stated = {"licence": "署名 4.0", "licence_en": "CC BY 4.0", "licence_url": address}
    publish(state, (msgspec.structs.replace(COUNTY, **stated), *RECORDS[1:]), 8)
    make_files(state)
    page = ask(app, f"/open-data/?lang={language}").text
    assert address in read_page(page).hrefs
    assert name in page
    link = ask(app, "/open-data/service.csv").headers["link"]
    assert link == f'<{quote(address, safe=":/?#=")}>; rel="license"'


@pytest.mark.parametrize(("language", "words"), [("zh", "未声明"), ("en", "none is stated")])
def test_without_a_licence_the_page_says_so(app: Starlette, made: Path, language: str, words: str) -> None:
    assert words in ask(app, f"/open-data/?lang={language}").text
    assert "link" not in ask(app, "/open-data/service.csv").headers


def test_until_the_files_are_made_the_page_says_so(app: Starlette, state: Path, started: list[str]) -> None:
    assert "正在" in ask(app, "/open-data/").text
    answer = ask(app, "/open-data/service.jsonl")
    assert (answer.status, answer.headers["retry-after"]) == (503, opendata.RETRY)
    active = read_active(state)
    assert active is not None
    assert set(started) == {active.digest}


def test_meanwhile_the_earlier_edition_is_served(
    app: Starlette, state: Path, made: Path, started: list[str]
) -> None:
    publish(state, (COUNTY, *RECORDS[:3]), 8)
    assert listing(app).edition == 7
    assert ask(app, "/open-data/service.jsonl").status == 200
    assert started


def test_before_the_first_edition_there_is_nothing(app: Starlette, state: Path) -> None:
    active_path(state).unlink()
    assert ask(app, "/open-data/").status == 503
    assert ask(app, "/open-data/service.jsonl").status == 503


def test_the_description_of_the_interface_is_that_of_the_routes(state: Path) -> None:
    routes = OpenData(Phone(state, load_drawing(), lambda: MORNING), Maker(state)).routes()
    assert {route.path for route in routes} == set(PATHS)
    assert all(route.methods == {"GET", "HEAD"} for route in routes)


def test_the_described_answers_are_given(app: Starlette, made: Path) -> None:
    described = json.loads(ask(app, "/open-data/openapi.json").body)
    names = described["paths"]["/open-data/{name}"]["get"]["parameters"][0]["schema"]["enum"]
    assert all(ask(app, f"/open-data/{name}").status == 200 for name in names)
    schema = described["components"]["schemas"]["Listing"]
    whole = json.loads(ask(app, "/open-data/listing.json").body)
    assert set(schema["required"]) <= set(whole)
    assert {key for file in whole["files"] for key in file} <= set(
        schema["properties"]["files"]["items"]["properties"]
    )


def test_sizes_in_words() -> None:
    assert [size_text(size, "en") for size in (1, 999_499, 1_250_000)] == ["1 KB", "999 KB", "1.2 MB"]


@pytest.fixture
def maker(state: Path) -> Iterator[Maker]:
    maker = Maker(state)
    yield maker
    maker.wait()


@pytest.mark.slow
def test_a_process_makes_the_files_once(state: Path, maker: Maker) -> None:
    active = read_active(state)
    assert active is not None
    maker.start(active)
    first = maker._process
    maker.start(active)
    maker.wait()
    maker.start(active)
    assert maker._process is first
    folder = making.edition_folder(maker.folder, active.digest)
    found = making.read_listing(folder)
    assert found is not None
    assert found.edition == 7
    assert found.find("person.pdf") is not None


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The command lines of the processes that were begun; each of them fails at once."""
    found: list[list[str]] = []
    popen = subprocess.Popen

    def fail(command: list[str], stdin: int) -> "subprocess.Popen[bytes]":
        found.append(command)
        return popen(["false"], stdin=stdin)

    monkeypatch.setattr(subprocess, "Popen", fail)
    return found


def test_the_files_of_a_new_edition_are_begun_unasked(
    app: Starlette, state: Path, made: Path, started: list[str]
) -> None:
    app.state.prepare()
    assert started == []
    publish(state, (COUNTY, *RECORDS[:3]), 8)
    app.state.prepare()
    active = read_active(state)
    assert active is not None
    assert (active.edition, started) == (8, [active.digest])


def test_before_the_first_edition_nothing_is_begun(app: Starlette, state: Path, started: list[str]) -> None:
    active_path(state).unlink()
    app.state.prepare()
    assert started == []


def test_what_failed_is_tried_again_but_not_for_ever(state: Path, begun: list[list[str]]) -> None:
    maker = Maker(state)
    for _ in range(opendata.TRIES + 2):
        maker.prepare()
        maker.wait()
    assert len(begun) == opendata.TRIES
    publish(state, (COUNTY, *RECORDS[:3]), 8)
    maker.prepare()
    maker.wait()
    assert len(begun) == opendata.TRIES + 1
    assert begun[-1][-2] != begun[0][-2]


@pytest.mark.slow
def test_a_killed_process_leaves_nothing_to_be_served(state: Path, maker: Maker) -> None:
    maker.prepare()
    maker.end()
    active = read_active(state)
    assert active is not None
    assert making.read_listing(making.edition_folder(maker.folder, active.digest)) is None
    maker.prepare()
    maker.wait()
    assert making.read_listing(making.edition_folder(maker.folder, active.digest)) is not None
    assert not list(maker.folder.glob("*.new"))
