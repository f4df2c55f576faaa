"""Who discloses (公开主体): an office of this county, and not one copied from elsewhere."""

import re
from collections.abc import Iterator, Sequence, Set

from catalog.checks.ground import Ground
from catalog.checks.note import note
from catalog.checks.rules import Rules
from catalog.findings import Finding
from catalog.offices import names
from catalog.records import DisclosureItem, Record

FOREIGN = re.compile(
    r"^(?P<place>[^县市区旗省各本该]{2,6}?(?:自治县|自治旗|县|市|区|旗))(?=.*[局委办院府厅心队会处室])"
)
"""A name that begins with a place and goes on as that of an office."""


def check_bodies(records: Sequence[Record], ground: Ground, rules: Rules) -> Iterator[Finding]:
    """The body of every row. Without any office in the catalogue nothing can be said about names."""
    generic = [re.compile(pattern) for pattern in rules.generic_bodies]
    for item in records:
        if not isinstance(item, DisclosureItem):
            continue
        for name in names(item.disclosing_body):
            place = _foreign_place(name, ground.places, rules)
            if ground.offices.find(name) is not None:
                continue
            if place:
                yield note(
                    "error",
                    "not-localised",
                    item,
                    f"公开主体写成外地的“{name}”，疑似照搬其他地方的目录",
                    f"“{place}”不是本地，改成本地的机关",
                    field="disclosing_body",
                )
            elif len(ground.offices) and not any(pattern.fullmatch(name) for pattern in generic):
                yield note(
                    "warning",
                    "body-not-in-organisation-list",
                    item,
                    f"公开主体“{name}”不在现行机构名单里",
                    "改成机构改革后的名称，或在机构表里补上",
                    field="disclosing_body",
                )


def _foreign_place(name: str, places: Set[str], rules: Rules) -> str:
    """The place before an office's name when it is not this county; names that mention the county are its own."""
    found = FOREIGN.match(name)
    if found is None or not places:
        return ""
    place = found["place"]
    stems = {own.rstrip("县市区旗") for own in places}
    if place in places or place.endswith(rules.no_places) or any(stem and stem in name for stem in stems):
        return ""
    return place
