"""Short codes: told apart, typed wrongly, and still good in the next edition."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.codes import ALPHABET, LONGEST, SHORTEST, body_of, codes, find, listed, read, split

names = st.text("abcdefgh0123456789-", min_size=1, max_size=12)
keys = st.tuples(st.sampled_from(["service", "life_event", "place"]), names)
editions = st.sets(keys, min_size=1, max_size=40)
MANY = [("service", f"s{number}") for number in range(4000)]
"""As many records as make some bodies of the shortest length collide."""


def test_codes_that_are_printed_on_paper_never_change() -> None:
    assert body_of(("service", "birth-registration")) == "T78R4FB7"
    assert codes([("service", "birth-registration")]) == {("service", "birth-registration"): "T78R5"}


def test_no_character_looks_like_another() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 31
    assert not set(ALPHABET) & set("0O1IL")


def test_records_that_begin_alike_get_longer_codes() -> None:
    found = codes(MANY)
    assert len(set(found.values())) == len(MANY)
    lengths = {len(code) for code in found.values()}
    assert SHORTEST + 1 in lengths
    assert lengths - {SHORTEST + 1} != set()
    assert all(find(code, MANY) == [key] for key, code in list(found.items())[::997])


@given(editions)
def test_every_code_finds_its_record_alone(edition: set[tuple[str, str]]) -> None:
    for key, code in codes(edition).items():
        assert find(code, edition) == [key]
        assert find(f" {code.lower()} ", edition) == [key]


@given(editions, editions)
def test_a_code_still_finds_its_record_in_the_next_edition(
    before: set[tuple[str, str]], after: set[tuple[str, str]]
) -> None:
    for key, code in codes(before).items():
        assert (key in find(code, after)) == (key in after)


@given(keys, st.integers(0, SHORTEST), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(key: tuple[str, str], place: int, other: str) -> None:
    code = codes([key])[key]
    wrong = code[:place] + other + code[place + 1 :]
    assert read(wrong) == ("" if wrong != code else code[:-1])


@given(keys, st.integers(0, SHORTEST), st.integers(0, SHORTEST))
def test_two_characters_that_changed_places_are_noticed(key: tuple[str, str], one: int, other: int) -> None:
    code = codes([key])[key]
    typed = list(code)
    typed[one], typed[other] = typed[other], typed[one]
    assert read("".join(typed)) == ("" if "".join(typed) != code else code[:-1])


@given(st.text(max_size=LONGEST + 3))
def test_whatever_is_typed_finds_a_record_or_nothing(text: str) -> None:
    assert len(find(text, MANY[:50])) <= 1
    assert all(find(code, MANY[:50]) is not None for code in split(text))


@given(st.lists(keys, min_size=1, max_size=12, unique=True), st.sampled_from([".", " ", "-", "，", "\n"]))
def test_a_list_is_the_codes_of_its_records(chosen: list[tuple[str, str]], separator: str) -> None:
    known = codes(chosen)
    text = listed([*chosen, ("service", "withdrawn!")], known)
    found = split(text.replace(".", separator))
    assert [find(code, chosen) for code in found] == [[key] for key in chosen]
