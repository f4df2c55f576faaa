"""The pad of the search page, and what a real keyboard stands for there."""

import pytest

from screens.search.page import WIDE, Pad, SearchPage, pad_rows, pressed
from screens.shared.words import LANGUAGES, load_words

PADS: tuple[Pad, ...] = ("letters", "digits", "away")
PAGE = SearchPage(first="service/x")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pad", PADS)
def test_no_row_is_wider_than_the_pad_and_every_key_does_something(pad: Pad, language: str) -> None:
    rows = pad_rows(pad, False, load_words(language))
    assert (pad == "away") == (rows == ())
    assert all(sum(key.share for key in row) <= WIDE for row in rows)
    keys = [key for row in rows for key in row]
    assert all(key.route and (key.label or key.icon) for key in keys)
    assert len({key.route for key in keys}) == len(keys)


def test_the_pad_has_every_letter_and_every_digit() -> None:
    words = load_words("zh")
    keys = {key.route for pad in PADS for row in pad_rows(pad, False, words) for key in row}
    assert keys >= {f"do/key/{c}" for c in "abcdefghijklmnopqrstuvwxyz0123456789 "}
    assert keys >= {"do/delete", "do/clear", "do/pad/letters", "do/pad/digits", "do/pad/away"}


def test_what_was_cleared_can_be_had_back() -> None:
    routes = [key.route for row in pad_rows("letters", True, load_words("zh")) for key in row]
    assert "do/restore" in routes
    assert "do/clear" not in routes


@pytest.mark.parametrize(
    ("key", "modifiers", "route"),
    [
        (ord("a"), (), "do/key/a"),
        (ord("z"), ("shift", "capslock"), "do/key/z"),
        (ord("7"), ("numlock",), "do/key/7"),
        (263, (), "do/key/7"),
        (ord(" "), (), "do/key/ "),
        (8, (), "do/delete"),
        (27, (), "do/clear"),
        (13, (), "service/x"),
        (271, (), "service/x"),
        (ord("a"), ("ctrl",), ""),
        (ord("q"), ("alt",), ""),
        (ord("c"), ("shift", "meta"), ""),
        (13, ("alt",), ""),
        (282, (), ""),
        (ord("/"), (), ""),
        (ord("%"), (), ""),
        (127, (), ""),
        (228, (), ""),
    ],
)
def test_a_real_key_stands_for_one_of_the_pad_or_for_nothing(
    key: int, modifiers: tuple[str, ...], route: str
) -> None:
    assert pressed(key, modifiers, PAGE) == route


def test_enter_does_nothing_where_nothing_was_found() -> None:
    assert pressed(13, (), SearchPage()) == ""
