"""Every publication on record with how it stands to its deadline, and every recurring duty. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from catalog.calendar import Due
from catalog.records import DisclosureItem, DisclosureRule, Policy, Record
from county.supervision.ground import Ground
from county.supervision.periods import duties, rhythm_of
from county.supervision.publications import Publication
from county.supervision.timeliness import STATES, State, judge, shown_long_enough

ART_26 = "《政府信息公开条例》第二十六条"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that had to be published once. `number` is its publication's, 0 for a duty without one.

    `rule` is the deadline in the directory's words; `short` says that it did not stay up as long as it must.
    """

    kind: str
    record: str
    subject: str
    title: str
    organisations: tuple[str, ...]
    field: str
    rule: str
    start: date
    published: date | None
    due: Due | None
    state: State
    period: str = ""
    number: int = 0
    link: str = ""
    short: bool = False


def entries(ground: Ground) -> tuple[Entry, ...]:
    """All entries: of publications, of policies without one, and of periods without one; the latest start first."""
    of_record: dict[tuple[str, str], list[Publication]] = defaultdict(list)
    for publication in ground.publications:
        of_record[publication.kind, publication.record].append(publication)
    found = [
        entry
        for key, record in ground.records.items()
        if isinstance(record, DisclosureItem | Policy)
        for entry in _of_record(ground, record, of_record.get(key, []))
    ]
    return tuple(sorted(found, key=lambda entry: (entry.start, entry.record), reverse=True))


def tally(found: Iterable[Entry]) -> Mapping[State, int]:
    """State → how many; every state is there."""
    counts = Counter(entry.state for entry in found)
    return {state: counts[state] for state in STATES}


def punctual(counts: Mapping[State, int]) -> tuple[int, int]:
    """(in time, judged): of those whose due date has passed or that were published, without estimates."""
    judged = counts["on_time"] + counts["late"] + counts["overdue"]
    return counts["on_time"], judged


def unrecorded(ground: Ground) -> list[DisclosureItem]:
    """Items to be published on their own account of which no publication is on record."""
    items = ground.of(DisclosureItem)
    return [item for item in items if item.proactive and item.id not in ground.recorded]


def _of_record(
    ground: Ground, record: DisclosureItem | Policy, recorded: list[Publication]
) -> Iterator[Entry]:
    if isinstance(record, Policy):
        yield from _of_policy(ground, record, recorded)
    elif rhythm_of(record.deadline):
        yield from _of_periods(ground, record, recorded)
    else:
        for publication in recorded:
            yield _entry(ground, record, publication, record.deadline, record.deadline_text)


def _of_policy(ground: Ground, policy: Policy, recorded: list[Publication]) -> Iterator[Entry]:
    """A policy is published when somebody entered that, or else with the first edition that shows it.

    Of one that is older than the first edition, and of which nobody entered anything, nothing can be computed.
    """
    rule = DisclosureRule(kind="within", value=ground.rules.policy_working_days, unit="working_day")
    if recorded:
        for publication in recorded:
            yield _entry(ground, policy, publication, rule, ART_26)
        return
    if policy.issued is None:
        return
    known = policy.issued >= (ground.opened or ground.today)
    published = ground.shown.get(policy.id) if known else None
    judgement = judge(
        rule if known else None,
        policy.issued,
        published,
        ground.today,
        ground.calendar,
        ground.rules.warn_working_days,
    )
    yield _made(
        ground, policy, policy.title, ART_26, policy.issued, published, judgement.due, judgement.state
    )


def _of_periods(ground: Ground, item: DisclosureItem, recorded: list[Publication]) -> Iterator[Entry]:
    """One entry a period; what is on record for other periods than these cannot be judged."""
    rhythm = rhythm_of(item.deadline)
    assert rhythm is not None
    of_period = {publication.period: publication for publication in reversed(recorded)}
    days = {name: publication.published for name, publication in of_period.items() if publication.published}
    known = ground.first.get(("disclosure", item.id), ground.today)
    since = min((known, *(publication.formed for publication in recorded)))
    limits = ground.calendar, ground.rules.period_working_days, ground.rules.warn_working_days
    for duty in duties(rhythm, days, since, ground.today, *limits):
        publication = of_period.pop(duty.period.name, None)
        yield _made(
            ground,
            item,
            publication.title if publication else ground.title(item),
            item.deadline_text,
            duty.period.last,
            duty.published,
            duty.due,
            duty.state,
            period=duty.period.name,
            number=publication.number if publication else 0,
            link=publication.link if publication else "",
        )
    for publication in of_period.values():
        yield _entry(ground, item, publication, None, item.deadline_text)


def _entry(
    ground: Ground, record: Record, publication: Publication, rule: DisclosureRule | None, words: str
) -> Entry:
    judgement = judge(
        rule,
        publication.start,
        publication.published,
        ground.today,
        ground.calendar,
        ground.rules.warn_working_days,
    )
    until, published = publication.shown_until, publication.published
    short = (
        until is not None
        and published is not None
        and shown_long_enough(rule, published, until, ground.calendar) is False
    )
    return _made(
        ground,
        record,
        publication.title,
        words,
        publication.start,
        publication.published,
        judgement.due,
        judgement.state,
        period=publication.period,
        number=publication.number,
        link=publication.link,
        short=short,
    )


def _made(
    ground: Ground,
    record: Record,
    title: str,
    rule: str,
    start: date,
    published: date | None,
    due: Due | None,
    state: State,
    *,
    period: str = "",
    number: int = 0,
    link: str = "",
    short: bool = False,
) -> Entry:
    return Entry(
        kind="disclosure" if isinstance(record, DisclosureItem) else "policy",
        record=record.id,
        subject=ground.title(record),
        title=title,
        organisations=ground.organisations(record),
        field=record.field if isinstance(record, DisclosureItem) else "",
        rule=rule,
        start=start,
        published=published,
        due=due,
        state=state,
        period=period,
        number=number,
        link=link,
        short=short,
    )
