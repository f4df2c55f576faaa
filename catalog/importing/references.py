"""Ids must be unique, and every id that a record names must exist."""

from collections.abc import Iterable, Iterator, Sequence

from catalog.findings import Finding, Location
from catalog.importing.ledger import Ledger
from catalog.records import (
    KIND_OF,
    DisclosureItem,
    GuidedFlow,
    LifeEvent,
    Place,
    Policy,
    PublicService,
    Record,
    ServicePackage,
    Synonym,
)

_TARGETS = frozenset({"service", "life_event", "policy", "place"})
_NAMES = {
    "organisation": "机构",
    "life_stage": "人生阶段",
    "life_event": "一件事",
    "service": "事项",
    "flow": "场景问答",
    "tag": "标签",
    "field": "领域",
    "policy": "政策",
    "place": "便民点",
}


def place_of(record: Record) -> Location | None:
    """Where a record was read."""
    source = record.source
    return None if source is None else Location(file=source.file, sheet=source.sheet, row=source.row)


def check_ids(records: Iterable[Record], ledger: Ledger) -> list[Record]:
    """The records with distinct kind and id; each further one is refused."""
    first: dict[tuple[str, str], Record] = {}
    for record in records:
        key = KIND_OF[type(record)], record.id
        if key not in first:
            first[key] = record
            continue
        other = place_of(first[key])
        where = f"{other.file} {other.sheet} 第 {other.row} 行" if other else ""
        ledger.findings.append(
            Finding(
                code="duplicate-id",
                severity="error",
                message=f"编号“{record.id}”重复，已用于 {where}",
                advice="每条记录用不同的编号；重复导入的请删掉一份",
                kind=key[0],
                record=record.id,
                field="id",
                at=place_of(record),
                related=(other,) if other else (),
                blocking=True,
            )
        )
    return list(first.values())


def check_references(records: Sequence[Record], known: Sequence[Record], ledger: Ledger) -> None:
    """Refuse references to ids that are neither read nor known."""
    existing = {(KIND_OF[type(record)], record.id) for record in (*records, *known)}
    for record in records:
        for attribute, kinds, target in references(record):
            if target and not any((kind, target) in existing for kind in kinds):
                names = "、".join(sorted(_NAMES[kind] for kind in kinds))
                ledger.findings.append(
                    Finding(
                        code="unknown-reference",
                        severity="error",
                        message=f"“{record.id}”引用的{names}“{target}”不存在",
                        advice="改正编号，或把缺少的文件一起导入",
                        kind=KIND_OF[type(record)],
                        record=record.id,
                        field=attribute,
                        at=place_of(record),
                        blocking=True,
                    )
                )


def references(record: Record) -> Iterator[tuple[str, frozenset[str], str]]:
    """(attribute, kinds it may be of, id) of everything a record names."""
    for attribute, kind, ids in _named(record):
        for target in ids:
            yield attribute, _TARGETS if kind == "target" else frozenset({kind}), target


def _named(record: Record) -> Iterator[tuple[str, str, Iterable[str]]]:
    match record:
        case PublicService():
            yield "competent_authority", "organisation", [record.competent_authority]
            yield "life_stages", "life_stage", record.life_stages
            yield "field", "field", [record.field]
        case LifeEvent():
            yield "life_stages", "life_stage", record.life_stages
            yield "services", "service", record.services
            yield "flow", "flow", [record.flow]
        case ServicePackage():
            yield "services", "service", record.services
            yield "events", "life_event", record.events
        case GuidedFlow():
            yield "event", "life_event", [record.event]
            yield "effects", "service", _flow_services(record)
        case Policy():
            yield "clauses", "tag", [tag for clause in record.clauses for tag in clause.tags]
            yield "clauses", "service", [clause.service for clause in record.clauses]
        case Place():
            yield "services", "service", record.services
        case Synonym():
            yield "targets", "target", record.targets
        case DisclosureItem(directory="standard"):
            yield "field", "field", [record.field]


def _flow_services(flow: GuidedFlow) -> list[str]:
    named: dict[str, None] = {}
    for effect in flow.effects:
        action = effect.do
        papers = (*action.require_evidence, *action.drop_evidence)
        for service in (*action.include_services, *action.exclude_services, *(p.service for p in papers)):
            named[service] = None
    return list(named)
