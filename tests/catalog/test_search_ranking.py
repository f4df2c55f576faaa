"""What makes one found record better than another."""

from array import array

import numpy as np
import pytest

from bench.search import Query, judged
from bench.varied import varied
from catalog.records import PublicService
from catalog.search.everyday import meant
from catalog.search.fields import FIELD_BITS, FIELDS, Field
from catalog.search.pinyin import mistyped
from catalog.search.ranking import Asked, best_texts, documents
from catalog.search.refining import EXACT, SPELT, WHERE, Refining
from catalog.search.tables import STEP, WORTH, level_of

LEVEL = np.zeros(2, dtype=np.uint8)


def owned(document: int, field: Field) -> "array[int]":
    return array("I", [document << FIELD_BITS | FIELDS.index(field)])


def equal(_: int) -> float:
    return 1.0


def asked(probe: int, *texts: int, rarity: float = 1.0) -> Asked:
    return Asked(probe, 1.0, rarity, np.array(texts, dtype=np.uint32))


def test_a_text_adds_up_what_it_matches_and_is_worth() -> None:
    found = best_texts([asked(0, 0, 1, rarity=2.0), asked(1, 1)], LEVEL, WORTH)
    assert found == {1: 5.0, 0: 4.0}
    assert best_texts([asked(0, 0, 1)], np.array([10, 0], dtype=np.uint8), WORTH) == {
        1: 1.0,
        0: pytest.approx(STEP**-10),
    }


def test_faint_texts_do_not_count() -> None:
    assert best_texts([asked(0, 0, rarity=10.0), asked(1, 1)], LEVEL, WORTH) == {0: 100.0}


def test_a_record_that_covers_more_comes_first() -> None:
    """Document 0 answers the first half twice, document 1 each half once."""
    halves = [asked(0, 0, 1, 2), asked(1, 3)]
    owners = {0: owned(0, "title"), 1: owned(0, "title"), 2: owned(1, "title"), 3: owned(1, "title")}
    texts = dict.fromkeys(owners, 1.0)
    assert [entry.document for entry in documents(halves, texts, owners, equal)] == [1, 0]
    assert [entry.document for entry in documents(halves[:1], {0: 1.0, 2: 1.0}, owners, equal)] == [0, 1]


def test_only_weighed_documents_are_ranked_and_the_best_text_is_told() -> None:
    owners = {0: owned(0, "text"), 1: owned(0, "alias") + owned(1, "title")}
    (only,) = documents([asked(0, 0, 1)], {0: 1.0, 1: 1.0}, owners, lambda document: float(document == 0))
    assert (only.document, only.text, only.field) == (0, 1, "alias")


@pytest.mark.parametrize(
    ("query", "kind", "text", "gain"),
    [
        ("公证处在哪里", "place", "青禾县公证处", WHERE),
        ("公证处在哪里", "service", "公证", 1.0),
        ("老人证在哪办", "place", "老年大学", 1.0),
        ("返乡补贴", "policy", "返乡补贴", EXACT),
        ("canji", "service", "残疾证", SPELT),
        ("canji", "service", "产检", 1.0),
    ],
)
def test_gains(query: str, kind: str, text: str, gain: float) -> None:
    assert Refining(query).gain(kind, text) == gain


@pytest.mark.parametrize(
    ("query", "official"),
    [
        ("老汉没儿没女", "特困人员"),
        ("想从房贷里解脱，还完了", "解押"),
        ("开车的本本掉了", "驾驶证"),
        ("sell my car", "机动车转让"),
        ("stolen wallet", "丢失"),
    ],
)
def test_everyday_words_mean_official_ones(query: str, official: str) -> None:
    assert official in meant(query)


def test_english_words_stand_alone_and_all_parts_must_be_said() -> None:
    assert "机动车" not in meant("health card")
    assert "机动车转让" not in meant("sell my house")


def test_no_meaning_repeats_the_query() -> None:
    assert "离婚" not in meant("闹离婚")


@pytest.mark.parametrize(
    ("letters", "way"),
    [
        ("gonjijin", ("gong", "ji", "jin")),
        ("erhsouche", ("er", "shou", "che")),
        ("hukoubenn", ("hu", "kou", "ben")),
    ],
)
def test_one_edit_makes_syllables(letters: str, way: tuple[str, ...]) -> None:
    assert way in mistyped(letters)


def test_short_and_endless_letters_are_not_mended() -> None:
    assert mistyped("xqz") == mistyped("x" * 40) == ()


@pytest.mark.parametrize("worth", [1.0, 0.5, 0.05])
def test_levels_tell_worths_apart_to_a_step(worth: float) -> None:
    assert WORTH[level_of(worth)] == pytest.approx(worth, rel=STEP - 1)


def test_worths_beyond_the_levels_are_clamped() -> None:
    assert (level_of(5.0), level_of(1e-9)) == (0, 255)


def test_large_counties_keep_the_original_and_name_copies_after_places() -> None:
    first = PublicService(id="a", title="落户", aliases=("上户口",), competent_authority="p")
    county = [record for record in varied([first], 300) if isinstance(record, PublicService)]
    assert county[0] == first
    assert len({record.id for record in county}) == len({record.title for record in county}) == 300
    assert all(record.title.endswith("落户") and record.aliases[0].endswith("上户口") for record in county)


def test_quality_counts_right_answers_by_place() -> None:
    queries = [Query("a", "official", frozenset({"x", "y"})), Query("b", "official", frozenset({"z"}))]
    found = judged(queries, [["y", "q"], ["q", "z"]])
    assert (found.first, found.five, found.reciprocal) == (0.5, 1.0, 0.75)
    assert judged(queries, [[], []]).reciprocal == 0.0
