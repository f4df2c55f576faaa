"""Guided questions: every flow is proven, and offered with all of its event."""

from collections.abc import Iterator, Mapping, Sequence

from catalog.checks.note import note
from catalog.findings import Finding
from catalog.guided.proof.prove import prove
from catalog.guided.towns import towns_of
from catalog.records import GuidedFlow, LifeEvent, Outline, Place, PublicService, Record


def check_flows(records: Sequence[Record]) -> Iterator[Finding]:
    """Every flow of the catalogue."""
    services = {record.id: record for record in records if isinstance(record, PublicService)}
    events = {record.id: record for record in records if isinstance(record, LifeEvent)}
    towns = towns_of(
        (record for record in records if isinstance(record, Outline)),
        (record for record in records if isinstance(record, Place)),
    )
    for flow in records:
        if isinstance(flow, GuidedFlow):
            yield from _proof(flow, services, towns)
            if flow.event in events:
                yield from _event(flow, events[flow.event], services)


def _proof(
    flow: GuidedFlow, services: Mapping[str, PublicService], towns: Sequence[str]
) -> Iterator[Finding]:
    for flaw in prove(flow, services, towns).flaws:
        message = f"场景问答“{flow.title}”：{flaw.told(flow)}"
        yield note(flaw.severity, flaw.code, flow, message, flaw.advice, field=flaw.at)


def _event(flow: GuidedFlow, event: LifeEvent, services: Mapping[str, PublicService]) -> Iterator[Finding]:
    if event.flow != flow.id:
        yield note(
            "warning",
            "flow-not-offered",
            flow,
            f"场景问答“{flow.title}”没有入口：“{event.title}”没有写它",
            f"在“{event.title}”的 flow 里写上 {flow.id}，或删去这个场景问答",
            field="event",
            related=[event],
        )
    included = {service for effect in flow.effects for service in effect.do.include_services}
    missing = [service for service in event.services if service not in included and service in services]
    if missing:
        yield note(
            "warning",
            "flow-missing-service",
            flow,
            f"场景问答“{flow.title}”从不列入“{event.title}”的事项："
            + "、".join(services[service].title for service in missing),
            "在第一条规则里列入，不需要的再由条件排除",
            field="effects",
            related=[event],
        )
