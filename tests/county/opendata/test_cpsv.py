"""The catalogue as CPSV-AP: against shapes written from its specification."""

import json
from datetime import date

import pytest
import rdflib
from msgspec.structs import replace
from rdflib.namespace import RDF

from catalog.records import (
    Channel,
    Cost,
    Evidence,
    LegalResource,
    LifeEvent,
    LifeStage,
    Output,
    PublicOrganisation,
    PublicService,
    TimeLimit,
)
from county.opendata.cpsv import cpsv, duration
from tests.county.opendata.shapes import complaints, graph
from tests.sample import COUNTY, sample_records

CPSV = rdflib.Namespace("http://purl.org/vocab/cpsv#")
CV = rdflib.Namespace("http://data.europa.eu/m8g/")
DCT = rdflib.Namespace("http://purl.org/dc/terms/")
HERE = "http://127.0.0.1:8080/m/service/birth"
SERVICE = PublicService(
    id="birth",
    title="出生登记",
    title_en="Birth registration",
    description="给孩子上户口。",
    aliases=("上户口", "上户口"),
    audiences=("自然人",),
    competent_authority="police",
    life_stages=("first", "unknown"),
    requirements=("父母一方是本县户口",),
    promised_time_limit=TimeLimit(text="3工作日", value=3),
    modes=("网上", "窗口"),
    channel=Channel(address="二楼 A01", opening_hours="周一至周五", phone="0000-1"),
    output=Output(type="证照", title="户口簿"),
    legal_resources=(
        LegalResource(title="户口登记条例", clause="第七条"),
        LegalResource(title="户口登记条例", clause="第八条"),
    ),
    evidence=(Evidence(title="出生医学证明", order=1), Evidence(title="结婚证", order=1)),
    costs=(Cost(title="工本费", amount="10.5 元/本"), Cost(title="其他", amount="按规定")),
    checked_on=date(2026, 10, 15),
)
RECORDS = (
    COUNTY,
    PublicOrganisation(id="police", title="公安局", phone="0000-2", address="政通路 1 号"),
    LifeStage(id="first", audience="person", title="出生", order=1),
    LifeEvent(
        id="baby", audience="person", title="新生儿出生", services=("birth", "gone"), life_stages=("first",)
    ),
    LifeEvent(id="shop", audience="business", title="开店", services=("birth",)),
    SERVICE,
)


def test_it_conforms() -> None:
    assert complaints(graph(cpsv(RECORDS)), "cpsv-ap.ttl") == ""


@pytest.mark.slow
def test_the_demonstration_county_conforms() -> None:
    found = graph(cpsv(sample_records()))
    assert complaints(found, "cpsv-ap.ttl") == ""
    assert len(set(found.subjects(RDF.type, CPSV.PublicService))) == 150


BROKEN = {
    "no competent authority": "DELETE { ?a cv:hasCompetentAuthority ?o } WHERE { ?a cv:hasCompetentAuthority ?o }",
    "no identifier of a paper": (
        "DELETE { ?a dct:identifier ?o } WHERE { ?a a cv:Evidence ; dct:identifier ?o }"
    ),
    "a title without a language": (
        "DELETE { ?a dct:title ?t } INSERT { ?a dct:title 'plain' } WHERE { ?a a cpsv:PublicService ; dct:title ?t }"
    ),
    "an authority that is none": "DELETE { ?a a cv:PublicOrganisation } WHERE { ?a a cv:PublicOrganisation }",
    "a time in words": (
        "DELETE { ?a cv:processingTime ?t } INSERT { ?a cv:processingTime '三天' } WHERE { ?a cv:processingTime ?t }"
    ),
    "two identifiers": "INSERT { ?a dct:identifier 'second' } WHERE { ?a a cv:Channel }",
    "a cost in words": "INSERT { ?a cv:hasValue '十元' } WHERE { ?a a cv:Cost }",
    "no description": "DELETE { ?a dct:description ?o } WHERE { ?a a cpsv:PublicService ; dct:description ?o }",
    "no area of an office": "DELETE { ?a dct:spatial ?o } WHERE { ?a a cv:PublicOrganisation ; dct:spatial ?o }",
    "an event that is none": "DELETE { ?a a cv:Event } WHERE { ?a a cv:Event }",
}
"""What is wrong → the update of a sound graph that makes it so."""


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_the_shapes_notice(change: str) -> None:
    found = graph(cpsv(RECORDS))
    found.update(change, initNs={"cpsv": CPSV, "cv": CV, "dct": DCT})
    assert complaints(found, "cpsv-ap.ttl")


def test_what_it_says_of_a_service() -> None:
    found = graph(cpsv(RECORDS))
    here = rdflib.URIRef(HERE)
    assert set(found.objects(here, DCT.title)) == {
        rdflib.Literal("出生登记", lang="zh"),
        rdflib.Literal("Birth registration", lang="en"),
    }
    assert [str(one) for one in found.objects(here, CV.processingTime)] == ["P5D"]
    assert len(set(found.objects(here, CPSV.hasInput))) == 2
    assert len(set(found.objects(here, CV.isGroupedBy))) == 2
    assert len(set(found.objects(here, CV.hasLegalResource))) == 1
    assert len(set(found.objects(here, CV.thematicArea))) == 1
    assert sorted(float(str(one)) for one in found.objects(None, CV.hasValue)) == [10.5]
    free = (replace(SERVICE, free=True, costs=()), *(one for one in RECORDS if one is not SERVICE))
    assert [float(str(one)) for one in graph(cpsv(free)).objects(None, CV.hasValue)] == [0]
    first = rdflib.URIRef("http://127.0.0.1:8080/open-data/cpsv-ap.jsonld#channel-birth-1")
    assert (here, CV.hasChannel, first) in found
    assert set(found.objects(first, DCT.description)) == {rdflib.Literal("二楼 A01", lang="zh")}


def test_an_office_that_is_missing_is_named() -> None:
    assert complaints(graph(cpsv((COUNTY, SERVICE))), "cpsv-ap.ttl") == ""


def test_the_context_is_carried_along() -> None:
    document = json.loads(cpsv(RECORDS))
    assert all(value.startswith("http") for value in document["@context"].values())
    assert len({node["@id"] for node in document["@graph"]}) == len(document["@graph"])


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (TimeLimit(text="当场", unit="on_the_spot"), "PT0S"),
        (TimeLimit(text="5工作日", value=5), "P7D"),
        (TimeLimit(text="1工作日", value=1), "P2D"),
        (TimeLimit(text="30日", value=30, unit="day"), "P30D"),
        (TimeLimit(text="2小时", value=2, unit="hour"), "PT2H"),
        (TimeLimit(text="15分钟", value=15, unit="minute"), "PT15M"),
        (TimeLimit(text="另行通知"), None),
        (None, None),
    ],
)
def test_time_limits_as_durations(limit: TimeLimit | None, expected: str | None) -> None:
    found = duration(limit)
    assert (found and found["@value"]) == expected
