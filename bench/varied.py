"""Large counties for measurements: a county's records again and again, as other places would have them."""

from collections.abc import Iterator, Sequence
from itertools import islice, product

import msgspec

from catalog.records import Record

_FIRST = "东西南北上下大小新老青白红黄清石"
_SECOND = "山河湖桥岭溪塘坪湾坝店庙"
_LAST = ("镇", "乡", "街道", "村", "社区")
PLACES = tuple(first + second + last for last, second, first in product(_LAST, _SECOND, _FIRST))
"""Names that tell copies apart."""

_NAMED = ("title", "level2", "description", "summary")


def varied(records: Sequence[Record], count: int) -> Iterator[Record]:
    """`count` records: the given ones, then copies with other ids and with a place before names and descriptions.

    At most `len(PLACES)` copies of each.
    """
    copies = (record for place in PLACES for record in _copy(records, place))
    return islice((record for part in (iter(records), copies) for record in part), count)


def _copy(records: Sequence[Record], place: str) -> Iterator[Record]:
    suffix = f".{PLACES.index(place) + 1}"
    for record in records:
        changes: dict[str, object] = {"id": record.id[:90] + suffix}
        for field in _NAMED:
            text = getattr(record, field, None)
            if isinstance(text, str) and text:
                changes[field] = place + text
        if names := getattr(record, "aliases", ()):
            changes["aliases"] = tuple(place + name for name in names)
        yield msgspec.structs.replace(record, **changes)
