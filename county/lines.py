"""Export as JSON Lines: one file a kind, one record a line, as in an edition."""

from collections.abc import Iterable
from pathlib import Path

from catalog.records import Record
from catalog.text import encode_record, kind_of


def export_lines(records: Iterable[Record], folder: Path) -> None:
    """Write `<kind>.jsonl` files into `folder`, made when missing. Raises OSError."""
    kinds: dict[str, list[bytes]] = {}
    for record in records:
        kinds.setdefault(kind_of(record), []).append(encode_record(record))
    folder.mkdir(parents=True, exist_ok=True)
    for kind, lines in kinds.items():
        (folder / f"{kind}.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
