"""English for messages that are made far from any page, in assets/strings/messages.toml: refusals and findings."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files


@lru_cache(maxsize=4096)
def english(message: str) -> str:
    """The message in English, with its values, which may be messages themselves; what is unknown stays as it is.

    What two languages are already in, ` · ` between them, is cut.
    """
    whole, patterns = _catalogue()
    if message in whole:
        return whole[message]
    if " · " in message:
        return message.rpartition(" · ")[2]
    for pattern, template in patterns:
        if found := pattern.fullmatch(message):
            return template.format(*map(_value, found.groups()))
    return message


def _value(value: str) -> str:
    """What is filled in: words of a list one by one, a message, or what the county wrote."""
    parts = value.split("、")
    return ", ".join(map(english, parts)) if all(english(part) != part for part in parts) else english(value)


@cache
def _catalogue() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Messages without values, and patterns of those with values, the longest first."""
    source = files("assets").joinpath("strings", "messages.toml").read_text(encoding="utf-8")
    said: dict[str, str] = {}
    for part in tomllib.loads(source).values():
        said |= part
    filled = sorted((text for text in said if "{}" in text), key=len, reverse=True)
    patterns = [
        (re.compile(re.escape(text).replace(r"\{\}", "(.*?)"), re.DOTALL), said[text]) for text in filled
    ]
    return {text: told for text, told in said.items() if "{}" not in text}, patterns
