"""Texts taken over from another county: its name is left in them."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from catalog.checks.ground import Ground
from catalog.checks.note import note
from catalog.findings import Finding
from catalog.records import County, DisclosureItem, Outline, Record
from catalog.references import texts

_LAST = re.compile("[县区旗市]")
_BEFORE_OFFICE = re.compile(
    r"(?![域间别块划段位内外])[\u4e00-\u9fff]{0,12}?(?:政府|局|委员会|办公室|法院|医院|中心|大厅|街道|路|镇)"
)
_NO_CITY = re.compile("[民场政容级值面区外内]")
_LONGEST, _SHORTEST = 15, 3


def check_places(records: Sequence[Record], ground: Ground) -> Iterator[Finding]:
    """Names of other counties and districts; nothing while the county has no name of its own.

    What `check_bodies` says of a body is not said again.
    """
    own = ground.stems
    for record in records if own else ():
        if isinstance(record, Outline | County):
            continue
        for path, text in texts(record):
            if path == "disclosing_body" and isinstance(record, DisclosureItem):
                continue
            place = next((name for name in named(text) if not any(stem in name for stem in own)), "")
            if place:
                yield note(
                    "warning",
                    "foreign-place",
                    record,
                    f"文字里有外地的“{place}”，疑似照搬其他地方",
                    "改成本地的名称；确实要写外地的，可以不改",
                    field=path,
                )


def named(text: str) -> Iterator[str]:
    """The counties that a text names. A district must stand before an office or a street, for 区 ends many words."""
    for found in _LAST.finditer(text):
        end = found.end()
        for length in range(min(_LONGEST, end), _SHORTEST - 1, -1):
            name = text[end - length : end]
            if name in _counties():
                if _stands_alone(name, text, end):
                    yield name
                break


def _stands_alone(name: str, text: str, end: int) -> bool:
    if name.endswith("区"):
        return _BEFORE_OFFICE.match(text, end) is not None
    return not (name.endswith("市") and _NO_CITY.match(text, end))


@cache
def _counties() -> frozenset[str]:
    lines = files("catalog.checks").joinpath("counties.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
