"""What the kiosk counts: names without a person in them, and sums of an hour.

A name is `visit`, `page/<route's name>`, `record/<kind>/<id>` for a record of the edition, `language/<language>` and
`mode/<mode>` for a page seen so, or `act/<act>`; `abandoned/<flow>/<question>` where guided questions were left, and
`unmatched/<audience>/<groups>` for a policy match without a result, with the groups that were answered and not how.
Nothing else of a route is counted, since it may say what a visitor typed or answered.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from catalog.records import RECORD_TYPES
from catalog.store import Store
from kiosk.navigation import ATTRACT
from kiosk.outbox import Outbox
from kiosk.pages.router import VIEWS
from kiosk.visit import Visit
from screens.shared.modes import NAMES, Modes

COUNTED_RECORDS = {
    "service": "service",
    "event": "life_event",
    "stage": "life_stage",
    "policy": "policy",
    "document": "policy",
    "bulletin": "bulletin",
    "place": "place",
}
"""Route's name → kind of the record that its second part names."""

COUNTED_ACTS = {"choose", "print", "erase", "call", "withdraw", "send", "speak", "read"}
HOURS = 48
"""Hours that are kept in memory while they cannot be written."""


def viewed(route: str, language: str, modes: Modes, store: Store) -> list[str]:
    """The names under which a look at `route` is counted."""
    name, _, rest = route.partition("/")
    if name not in VIEWS:
        return []
    names = [
        f"page/{name}",
        f"language/{language}",
        *(f"mode/{mode}" for mode in NAMES if getattr(modes, mode)),
    ]
    kind = COUNTED_RECORDS.get(name)
    record_id = rest.partition("/")[0]
    if kind and store.get(RECORD_TYPES[kind], record_id) is not None:
        names.append(f"record/{kind}/{record_id}")
    return names


def acted(act: str) -> list[str]:
    """The name under which an act is counted, if it is."""
    return [f"act/{act}"] if act in COUNTED_ACTS else []


def abandoned(flow: str, question: str) -> list[str]:
    """The name under which it is counted that a visit ended at this question, before its result was seen."""
    return [f"abandoned/{flow}/{question}"]


def unmatched(audience: str, groups: Iterable[str]) -> list[str]:
    """The name under which a policy match without a result is counted; `groups` are those that were answered."""
    return [f"unmatched/{audience}/{'+'.join(groups)}"]


def touched(action: str, before: str, here: str, visit: Visit, store: Store) -> list[str]:
    """The names under which a touch is counted that did `action`, if any, and led from `before` to `here`."""
    names = acted(action)
    if here not in (before, ATTRACT):
        names += viewed(here, visit.language, visit.modes, store)
        names += ["visit"] if before == ATTRACT else []
    return names


class Tally:
    """Counts in memory until they are poured into the outbox."""

    def __init__(self) -> None:
        self._hours: dict[datetime, Counter[str]] = {}

    def add(self, names: Iterable[str], now: datetime) -> None:
        """Count each name once in the hour of `now`."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        self._hours.setdefault(hour, Counter()).update(names)
        for old in list(self._hours)[:-HOURS]:
            del self._hours[old]

    def pour(self, outbox: Outbox) -> None:
        """Move everything into the outbox; what does not fit there stays here."""
        for hour, counts in list(self._hours.items()):
            if outbox.add(hour, counts):
                del self._hours[hour]
