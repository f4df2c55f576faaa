"""What changed between two sets of records, down to the fields."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from catalog.records import RECORD_TYPES, Record
from catalog.text import content_hash, encode_record, kind_of


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """One value: `field` is a path such as `channel.phone` or `evidence[2].title`; None means absent."""

    field: str
    before: Any
    after: Any


class RecordChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One record; `fields` say what changed in a record that stays."""

    kind: str
    id: str
    title: str
    fields: tuple[FieldChange, ...] = ()


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Records added, changed and removed, each ordered by kind and id, and how many stayed as they were."""

    added: tuple[RecordChange, ...] = ()
    changed: tuple[RecordChange, ...] = ()
    removed: tuple[RecordChange, ...] = ()
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def compare(before: Iterable[Record], after: Iterable[Record]) -> Difference:
    """How `after` differs from `before`. Where a record was read from does not count."""
    old, new = _by_key(before), _by_key(after)
    both = [key for key in new if key in old]
    changed = [key for key in both if content_hash(old[key]) != content_hash(new[key])]
    return Difference(
        added=tuple(_change(new[key]) for key in sorted(new.keys() - old.keys(), key=_rank)),
        changed=tuple(_change(new[key], old[key]) for key in sorted(changed, key=_rank)),
        removed=tuple(_change(old[key]) for key in sorted(old.keys() - new.keys(), key=_rank)),
        unchanged=len(both) - len(changed),
    )


def title_of(record: Record) -> str:
    """The words by which a person knows the record."""
    names = (getattr(record, name, "") for name in ("title", "text", "label", "level3", "level2", "level1"))
    return next((name for name in names if name), record.id)


def _by_key(records: Iterable[Record]) -> dict[tuple[str, str], Record]:
    return {(kind_of(record), record.id): record for record in records}


_ORDER = {kind: place for place, kind in enumerate(RECORD_TYPES)}


def _rank(key: tuple[str, str]) -> tuple[int, str]:
    return _ORDER[key[0]], key[1]


def _change(record: Record, before: Record | None = None) -> RecordChange:
    fields = () if before is None else tuple(_fields(_plain(before), _plain(record), ""))
    return RecordChange(kind=kind_of(record), id=record.id, title=title_of(record), fields=fields)


def _plain(record: Record) -> Any:
    return msgspec.json.decode(encode_record(msgspec.structs.replace(record, source=None)))


def _fields(before: Any, after: Any, path: str) -> Iterator[FieldChange]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(name for name in after if name not in before)]:
            yield from _fields(before.get(name), after.get(name), f"{path}.{name}" if path else name)
    elif isinstance(before, list) and isinstance(after, list):
        for place in range(max(len(before), len(after))):
            yield from _fields(_at(before, place), _at(after, place), f"{path}[{place}]")
    else:
        yield FieldChange(field=path, before=before, after=after)


def _at(values: list[Any], place: int) -> Any:
    return values[place] if place < len(values) else None
