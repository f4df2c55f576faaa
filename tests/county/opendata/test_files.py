"""The files of an edition: tables, news, description, and making them all."""

import csv
import io
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCTERMS, Literal, URIRef

from catalog.records import Bulletin, Interpretation, Participation, Place, Policy, Record
from catalog.store import Store
from catalog.text import decode_record, digest, encode_record
from county.delimited import delimited
from county.opendata import making
from county.opendata.cpsv import cpsv
from county.opendata.dcat import dcat
from county.opendata.files import Entry, Listing
from county.opendata.making import make, read_listing
from county.opendata.news import MOST, news
from county.opendata.openapi import openapi
from county.opendata.tables import table
from tests.county.opendata.shapes import complaints, graph
from tests.county.opendata.test_cpsv import RECORDS
from tests.sample import COUNTY, CREATED, store_of

POLICY = Policy(
    id="p",
    title="补贴<办法>&",
    summary="给补贴\x08。",
    issued=date(2026, 3, 1),
    interpretations=(Interpretation(title="一图读懂", published=date(2026, 3, 2)),),
)
NEWS: tuple[Record, ...] = (
    COUNTY,
    POLICY,
    Policy(id="undated", title="没有日期"),
    Bulletin(id="b", bulletin_kind="notice", title="停水", issued=datetime(2026, 3, 3, 8, 0, tzinfo=UTC)),
    Participation(id="d", participation_kind="draft", title="征求意见", opens=date(2026, 3, 4)),
)


@given(st.lists(st.lists(st.text(), min_size=1, max_size=4), max_size=5))
def test_no_text_is_taken_for_a_formula(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(delimited(rows).decode("utf-8-sig"), newline="")))
    for wanted, found in zip(rows, read, strict=True):
        for before, after in zip(wanted, found, strict=True):
            assert not after.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
            assert after.removeprefix("'") == before.replace("\0", "").removeprefix("'")


def test_numbers_stay_numbers() -> None:
    assert delimited([[-1.5, 3, "-1.5", None]]) == "\ufeff-1.5,3,'-1.5,\r\n".encode()


def test_a_table_has_a_row_for_each_record() -> None:
    places = [
        Place(
            id="a",
            title='=HYPERLINK("x")',
            category="邮局",
            latitude=-1.5,
            longitude=2.0,
            services=("x", "y"),
        ),
        Place(id="b", title="二\n三", category="", latitude=1, longitude=2),
    ]
    read = list(
        csv.DictReader(
            io.StringIO(table("place", [encode_record(one) for one in places]).decode("utf-8-sig"))
        )
    )
    assert [row["id"] for row in read] == ["a", "b"]
    assert (read[0]["title"], read[0]["latitude"], read[0]["services"]) == (
        '\'=HYPERLINK("x")',
        "-1.5",
        "x\ny",
    )
    assert read[1]["title"] == "二\n三"
    assert "source" not in read[0]


def test_news_are_sound_rss(tmp_path: Path) -> None:
    rss = ElementTree.fromstring(news(store_of(NEWS, tmp_path / "store.db")))
    channel = rss.find("channel")
    assert rss.get("version") == "2.0"
    assert channel is not None
    assert all(channel.findtext(name) for name in ("title", "link", "description", "lastBuildDate"))
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == ["征求意见", "停水", "一图读懂", "补贴<办法>&"]
    moments = [parsedate_to_datetime(item.findtext("pubDate", "")) for item in items]
    assert moments == sorted(moments, reverse=True)
    guids = [item.findtext("guid") for item in items]
    assert len(set(guids)) == len(guids)
    assert all(item.findtext("link", "").startswith(COUNTY.public_url) for item in items)
    assert [item.find("guid").get("isPermaLink") for item in items] == ["true", "true", "false", "true"]  # type: ignore[union-attr]


