"""Printing a difference."""

from county.difference import Difference, RecordChange

SHOWN = 20
"""How many records of each sort are named; the rest are counted."""


def print_difference(difference: Difference, removed: str = "移除") -> None:
    """Print what was added, changed and removed (in the word given), and how much stayed."""
    for mark, word, records in (
        ("+", "新增", difference.added),
        ("~", "修改", difference.changed),
        ("-", removed, difference.removed),
    ):
        print(f"{word} {len(records)}")
        for record in records[:SHOWN]:
            _print_record(mark, record)
        if len(records) > SHOWN:
            print(f"  {mark} …… 另有 {len(records) - SHOWN} 条")
    print(f"未变 {difference.unchanged}")


def _print_record(mark: str, record: RecordChange) -> None:
    print(f"  {mark} {record.kind}/{record.id} {record.title}")
    for change in record.fields[:SHOWN]:
        print(f"      {change.field}: {_short(change.before)} → {_short(change.after)}")


def _short(value: object) -> str:
    text = "（无）" if value is None else str(value)
    return text if len(text) <= 60 else text[:59] + "…"
