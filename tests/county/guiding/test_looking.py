"""Looking things up for a visitor: by words, by what the screen shows, by what a scanner reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.codes import ALPHABET, codes
from catalog.links import PAGES, list_url, phone_url
from catalog.store import Store
from county.guiding.looking import keys_of, look, sheet_of
from tests.county.catalogue import NOW

URL = "https://hall.example.gov.cn"


@pytest.fixture(scope="module")
def store(sample_file: Path) -> Iterator[Store]:
    store = Store.open(sample_file)
    yield store
    store.close()


@pytest.fixture(scope="module")
def known(store: Store) -> dict[tuple[str, str], str]:
    return codes(store.keys(PAGES))


def test_words_find_what_the_kiosk_finds(store: Store) -> None:
    found = look(store, "上户口", "zh")
    assert not found.by_code
    assert "birth-registration" in [one.id for one in found.found[:3]]
    assert look(store, "  ", "zh").found == ()


def test_one_code_or_several_however_they_are_written(
    store: Store, known: dict[tuple[str, str], str]
) -> None:
    first, second = ("service", "birth-registration"), ("life_event", "having-a-baby")
    one, two = known[first], known[second]
    assert [(a.kind, a.id) for a in look(store, one.lower(), "zh").found] == [first]
    for text in (f"{one} {two}", f"{one}，{two}", f"{one}.{two}", list_url(URL, f"{one}.{two}")):
        assert keys_of(store, text) == ([first, second], []), text
    assert look(store, f"{one} {two}", "zh").by_code


def test_answers_in_a_scanned_address_are_left_alone(store: Store, known: dict[tuple[str, str], str]) -> None:
    event = ("life_event", "having-a-baby")
    assert keys_of(store, list_url(URL, f"{known[event]}-1ABC0V")) == ([event], [])
    assert keys_of(store, phone_url(URL, *event, 3, "1ABC0V")) == ([event], [])
    assert keys_of(store, f"{URL}/k/{known[event]}") == ([event], [])


def test_what_means_nothing_here_is_named(store: Store) -> None:
    assert keys_of(store, f"{URL}/m/service/no-such") == ([], ["no-such"])
    assert keys_of(store, f"{URL}/m/nothing/x") == ([], ["x"])
    wrong = next(c for c in (f"2222{a}" for a in ALPHABET) if keys_of(store, c) is not None)
    assert look(store, wrong, "zh").unknown == (wrong,)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=60),
        st.text(alphabet=ALPHABET + ".-# /", max_size=60).map(lambda t: f"{URL}/m/list#{t}"),
    )
)
def test_nothing_that_is_typed_or_scanned_is_an_error(store: Store, text: str) -> None:
    answer = look(store, text, "zh")
    assert len(answer.found) <= 400
    keys = [(one.kind, one.id) for one in answer.found[:3]]
    assert not keys or sheet_of(store, keys, "en", NOW) is not None


def test_the_sheet_says_what_to_bring_where_how_long_and_what_it_costs(store: Store) -> None:
    found = sheet_of(store, [("service", "birth-registration")], "zh", NOW)
    assert found is not None
    assert found.groups
    assert found.stops
    assert {"费用", "时限"} & {label for label, _ in found.facts} or found.facts
    assert found.code
    several = sheet_of(store, [("service", "birth-registration"), ("life_event", "having-a-baby")], "zh", NOW)
    assert several is not None
    assert "." in several.code
    assert sheet_of(store, [("service", "no-such")], "zh", NOW) is None


@pytest.mark.parametrize("kind", ["service", "life_event", "disclosure", "policy", "place"])
def test_titles_are_those_of_the_records(store: Store, known: dict[tuple[str, str], str], kind: str) -> None:
    key = next(key for key in known if key[0] == kind)
    assert look(store, known[key], "zh").found[0].title
