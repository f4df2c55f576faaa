"""The four faults that the national check of government sites knows: 不更新、不准确、不回应、不实用. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from catalog.findings import Finding
from catalog.records import Participation
from county.supervision.entries import Entry
from county.supervision.freshness import Aged
from county.supervision.ground import Ground

Sort = Literal["outdated", "inaccurate", "silent", "useless"]
SORTS: tuple[Sort, ...] = ("outdated", "inaccurate", "silent", "useless")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `reason` is a key of the desk's words or a finding's code; `text` is a finding's own sentence."""

    sort: Sort
    reason: str
    kind: str
    record: str
    title: str
    organisations: tuple[str, ...]
    text: str = ""


def faults(
    ground: Ground, findings: Sequence[Finding], aged: Sequence[Aged], entries: Sequence[Entry]
) -> tuple[Fault, ...]:
    """All faults, by sort."""
    found = (
        *_of_findings(ground, findings),
        *_stale(aged),
        *_overdue(entries),
        *_unanswered(ground),
    )
    return tuple(sorted(found, key=lambda fault: (SORTS.index(fault.sort), fault.kind, fault.record)))


def _of_findings(ground: Ground, findings: Sequence[Finding]) -> Iterator[Fault]:
    rules = ground.rules
    sorts: dict[str, Sort] = {
        **dict.fromkeys(rules.outdated, "outdated"),
        **dict.fromkeys(rules.useless, "useless"),
        **dict.fromkeys(rules.inaccurate, "inaccurate"),
    }
    for finding in findings:
        sort = sorts.get(finding.code)
        if sort is None:
            continue
        record = ground.records.get((finding.kind, finding.record))
        title = ground.title(record) if record else finding.field
        organisations = ground.organisations(record) if record else ()
        yield Fault(sort, finding.code, finding.kind, finding.record, title, organisations, finding.message)


def _stale(aged: Sequence[Aged]) -> Iterator[Fault]:
    for one in aged:
        if one.age in ("stale", "empty"):
            yield Fault("outdated", one.age, one.kind, one.record, one.title, one.organisations)


def _overdue(entries: Sequence[Entry]) -> Iterator[Fault]:
    for entry in entries:
        if entry.state == "overdue":
            yield Fault(
                "outdated",
                "overdue",
                entry.kind,
                entry.record,
                entry.title,
                entry.organisations,
                entry.period,
            )
        if entry.short:
            yield Fault("inaccurate", "short", entry.kind, entry.record, entry.title, entry.organisations)


def _unanswered(ground: Ground) -> Iterator[Fault]:
    """Consultations that closed and of which nobody said what became of the opinions."""
    grace = timedelta(days=ground.rules.feedback_days)
    for one in ground.of(Participation):
        asked = one.closes is not None and one.closes + grace < ground.today
        answered = one.feedback is not None and one.feedback.published is not None
        if asked and not answered and not one.event_time:
            yield Fault("silent", "unanswered", "participation", one.id, one.title, (), one.organiser)
