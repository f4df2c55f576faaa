"""What is worked out for all texts at once is what one text after the other would give."""

from collections.abc import Iterable, Iterator
from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from catalog.search.pinyin import readings
from catalog.search.postings import Layer, heard, written
from catalog.search.terms import FUNCTION, normalise, pairs, runs, text_terms, words

TEXTS = st.lists(
    st.tuples(st.text(alphabet="身份证行長办你的我abIng19 ，\n_𠮷é\ud800", max_size=12), st.booleans()),
    max_size=6,
)


@given(texts=TEXTS)
def test_the_terms_of_all_texts(texts: list[tuple[str, bool]]) -> None:
    normal = [normalise(text) for text, _ in texts]
    expected = [
        text_terms(text) if name else _long(text) for text, name in zip(normal, _names(texts), strict=True)
    ]
    assert _found(written(normal, _names(texts)), len(texts)) == list(map(set, expected))


@given(texts=TEXTS)
def test_the_sounds_of_all_names(texts: list[tuple[str, bool]]) -> None:
    normal = [normalise(text) for text, _ in texts]
    expected = [set(_sounds(text)) if name else set() for text, (_, name) in zip(normal, texts, strict=True)]
    assert _found(heard(normal, _names(texts)), len(texts)) == expected


@given(texts=TEXTS)
def test_texts_that_move_stay_with_their_terms(texts: list[tuple[str, bool]]) -> None:
    normal, count = [normalise(text) for text, _ in texts], len(texts)
    places = np.arange(count)[::-1].copy()
    for layer in (*written(normal, _names(texts)), *heard(normal, _names(texts))):
        moved = layer.moved(places)
        assert _found([moved], count) == _found([layer], count)[::-1]
        starts = np.cumsum(moved.counts)[:-1]
        assert all((np.diff(each) > 0).all() for each in np.split(moved.texts, starts))


def _names(texts: list[tuple[str, bool]]) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    return np.array([name for _, name in texts], dtype=bool)


def _found(layers: Iterable[Layer], count: int) -> list[set[str]]:
    """The terms of each text; none may be said twice."""
    found: list[set[str]] = [set() for _ in range(count)]
    for layer in layers:
        terms = np.repeat(np.array(layer.terms, dtype=object), layer.counts)
        for term, text in zip(terms, layer.texts.tolist(), strict=True):
            assert term not in found[text]
            found[text].add(term)
    return found


def _long(text: str) -> Iterator[str]:
    for run in runs(text):
        yield from pairs(run) if _is_chinese(run) else ()
    yield from words(text)


def _sounds(text: str) -> Iterator[str]:
    for run in filter(_is_chinese, runs(text)):
        for line in (run, "".join(character for character in run if character not in FUNCTION)):
            known = [readings().get(character, ()) for character in line]
            yield from (f"{sound} " for sounds in known for sound in sounds)
            for one, other in pairwise(known):
                yield from map(" ".join, product(one, other))
            for size in (2, 3):
                for start in range(len(line) - size + 1):
                    letters = ([sound[0] for sound in sounds] for sounds in known[start : start + size])
                    yield from ("~" + "".join(way) for way in product(*letters))


def _is_chinese(run: str) -> bool:
    return "\u3400" <= run[:1] <= "\u9fff"
