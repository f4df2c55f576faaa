"""Every page of the demonstration county."""

from pathlib import Path

import pytest
from starlette.applications import Starlette

from catalog.links import PAGES, phone_url
from catalog.text import kind_of
from county.web.app import create_app
from county.web.phone.subjects import SUBJECTS
from tests.county.web.client import ask
from tests.county.web.markup import read_page
from tests.county.web.state import MORNING, publish
from tests.sample import sample_records
from tests.size import LONG

MAX_WEIGHT = 100 * 1024
RECORDS = 1 if LONG else 4
"""One record of so many is looked at, besides the first of each kind."""
SHEETS = 20
"""One printed sheet of so many is asked for: each takes a second, and one view makes them all."""


@pytest.fixture(scope="module")
def sample_app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    """The demonstration county's pages."""
    state: Path = tmp_path_factory.mktemp("sample")
    publish(state, sample_records(), 3)
    return create_app(state, lambda: MORNING)


def test_every_kind_that_a_code_can_name_has_a_page() -> None:
    assert set(PAGES.values()) == set(SUBJECTS)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_record_has_a_light_and_sound_page(sample_app: Starlette, language: str) -> None:
    """Weight counts the page, its style and its script, uncompressed."""
    targets: set[str] = set()
    weights: dict[str, int] = {}
    records = [one for one in sample_records() if kind_of(one) in PAGES]
    first = {kind_of(one): one for one in reversed(records)}
    for path in {phone_url("", kind_of(one), one.id, 3) for one in (*first.values(), *records[::RECORDS])}:
        answer = ask(sample_app, f"{path}&lang={language}")
        assert answer.status == 200, path
        page = read_page(answer.text)
        loaded = [href for href in page.values("href") if href.startswith("/m/static/")] + page.values("src")
        weights |= {one: len(ask(sample_app, one).body) for one in loaded if one not in weights}
        weight = len(answer.body) + sum(weights[one] for one in loaded)
        assert weight < MAX_WEIGHT, (path, weight)
        targets |= {href for href in page.hrefs if href.startswith("/")}
    assert len(targets) > 150
    sheets = sorted(target for target in targets if ".pdf" in target)
    assert len(sheets) > 100 // RECORDS
    asked = targets.difference(sheets).union(sheets[::SHEETS])
    broken = [target for target in asked if ask(sample_app, target).status != 200]
    assert broken == []
