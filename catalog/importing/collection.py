"""Sorting what was opened by what it is, and joining the sheets that belong together."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from catalog.findings import Location
from catalog.importing import directory, lists, policies, service_profiles, services
from catalog.importing.cells import Cells
from catalog.importing.documents import read_document
from catalog.importing.fields import field, field_id, is_known
from catalog.importing.files import Opened
from catalog.importing.header import Profile, find_header, nearest_header
from catalog.importing.ledger import Ledger, Refused, RowUse, refusal
from catalog.importing.outlines import read_outlines
from catalog.importing.sheet import Sheet
from catalog.importing.tables import distinct, each, is_note
from catalog.offices import Offices
from catalog.records import DisclosureField, LifeStage, PublicOrganisation, Record, Synonym

R = TypeVar("R", bound=Record)
Table = tuple[Profile, RowUse, Callable[[Cells], None]]


class Collection:
    """Everything read so far, by kind. `join` turns it into records once all files are in."""

    def __init__(self, ledger: Ledger, known: Sequence[Record]) -> None:
        self._ledger = ledger
        self._known = known
        self._records: list[Record] = []
        self._services = services.Services()
        self._policies = policies.Policies()
        self._directory = directory.Directory(ledger)
        part = self._services.take
        take = self._take
        tables: list[Table] = [
            (service_profiles.SERVICES, "record", self._services.take_service),
            (service_profiles.LEGAL_RESOURCES, "part", part("legal_resources", services.legal_resource)),
            (service_profiles.EVIDENCE, "part", part("evidence", services.evidence)),
            (service_profiles.STEPS, "part", part("steps", services.step)),
            (service_profiles.COSTS, "part", part("costs", services.cost)),
            (service_profiles.QUESTIONS, "part", part("questions", services.question)),
            (policies.POLICIES, "record", self._policies.take_policy),
            (policies.CLAUSES, "part", self._policies.take_clause),
            (policies.INTERPRETATIONS, "part", self._policies.take_interpretation),
            (lists.ORGANISATIONS, "record", take(lists.organisation)),
            (lists.PLACES, "record", take(lists.place)),
            (lists.SYNONYMS, "record", take(lists.synonym)),
        ]
        self._tables = {table[0].name: table for table in tables}

    def take_text(self, opened: Opened) -> None:
        """A YAML or GeoJSON file. Raises Refused."""
        read = read_outlines if opened.json else read_document
        self._records += read(opened.text, opened.name, self._ledger)

    def take_sheets(self, opened: Opened) -> None:
        """A workbook or CSV file. Raises Refused when none of its sheets is a known table."""
        if not any(sheet.rows for sheet in opened.sheets):
            raise refusal("empty-file", "文件里没有内容", Location(file=opened.name), "填写内容后重试")
        rest = [sheet for sheet in opened.sheets if sheet.rows and not self._take_sheet(sheet)]
        if all(sheet in rest for sheet in opened.sheets if sheet.rows):
            raise self._unknown(rest[0])
        for sheet in rest:
            self._take_remarks(sheet)

    def join(self) -> list[Record]:
        """The records of everything taken."""
        offices = Offices([*self._of(PublicOrganisation, self._known), *self._of(PublicOrganisation)])
        stages = {
            word: stage.id
            for stage in [*self._of(LifeStage, self._known), *self._of(LifeStage)]
            for word in (stage.id, stage.title)
        }
        disclosures = list(self._directory.join())
        records = _merged_synonyms(self._records, self._ledger)
        records += self._fields()
        records += disclosures
        records += self._services.join(offices, stages, self._ledger)
        records += self._policies.join(self._ledger)
        return records

    def _take(self, make: Callable[[Cells], Record]) -> Callable[[Cells], None]:
        def taken(cells: Cells) -> None:
            self._records.append(make(cells))

        return taken

    def _take_sheet(self, sheet: Sheet) -> bool:
        if self._directory.take(sheet):
            return True
        header = find_header(sheet.rows, [profile for profile, _, _ in self._tables.values()])
        if header is None:
            return False
        _, use, take = self._tables[header.profile.name]
        each(sheet, header, self._ledger, use, take)
        return True

    def _take_remarks(self, sheet: Sheet) -> None:
        """A sheet without a table beside others: instructions, or something that must be said."""
        texts = [row for row in sheet.rows if len(distinct(row)) == 1 or is_note(row)]
        for row in sheet.rows:
            self._ledger.use(row, "instruction" if len(texts) == len(sheet.rows) else "reported")
        if len(texts) < len(sheet.rows):
            self._ledger.say(
                "warning",
                "unread-sheet",
                f"工作表“{sheet.title}”没有导入，共 {len(sheet.rows)} 行",
                sheet.rows[0].at(),
                "如果是数据，请检查表头的列名",
            )

    def _unknown(self, sheet: Sheet) -> Refused:
        near = nearest_header(sheet.rows, [p for p, _, _ in self._tables.values()] + [directory.PROFILE])
        if near is None:
            problem, at = "找不到表头，看不出是哪一种表", sheet.rows[0].at()
        else:
            lacks, names = ("列名重复", [near.row.cell(column) for column in near.repeated])
            if near.missing or not names:
                lacks, names = ("缺少列", [*near.missing] or ["事项名称"])
            problem, at = f"像是{near.profile.name}表，但{lacks}：{'、'.join(names)}", near.row.at()
        for row in sheet.rows:
            self._ledger.use(row, "reported")
        return refusal("unknown-header", problem, at, "导出一份同类表格，按它的表头改列名")

    def _fields(self) -> list[Record]:
        """The fields named by directories and services, besides those handed over as records."""
        given = {record.id for record in self._of(DisclosureField)}
        named = dict(self._directory.fields())
        named |= {title: cells.at("field") for cells, title in self._services.field_titles()} | named
        kept = {record.id: record for record in self._of(DisclosureField, self._known)}
        result: dict[str, Record] = {}
        for title, at in sorted(named.items(), key=lambda entry: entry[0]):
            if field_id(title) in given:
                continue
            result[field_id(title)] = kept.get(field_id(title), field(title))
            if not is_known(title) and field_id(title) not in kept:
                self._ledger.say(
                    "info",
                    "new-field",
                    f"新领域“{title}”，不在国家 26 个领域里",
                    at,
                    "如果是写法不同，请改成国家的领域名称",
                )
        return list(result.values())

    def _of(self, record_type: type[R], records: Sequence[Record] | None = None) -> Iterator[R]:
        return (r for r in (self._records if records is None else records) if isinstance(r, record_type))


def _merged_synonyms(records: Sequence[Record], ledger: Ledger) -> list[Record]:
    """The same words on several rows become one synonym with all their targets."""
    words: dict[str, Synonym] = {}
    rest: list[Record] = []
    for record in records:
        if not isinstance(record, Synonym):
            rest.append(record)
        elif record.id in words and words[record.id].text == record.text and record.source:
            old = words[record.id]
            words[record.id] = lists.with_targets(old, record.targets)
            at = Location(file=record.source.file, sheet=record.source.sheet, row=record.source.row)
            ledger.say("info", "merged-row", f"“{record.text}”出现多次，已合并它们的对应编号", at)
        else:
            words[record.id] = record
    return rest + list(words.values())
