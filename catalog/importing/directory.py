"""Standard and supplementary directories (公开目录)."""

from collections.abc import Iterator

from catalog.findings import Location
from catalog.importing.header import Profile
from catalog.importing.ledger import Ledger
from catalog.importing.sheet import Sheet
from catalog.records import DisclosureItem

PROFILE = Profile("公开目录", {}, ())


class Directory:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def take(self, sheet: Sheet) -> bool:
        return False

    def join(self) -> Iterator[DisclosureItem]:
        return iter(())

    def fields(self) -> dict[str, Location]:
        return {}
