"""The words of the open data, from `assets/strings/open-data.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from county.opendata.files import Entry


def title(group: str, name: str, language: str) -> str:
    """What a file or a dataset is called; a kind that is not known has its own name."""
    return _texts().get(group, {}).get(name, {}).get(language, name)


def name_of(entry: Entry, language: str) -> str:
    """What a file is called; of one in two languages, the English one says so."""
    name = title(entry.group, entry.kind, language)
    return text("page", "english", language, name=name) if entry.language == "en" else name


def text(group: str, key: str, language: str, **values: object) -> str:
    """A text with `values` filled in. Raises KeyError."""
    return _texts()[group][key][language].format(**values)


@cache
def _texts() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(files("assets").joinpath("strings", "open-data.toml").read_text("utf-8"))
