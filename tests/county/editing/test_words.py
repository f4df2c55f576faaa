"""Every field of every kind of record has words in both languages, and no word is left over."""

import tomllib
from pathlib import Path

import pytest

from catalog.records import RECORD_TYPES
from catalog.references import REFERENCES
from county.editing.fields import Field, all_fields, form_of
from county.editing.meanings import LONG, MAYBE, SUGGESTIONS

FILE = Path(__file__).parents[3] / "assets" / "strings" / "desk" / "fields.toml"
WORDS: dict[str, dict[str, str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
FIELDS: list[Field] = [field for kind in RECORD_TYPES for field in all_fields(form_of(kind))]
LABELS = {field.words for field in FIELDS}


def test_every_field_has_a_label() -> None:
    assert LABELS - WORDS.keys() == set()


def test_every_choice_and_kind_has_words() -> None:
    choices = {f"choice.{word or 'none'}" for field in FIELDS for word in field.choices}
    kinds = {f"kind.{kind}" for kind in RECORD_TYPES}
    assert (choices | kinds) - WORDS.keys() == set()


def test_no_word_is_left_over() -> None:
    known = LABELS | {f"help.{label}" for label in LABELS} | {f"kind.{kind}" for kind in RECORD_TYPES}
    known |= {f"choice.{word or 'none'}" for field in FIELDS for word in field.choices}
    assert {key for key in WORDS if not key.startswith("wrong.")} - known == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_word_is_empty(language: str) -> None:
    assert [key for key, words in WORDS.items() if not words[language].strip()] == []


def test_meanings_are_of_fields_that_exist() -> None:
    assert {*LONG, *MAYBE, *REFERENCES, *SUGGESTIONS} - LABELS == set()
