"""The rules that checks go by, from config/rules.toml."""

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from catalog.settings import load


class RepealedLaw(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`title` without 中华人民共和国 before it; out of force from the day `since`."""

    title: str
    since: date
    instead: str = ""


class Outdated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that are no longer right; `on_request` limits them to rows on disclosure on request."""

    code: str
    severity: Literal["error", "warning", "info"]
    pattern: str
    message: str
    advice: str
    on_request: bool = False


class RequiredClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A class of information that must be published.

    `fields` are titles of fields that cover it as a whole; `pattern` is sought in rows of either directory,
    `broad` only in those of the supplementary one, which speak for the whole county.
    """

    item: str
    title: str
    pattern: str
    broad: str = ""
    fields: tuple[str, ...] = ()


class Sensitive(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must not stand in a public text, except in the fields with one of the names in `belongs`.

    `number` says what the digits must add up to: those of an identity card or of a bank card.
    """

    severity: Literal["error", "warning", "info"]
    pattern: str
    message: str
    advice: str = "删除或改用公开的联系方式"
    number: Literal["", "identity", "card"] = ""
    belongs: tuple[str, ...] = ()


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All rules; the settings file explains each."""

    interpretation_grace_days: int
    recheck_days: int
    similar_name: float
    similar_content: float
    similar_template: float
    generic_bodies: tuple[str, ...]
    no_places: tuple[str, ...]
    repealed_laws: tuple[RepealedLaw, ...]
    outdated: tuple[Outdated, ...]
    required_classes: tuple[RequiredClass, ...]
    sensitive: tuple[Sensitive, ...]


def load_rules(override: Path | None = None) -> Rules:
    """The rules of config/rules.toml, with those of `override` instead. Raises BadSettings."""
    return load(Rules, "rules.toml", override)
