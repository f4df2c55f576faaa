"""The words of the phone pages, in the visitor's language, from `assets/strings/phone.*.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import get_args

from catalog.wording import Language, endings

LANGUAGES: tuple[Language, ...] = get_args(Language)
_FILES: dict[Language, str] = {"zh": "phone.zh_CN.toml", "en": "phone.en.toml"}


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language under dotted keys such as `papers.bring`."""

    language: Language
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text under `key` with `values` filled in. Raises KeyError."""
        return self.texts[key].format(**endings(values), **values)

    def term(self, chinese: str) -> str:
        """A word that offices use, in this language where it is known."""
        return self.texts.get(f"term.{chinese}", chinese)

    def pick(self, chinese: str, english: str) -> str:
        """The text in this language, or in Chinese when there is no English one."""
        return english if self.language == "en" and english else chinese


@cache
def words(language: Language) -> Words:
    """All words of a language."""
    data = files("assets").joinpath("strings", _FILES[language]).read_bytes()
    tables = tomllib.loads(data.decode())
    return Words(
        language, {f"{table}.{key}": text for table, keys in tables.items() for key, text in keys.items()}
    )


def preferred(asked: str, accept_language: str) -> Language:
    """The language for a request: what the visitor `asked` for, else the best of the browser's, else Chinese."""
    for language in LANGUAGES:
        if asked == language:
            return language
    weighed = [(_weight(part), part.strip().lower()) for part in accept_language.split(",")]
    for _, tag in sorted(weighed, key=lambda pair: -pair[0]):
        for language in LANGUAGES:
            if tag.startswith(language):
                return language
    return "zh"


def _weight(part: str) -> float:
    _, _, weight = part.partition(";q=")
    try:
        return float(weight) if weight else 1.0
    except ValueError:
        return 0.0
