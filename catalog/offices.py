"""Finding an office by the names that people write for it."""

import re
from collections.abc import Iterable, Iterator

from catalog.importing.words import plain, split_outside
from catalog.records import PublicOrganisation

_PLACE = re.compile(r"^.{0,8}?(?:自治县|自治旗|县|市|区|旗)")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")


class Offices:
    """The offices of a county by title, short title, and either of them with 县 (市, 区, 旗) before it."""

    def __init__(self, organisations: Iterable[PublicOrganisation]) -> None:
        self._ids: dict[str, str] = {}
        self.places: set[str] = set()
        for office in organisations:
            self._learn(office)

    def _learn(self, office: PublicOrganisation) -> None:
        self._ids[office.title] = office.id
        if office.short_title:
            self._ids.setdefault(office.short_title, office.id)
            if office.title.endswith(office.short_title):
                place = office.title.removesuffix(office.short_title)
                self.places |= {place} if _PLACE.fullmatch(place) else set()
        found = _PLACE.match(office.title)
        if found:
            rest = office.title[found.end() :]
            self._ids.setdefault(found[0][-1] + rest, office.id)
            self._ids.setdefault(rest, office.id)
        for place in ("县", "市", "区", "旗"):
            if office.short_title:
                self._ids.setdefault(place + office.short_title, office.id)

    def find(self, name: str) -> str | None:
        """The id of the office, or None."""
        return self._ids.get(name.strip())

    def __len__(self) -> int:
        return len(self._ids)


def names(body: str) -> Iterator[str]:
    """The names in a body's text: `县发展和改革局、县行政审批服务局等项目审批部门` has three."""
    for part in split_outside(body, "、，,；;/\n"):
        for name in re.split(r"(?<=[局委办院])(?:或|及|会同)(?=.{2})|等(?=.*部门|.*单位|$)", part):
            bare = plain(_BRACKETED.sub("", name))
            if bare:
                yield bare
