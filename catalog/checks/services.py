"""Service guides: the eight elements, plausible time limits, and when the text was last confirmed."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from catalog.checks.note import note
from catalog.checks.rules import Rules
from catalog.findings import Finding
from catalog.records import PublicService, Record, TimeLimit


def check_services(records: Sequence[Record], today: date, rules: Rules) -> Iterator[Finding]:
    """Every service."""
    for service in records:
        if isinstance(service, PublicService):
            yield from _elements(service)
            yield from _limits(service)
            yield from _fee(service)
            yield from _age(service, today, rules)


def _elements(service: PublicService) -> Iterator[Finding]:
    """The eight elements of the national check of guides (办事指南); the title is always there."""
    present = {
        "设定依据": service.legal_resources,
        "申请条件": service.requirements,
        "办理材料": service.evidence,
        "办理地点": service.channel.address,
        "办理时间": service.channel.opening_hours,
        "联系电话": service.channel.phone,
        "办理流程": service.steps,
    }
    missing = [name for name, value in present.items() if not value]
    if missing:
        yield note(
            "warning",
            "incomplete-guide",
            service,
            f"“{service.title}”的办事指南缺少：{'、'.join(missing)}",
            "补齐办事指南的要素",
        )


def _limits(service: PublicService) -> Iterator[Finding]:
    promised, statutory = service.promised_time_limit, service.statutory_time_limit
    if _comparable(promised, statutory) and promised.value > statutory.value:  # type: ignore[union-attr, operator]
        yield note(
            "warning",
            "promise-beyond-law",
            service,
            f"“{service.title}”的承诺时限比法定时限长",
            "承诺时限不得超过法定时限",
            field="promised_time_limit",
        )


def _fee(service: PublicService) -> Iterator[Finding]:
    if service.free and service.costs:
        yield note(
            "warning",
            "free-with-fees",
            service,
            f"“{service.title}”写着不收费，又列有收费项目",
            "核实后改正其中一处；改正前，群众看到的是收费项目",
            field="free",
        )


def _comparable(one: TimeLimit | None, other: TimeLimit | None) -> bool:
    if one is None or other is None or one.unit != other.unit:
        return False
    return one.value is not None and other.value is not None


def _age(service: PublicService, today: date, rules: Rules) -> Iterator[Finding]:
    if service.checked_on is not None and service.checked_on + timedelta(days=rules.recheck_days) < today:
        yield note(
            "info",
            "check-overdue",
            service,
            f"“{service.title}”上次核对是 {service.checked_on}",
            "请主管部门重新核对",
            field="checked_on",
        )
