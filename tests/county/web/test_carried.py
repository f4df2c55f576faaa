"""Typed codes, lists and printed sheets on the county's server."""

import json
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette

from catalog.codes import Key, body_of, codes
from catalog.links import PAGES
from catalog.records import KIND_OF
from county.web.app import create_app
from tests.county.web.client import ask
from tests.county.web.markup import read_page
from tests.county.web.records import RECORDS
from tests.county.web.state import MORNING, publish
from tests.sample import sample_records

KEYS = [(KIND_OF[type(record)], record.id) for record in RECORDS if KIND_OF[type(record)] in PAGES]
CODES = codes(KEYS)
BIRTH, BABY = ("service", "birth"), ("life_event", "baby")


@pytest.mark.parametrize("key", KEYS)
def test_every_code_leads_to_its_page(app: Starlette, key: Key) -> None:
    for target in (f"/k/{CODES[key]}", f"/k?code={CODES[key].lower()}", f"/k?code=%20{CODES[key]}%0A"):
        answer = ask(app, target)
        assert answer.status == 303
        assert answer.headers["location"] == f"/m/{PAGES[key[0]]}/{key[1]}"
    assert ask(app, answer.headers["location"]).status == 200


@pytest.mark.parametrize("separator", ["-", "%20", ",", "%EF%BC%8C", "."])
def test_several_codes_lead_to_a_list_in_the_fragment(app: Starlette, separator: str) -> None:
    answer = ask(app, f"/k?code={CODES[BIRTH].lower()}{separator}{CODES[BABY]}")
    assert (answer.status, answer.headers["location"]) == (303, f"/m/list#{CODES[BIRTH]}.{CODES[BABY]}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_asks_for_a_code(app: Starlette, language: str) -> None:
    answer = ask(app, f"/k?lang={language}")
    assert answer.status == 200
    assert 'name="code"' in answer.text
    assert "form-action 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "typed", ["22222", "ABC", "0O1IL", "%3Cscript%3E", "T78R5" * 60, "生", "%00", f"{CODES[BIRTH]}x"]
)
def test_an_unknown_code_says_what_to_do(app: Starlette, typed: str) -> None:
    answer = ask(app, f"/k?code={typed}")
    assert answer.status == 404
    assert "告诉大厅的工作人员" in answer.text
    assert "<script>" not in answer.text
    assert 'name="code"' in answer.text


def test_of_a_list_with_a_wrong_code_the_wrong_one_is_named(app: Starlette) -> None:
    answer = ask(app, f"/k?code={CODES[BIRTH]}+22222")
    assert answer.status == 404
    assert "没有找到代码 22222" in answer.text


def test_a_code_that_fits_two_records_asks_which(app: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("county.web.phone.carried.find", lambda code, keys: [BIRTH, BABY])
    answer = ask(app, "/k/22222")
    assert answer.status == 200
    assert {"/m/service/birth", "/m/event/baby"} <= set(read_page(answer.text).hrefs)


def index_of(text: str) -> dict[str, list[str]]:
    found = re.search(r'<script type="application/json" id="index">(.*?)</script>', text)
    assert found
    index: dict[str, list[str]] = json.loads(found[1])
    return index


def test_the_list_page_knows_every_record_and_nothing_of_the_visitor(app: Starlette) -> None:
    answer = ask(app, "/m/list")
    index = index_of(answer.text)
    assert set(index) == {body_of(key) for key in KEYS}
    assert index[body_of(BIRTH)] == ["/m/service/birth", "出生登记"]
    assert index_of(ask(app, "/m/list?lang=en").text)[body_of(BIRTH)][1] == "Birth registration"
    assert ask(app, "/m/list", if_none_match=answer.headers["etag"]).status == 304


@pytest.mark.slow
def test_the_list_page_of_a_county_is_small(tmp_path: Path) -> None:
    publish(tmp_path, sample_records(), 3)
    app = create_app(tmp_path, lambda: MORNING)
    assert len(ask(app, "/m/list", accept_encoding="gzip").body) < 100_000


@pytest.mark.parametrize("path", ["/m/service/birth.pdf", "/m/event/baby.pdf?paper=80mm&lang=en"])
@pytest.mark.slow
def test_the_sheet_of_a_page_is_a_pdf(app: Starlette, path: str) -> None:
    answer = ask(app, path)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body.startswith(b"%PDF-")
    assert answer.headers["content-disposition"].startswith("inline; filename=")
    assert ask(app, path).body == answer.body


@pytest.mark.parametrize(
    "path", ["/m/service/gone.pdf", "/m/policy/jobs.pdf", "/m/service/birth.pdf?paper=a3", "/m/x/y.pdf"]
)
def test_there_is_no_sheet_of_anything_else(app: Starlette, path: str) -> None:
    assert ask(app, path).status == 404


@pytest.mark.parametrize(
    ("path", "sheet"), [("/m/service/birth", True), ("/m/event/baby", True), ("/m/policy/jobs", False)]
)
def test_pages_with_a_sheet_link_to_it(app: Starlette, path: str, sheet: bool) -> None:
    assert (f"{path}.pdf?lang=zh" in read_page(ask(app, path).text).hrefs) == sheet
