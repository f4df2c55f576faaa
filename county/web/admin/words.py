"""The words of the desk, from `assets/strings/desk/<part>.toml`: each key a table with `zh` and `en`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from catalog.wording import endings
from county.web.admin.messages import english


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language under keys such as `shell.start`: the part's name, then the key in its file."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text under `key` with `values` filled in. Raises KeyError."""
        return self.texts[key].format(**endings(values), **values)

    def said(self, message: str) -> str:
        """A refusal or a finding, which are made in Chinese, in this language."""
        return english(message) if self.language == "en" else message

    def pick(self, chinese: str, english: str) -> str:
        """The text in this language, or in Chinese when there is no English one."""
        return english if self.language == "en" and english else chinese


@cache
def load_words(language: str) -> Words:
    """All words of a language, `zh` or `en`."""
    texts: dict[str, str] = {}
    for file in files("assets").joinpath("strings", "desk").iterdir():
        part, _, suffix = file.name.rpartition(".")
        if suffix == "toml":
            tables = tomllib.loads(file.read_bytes().decode())
            texts |= {f"{part}.{key}": table[language] for key, table in tables.items()}
    return Words(language, texts)
