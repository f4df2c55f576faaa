"""The words of the sheet in one language, from `assets/strings/sheet.*.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from catalog.wording import endings

_FILES = {"zh": "sheet.zh_CN.toml", "en": "sheet.en.toml"}


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language: zh or en."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text with `values` filled in. Raises KeyError."""
        return self.texts[key].format(**endings(values), **values)

    def either(self, chinese: str, english: str) -> str:
        """A record's English text when this language is English and there is one, else the Chinese."""
        return english if self.language == "en" and english else chinese

    def join(self, parts: list[str], mark: str = "comma") -> str:
        """The parts that are not empty, with the words' own mark between them."""
        return self(mark).join(part for part in parts if part)


@cache
def sheet_words(language: str) -> Words:
    """The words of `zh` or `en`."""
    text = files("assets").joinpath("strings", _FILES[language]).read_text(encoding="utf-8")
    return Words(language, tomllib.loads(text))
