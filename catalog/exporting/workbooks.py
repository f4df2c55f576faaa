"""Writing a whole catalogue as a hand-over folder that reads back to the same records."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from catalog.exporting.directories import write_standard, write_supplementary
from catalog.exporting.documents import write_document, write_outlines
from catalog.exporting.lists import write_organisations, write_places, write_synonyms
from catalog.exporting.policies import write_policies
from catalog.exporting.services import Names, write_services
from catalog.exporting.table import Losses
from catalog.findings import Finding
from catalog.importing.fields import field
from catalog.importing.forms import FORMS
from catalog.records import (
    County,
    DisclosureField,
    DisclosureItem,
    Outline,
    Place,
    Policy,
    PublicOrganisation,
    PublicService,
    Record,
    Synonym,
)

R = TypeVar("R", bound=Record)


def export_workbooks(
    records: Sequence[Record], folder: Path, chosen: Callable[[Record], bool] = lambda record: True
) -> tuple[Finding, ...]:
    """Write workbooks, YAML and GeoJSON into an empty or new folder: all `records`, or those that are `chosen`.

    Returns a finding for every value that will not read back as it is, such as a list entry with the list's own
    separator in it. Raises ValueError for a text longer than a cell can hold, OSError when it cannot write.
    """
    losses = Losses()
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [record for record in records if chosen(record)]
    if offices := _of(wanted, PublicOrganisation):
        write_organisations(offices, folder)
    if places := _of(wanted, Place):
        write_places(places, folder, losses)
    if synonyms := _of(wanted, Synonym):
        write_synonyms(synonyms, folder)
    if services := _of(wanted, PublicService):
        write_services(services, Names(records), folder, losses)
    if policies := _of(wanted, Policy):
        write_policies(policies, folder, losses)
    if outlines := _of(wanted, Outline):
        write_outlines(outlines, folder)
    _write_directories(records, wanted, folder, losses)
    _write_documents(records, wanted, folder)
    return tuple(losses.findings)


def _write_directories(
    records: Sequence[Record], wanted: Sequence[Record], folder: Path, losses: Losses
) -> None:
    place = next((county.title for county in _of(records, County)), "")
    fields = {record.id: record for record in _of(records, DisclosureField)}
    standard: dict[str, list[DisclosureItem]] = defaultdict(list)
    extra: list[DisclosureItem] = []
    for item in _of(wanted, DisclosureItem):
        (standard[item.field] if item.directory == "standard" else extra).append(item)
    for field_id, items in standard.items():
        owner = fields.get(field_id, field(field_id))
        write_standard(owner, items, place, folder / "公开标准目录", losses)
    if extra:
        write_supplementary(extra, place, folder, losses)


def _write_documents(records: Sequence[Record], wanted: Sequence[Record], folder: Path) -> None:
    for form in FORMS:
        members = [record for record in wanted if type(record) is form.record]
        if form.record is DisclosureField:
            members = [record for record in members if not _implied(record, records)]
        if members:
            write_document(form, members, folder)


def _implied(record: Record, records: Sequence[Record]) -> bool:
    """Whether a directory or a service brings the field along by itself."""
    assert isinstance(record, DisclosureField)
    named = any(
        isinstance(item, DisclosureItem | PublicService) and item.field == record.id for item in records
    )
    return named and record.id == field(record.title).id and _bare(record) == field(record.title)


def _bare(record: DisclosureField) -> DisclosureField:
    return DisclosureField(id=record.id, title=record.title, order=record.order)


def _of(records: Sequence[Record], record_type: type[R]) -> list[R]:
    return sorted((r for r in records if isinstance(r, record_type)), key=lambda record: record.id)