def test_what_was_news_stays_the_same_news_when_another_comes_before_it(tmp_path: Path) -> None:
    def guids(policy: Policy, name: str) -> dict[str | None, str | None]:
        rss = ElementTree.fromstring(news(store_of((COUNTY, policy), tmp_path / name)))
        return {item.findtext("title"): item.findtext("guid") for item in rss.findall("channel/item")}

    newer = Interpretation(title="部门解读", published=date(2026, 3, 5))
    more = msgspec.structs.replace(POLICY, interpretations=(newer, *POLICY.interpretations))
    before, after = guids(POLICY, "before.db"), guids(more, "after.db")
    assert after == before | {"部门解读": after["部门解读"]}
    assert len(set(after.values())) == 3


def test_only_the_newest_are_news(tmp_path: Path) -> None:
    many = [Policy(id=f"p{number}", title="一", issued=date(2026, 1, 1)) for number in range(MOST + 5)]
    rss = ElementTree.fromstring(news(store_of((COUNTY, *many), tmp_path / "store.db")))
    assert len(rss.findall("channel/item")) == MOST


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a small edition, its handbooks left out."""
    return _make(tmp_path_factory.mktemp("open-data"))


def _make(folder: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "handbook", lambda store, *_: (0, b""))
        return make(store_of((*RECORDS, *NEWS[1:]), folder / "store.db"), folder / "files")


def test_the_listing_tells_the_truth(made: Path) -> None:
    listing = read_listing(made)
    assert listing is not None
    assert {path.name for path in made.iterdir()} == {entry.name for entry in listing.files} | {
        "listing.json"
    }
    for entry in listing.files:
        body = (made / entry.name).read_bytes()
        assert (entry.size, entry.digest) == (len(body), digest(body))
        assert entry.media_type
    assert listing.find("service.jsonl") in listing.of("kind")
    assert listing.find("secret") is None


def test_json_lines_are_the_signed_lines(made: Path) -> None:
    lines = (made / "policy.jsonl").read_bytes().splitlines()
    assert decode_record("policy", lines[0]) == POLICY
    assert lines[0] == encode_record(POLICY)


def test_the_description_conforms_and_knows_every_file(made: Path) -> None:
    found = graph((made / "dcat.jsonld").read_bytes())
    assert complaints(found, "dcat-ap.ttl") == ""
    listing = read_listing(made)
    assert listing is not None
    named = {
        str(one)
        for one in found.objects(None, None)
        if str(one).startswith(f"{COUNTY.public_url}/open-data/")
    }
    offered = {entry.name for entry in listing.files if entry.group not in ("description", "interface")}
    assert {f"{COUNTY.public_url}/open-data/{name}" for name in offered} <= named
    found.update("DELETE { ?a ?p ?o } WHERE { ?a ?p ?o FILTER(STRENDS(STR(?p), 'checksum')) }")
    assert complaints(found, "dcat-ap.ttl")


def test_the_same_edition_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    again = _make(tmp_path)
    assert {path.name: digest(path.read_bytes()) for path in again.iterdir()} == {
        path.name: digest(path.read_bytes()) for path in made.iterdir()
    }


def test_an_edition_is_made_once_and_old_ones_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "handbook", lambda store, *_: (0, b""))
    folders = [make(store_of((COUNTY,), tmp_path / f"{n}.db", n), tmp_path / "files") for n in (1, 2, 3)]
    half = tmp_path / "files" / "cafe.new"
    half.mkdir()
    monkeypatch.setattr(making, "write", None)
    store = Store.open(tmp_path / "3.db")
    assert make(store, tmp_path / "files") == folders[2]
    store.close()
    assert sorted(path.name for path in (tmp_path / "files").iterdir()) == sorted(
        one.name for one in folders[1:]
    )


def test_a_kind_of_a_later_program_is_offered_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "handbook", lambda store, *_: (0, b""))
    store = store_of((COUNTY,), tmp_path / "store.db")
    lines = [*store.lines(), ("vehicle", "bus", b'{"id":"bus"}')]
    monkeypatch.setattr(Store, "lines", lambda self: lines)
    folder = make(store, tmp_path / "files")
    store.close()
    assert (folder / "vehicle.jsonl").read_bytes() == b'{"id":"bus"}\n'
    assert not (folder / "vehicle.csv").exists()


def test_a_handbook_is_one_dataset_with_a_file_in_each_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "handbook", lambda store, *kind: (1, "-".join(kind).encode()))
    store = store_of(RECORDS, tmp_path / "store.db")
    folder = make(store, tmp_path / "files")
    store.close()
    assert (folder / "person.pdf").read_bytes() == b"person-zh"
    assert (folder / "person.en.pdf").read_bytes() == b"person-en"
    listing = read_listing(folder)
    assert listing is not None
    assert [(one.name, one.language) for one in listing.of("handbook") if one.kind == "person"] == [
        ("person.pdf", "zh"),
        ("person.en.pdf", "en"),
    ]
    found = graph((folder / "dcat.jsonld").read_bytes())
    assert complaints(found, "dcat-ap.ttl") == ""
    (dataset,) = found.subjects(DCTERMS.identifier, Literal("person"))
    assert {str(one)[-3:] for one in found.objects(dataset, DCTERMS.language)} == {"ZHO", "ENG"}


@pytest.mark.slow
def test_the_program_says_what_is_wrong(tmp_path: Path) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "county.opendata", *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stderr

    (tmp_path / "bad.db").write_bytes(b"no store")
    assert run()[0] == 2
    code, said = run(str(tmp_path / "bad.db"), str(tmp_path / "files"))
    assert (code, "bad.db" in said) == (1, True)


def test_the_interface_names_the_files(made: Path) -> None:
    described = json.loads((made / "openapi.json").read_bytes())
    assert described["openapi"] == "3.1.0"
    names = described["paths"]["/open-data/{name}"]["get"]["parameters"][0]["schema"]["enum"]
    assert {*names, "listing.json"} == {path.name for path in made.iterdir()}


ENTRY = Entry(name="service.csv", group="kind", kind="service", records=1, size=1, digest="0" * 64)
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize("address", [LICENCE, ""])
def test_the_licence_stands_wherever_the_data_are_described(address: str) -> None:
    county = msgspec.structs.replace(COUNTY, licence="署名 4.0", licence_en="CC BY 4.0", licence_url=address)
    iri = URIRef(address or f"{COUNTY.public_url}/open-data/#licence")
    listing = Listing(edition=1, digest="0" * 64, effective=CREATED, files=(ENTRY,))
    described = graph(dcat(county, listing))
    assert complaints(described, "dcat-ap.ttl") == ""
    assert len(set(described.subjects(DCTERMS.license, iri))) == 2
    services = graph(cpsv([county, *RECORDS[1:]]))
    assert list(
        services.objects(URIRef(f"{COUNTY.public_url}/open-data/cpsv-ap.jsonld"), DCTERMS.license)
    ) == [iri]
    assert set(services.objects(iri, DCTERMS.title)) == {
        Literal("署名 4.0", "zh"),
        Literal("CC BY 4.0", "en"),
    }
    stated = {"name": "CC BY 4.0", "url": address} if address else {"name": "CC BY 4.0"}
    assert json.loads(openapi(county, listing))["info"]["license"] == stated


def test_the_listing_has_the_licence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "handbook", lambda store, *_: (0, b""))
    county = msgspec.structs.replace(COUNTY, licence="CC0", licence_url=LICENCE)
    listing = read_listing(make(store_of((county,), tmp_path / "store.db"), tmp_path / "files"))
    assert listing is not None
    assert (listing.licence, listing.licence_url) == ("CC0", LICENCE)


def test_no_licence_is_made_up(made: Path) -> None:
    listing = read_listing(made)
    assert listing is not None
    assert (listing.licence, listing.licence_en, listing.licence_url) == ("", "", "")
    for name in ("dcat.jsonld", "cpsv-ap.jsonld"):
        assert "licen" not in (made / name).read_text("utf-8").lower()
    assert "license" not in json.loads((made / "openapi.json").read_bytes())["info"]
