"""Organisations, places and people's words as workbooks."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from catalog.exporting.table import Losses, common, new_book, plain_sheet, save
from catalog.importing.header import Profile
from catalog.importing.lists import ORGANISATIONS, PLACES, SYNONYMS, synonym_id
from catalog.importing.words import word_list
from catalog.records import Place, PublicOrganisation, Record, Synonym


def write_organisations(records: Sequence[PublicOrganisation], folder: Path) -> None:
    """机构.xlsx."""
    _write(folder, ORGANISATIONS, [_texts(record, ORGANISATIONS) for record in records])


def write_places(records: Sequence[Place], folder: Path, losses: Losses) -> None:
    """便民点.xlsx."""
    rows = [
        _texts(record, PLACES)
        | {
            "accessibility": losses.joined(
                record, "accessibility", ["、".join(record.accessibility)], word_list
            ),
            "services": "、".join(record.services),
        }
        for record in records
    ]
    _write(folder, PLACES, rows)


def write_synonyms(records: Sequence[Synonym], folder: Path) -> None:
    """同义词.xlsx."""
    rows = [
        _texts(record, SYNONYMS)
        | {
            "id": None if record.id == synonym_id(record.text) else record.id,
            "targets": "、".join(record.targets),
        }
        for record in sorted(records, key=_row)
    ]
    _write(folder, SYNONYMS, rows, optional=["id"])


def _write(
    folder: Path, profile: Profile, rows: Sequence[dict[str, Any]], optional: Sequence[str] = ()
) -> None:
    book = new_book()
    plain_sheet(book, profile, profile.name, rows, optional)
    save(book, folder / f"{profile.name}.xlsx")


def _texts(record: Record, profile: Profile) -> dict[str, Any]:
    return {key: getattr(record, key) for key in profile.columns} | common(record)


def _row(record: Record) -> tuple[int, str]:
    return (record.source.row if record.source else 0, record.id)
