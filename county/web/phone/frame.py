"""What stands around every page: whose it is, which edition, and what the reader must know first."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from catalog.edition import Manifest
from catalog.links import host
from catalog.records import County
from county.clock import local
from county.web.phone.parts import Link
from county.web.phone.words import LANGUAGES, Words


@dataclass(frozen=True, slots=True)
class Notice:
    """A box above the page. `level` is how much it matters."""

    level: Literal["info", "warn", "urgent"]
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """`edition` and `host` are empty when nothing has been published; `sheet` is the path of the same on paper."""

    language: str
    zone: str
    edition: str
    host: str
    notices: tuple[Notice, ...]
    languages: tuple[Link, ...]
    sheet: str = ""


def frame(county: County, manifest: Manifest, notices: tuple[Notice, ...], query: str, words: Words) -> Frame:
    """`query` is the part of the address to keep when the language is switched, such as `e=12`."""
    demonstration = (Notice("warn", words("notice.demonstration")),) if county.demonstration else ()
    day = local(manifest.effective).date()
    return Frame(
        language=words("page.language"),
        zone=words.pick(county.zone_title, county.zone_title_en),
        edition=words("page.edition", number=manifest.edition, day=day),
        host=host(county.public_url),
        notices=(*demonstration, *notices),
        languages=language_links(query, words),
    )


def bare_frame(words: Words) -> Frame:
    """The frame of a page that no edition stands behind."""
    return Frame(words("page.language"), words("page.site"), "", "", (), ())


def language_links(query: str, words: Words) -> tuple[Link, ...]:
    """The other languages."""
    return tuple(
        Link(
            words(f"language.{language}"), "?" + "&".join(filter(None, [f"lang={language}", query])), language
        )
        for language in LANGUAGES
        if language != words.language
    )


def change_notice(scanned: int, current: int, then: Any | None, now: Any, words: Words) -> Notice | None:
    """What differs between the page as it was when scanned and as it is `now`.

    `then` is the page built from the edition `scanned`, or None when that edition is no longer kept. None when
    the reader has missed nothing.
    """
    if scanned >= current:
        return None
    if then is None:
        return Notice("info", words("notice.newer", number=current))
    parts = changed_parts(then, now)
    if not parts:
        return None
    named = words("list.comma").join(dict.fromkeys(words(f"part.{part}") for part in parts))
    return Notice("warn", words("notice.changed", parts=named))


def changed_parts(then: Any, now: Any) -> list[str]:
    """Names of the fields in which two pages of one type differ; a new check of the same text is no change.

    Answers to guided questions say themselves when the questions have changed.
    """
    names = (field.name for field in fields(now) if field.name not in ("checked", "guide"))
    return [name for name in names if getattr(then, name) != getattr(now, name)]


def age_notice(expired: bool, today: date, words: Words) -> tuple[Notice, ...]:
    """A warning when the record is not valid today."""
    return (Notice("warn", words("notice.expired", day=today)),) if expired else ()
