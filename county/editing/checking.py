"""What the checks say: about one record while it is edited, and about the county's whole catalogue.

The catalogue here is what it would be if every open draft were published. Texts are constant, so a text that was
decoded once is kept; the whole catalogue is checked in a thread of its own, and its findings are kept in the
database, where the list of records finds them.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from threading import Lock, Thread
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import Connection, Engine, delete, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from catalog.checks.check import Known, check, check_one, known
from catalog.checks.rules import Rules, load_rules
from catalog.checks.templates import Templates
from catalog.findings import Finding
from catalog.records import Record
from catalog.text import decode_record, digest, encode
from county.clock import local
from county.database.editing import check_run, record_finding, record_summary
from county.database.engine import writing
from county.database.tables import revision
from county.editing.sensitive import with_words
from county.editing.templates import load_templates, numbers

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Catalogue:
    """The newest texts of an engine's county, each decoded once."""

    engine: Engine
    decoded: dict[int, Record] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    checking: Lock = field(default_factory=Lock)
    made: tuple[tuple[int, ...], Known] | None = None
    held: tuple[tuple[int, ...], Templates] | None = None

    def records(self, connection: Connection) -> list[Record]:
        """Every record that is not withdrawn, drafts in place of what is published."""
        numbers = connection.scalars(
            select(record_summary.c.current).where(record_summary.c.withdrawn.is_(False))
        ).all()
        with self.lock:
            missing = [number for number in numbers if number not in self.decoded]
            for start in range(0, len(missing), 500):
                chunk = revision.c.number.in_(missing[start : start + 500])
                for row in connection.execute(
                    select(revision.c.number, revision.c.kind, revision.c.body).where(chunk)
                ):
                    self.decoded[row.number] = decode_record(row.kind, row.body)
            if len(self.decoded) > 2 * len(numbers) + 1000:
                self.decoded = {number: self.decoded[number] for number in numbers}
            return [self.decoded[number] for number in numbers]

    def whole(self, connection: Connection) -> Known:
        """All records, as checks of one of them look at them."""
        state = _texts(connection)
        made = self.made
        if made is None or made[0] != state:
            self.made = made = (state, known(self.records(connection)))
        return made[1]

    def templates(self, connection: Connection, rules: Rules) -> Templates:
        """The county's templates; read once, until one is added or removed."""
        state = numbers(connection)
        held = self.held
        if held is None or held[0] != state:
            self.held = held = (state, load_templates(connection, rules.similar_template))
        return held[1]


_catalogues: WeakKeyDictionary[Engine, Catalogue] = WeakKeyDictionary()


def catalogue(engine: Engine) -> Catalogue:
    """The catalogue of this engine's county; one for as long as the engine lives."""
    return _catalogues.setdefault(engine, Catalogue(engine))


def read_ahead(engine: Engine) -> None:
    """Decode what was written since the last time, so that nobody who opens a form waits for it."""
    with engine.connect() as connection:
        catalogue(engine).whole(connection)


def findings_of(engine: Engine, record: Record, today: date) -> list[Finding]:
    """What the checks say about one text of a record."""
    with engine.connect() as connection:
        whole = catalogue(engine).whole(connection)
        rules = rules_of(connection)
        templates = catalogue(engine).templates(connection, rules)
    return check_one(record, whole, today, rules, templates)


def rules_of(connection: Connection) -> Rules:
    """The rules of config/rules.toml with the county's own sensitive words."""
    return with_words(connection, _rules())


@cache
def _rules() -> Rules:
    return load_rules()


@dataclass(frozen=True, slots=True)
class Checked:
    """When the whole catalogue was last checked; `fresh` when nothing has changed since."""

    at: datetime | None
    fresh: bool


def checked(connection: Connection, today: date) -> Checked:
    """How current the kept findings are."""
    run = connection.execute(select(check_run)).first()
    return Checked(run.at if run else None, run is not None and run.state == _state(connection, today))


def check_soon(engine: Engine, clock: Callable[[], datetime]) -> None:
    """Check the whole catalogue in a thread of its own, unless that is going on or nothing has changed."""
    if catalogue(engine).checking.locked():
        return
    with engine.connect() as connection:
        if checked(connection, local(clock()).date()).fresh:
            return
    Thread(target=_check_quietly, args=(engine, clock), daemon=True).start()


def check_now(engine: Engine, now: datetime) -> int:
    """Check the whole catalogue and keep the findings. Returns how many there are."""
    mine = catalogue(engine)
    today = local(now).date()
    with mine.checking:
        with engine.connect() as connection:
            state, rules, records = _state(connection, today), rules_of(connection), mine.records(connection)
            templates = mine.templates(connection, rules)
        findings = check(records, today, rules, templates)
        with writing(engine) as connection:
            _keep(connection, findings, state, now)
    return len(findings)


def _check_quietly(engine: Engine, clock: Callable[[], datetime]) -> None:
    try:
        check_now(engine, clock())
    except SQLAlchemyError:
        _log.exception("the catalogue could not be checked; the next page that needs it tries again")


def _keep(connection: Connection, findings: Sequence[Finding], state: str, now: datetime) -> None:
    connection.execute(delete(record_finding))
    connection.execute(delete(check_run))
    connection.execute(insert(check_run).values(only=1, state=state, at=now))
    if findings:
        connection.execute(insert(record_finding), [_row(finding) for finding in findings])


def _row(finding: Finding) -> dict[str, str]:
    at = finding.at
    place = (
        " ".join(part for part in (at.file, at.sheet, at.cell or (str(at.row) if at.row else "")) if part)
        if at
        else ""
    )
    return {
        "kind": finding.kind,
        "record": finding.record,
        "severity": finding.severity,
        "code": finding.code,
        "field": finding.field[:200],
        "message": finding.message,
        "advice": finding.advice,
        "place": place,
    }


def _state(connection: Connection, today: date) -> str:
    """Changes with every text that counts, with the rules, the templates and the day."""
    held_against = [msgspec.to_builtins(rules_of(connection)), numbers(connection)]
    rules = digest(encode(held_against))[:16]
    return f"{today} {rules} {' '.join(str(number) for number in _texts(connection))}"


def _texts(connection: Connection) -> tuple[int, ...]:
    """Changes with every text that counts."""
    table = record_summary.c
    row = connection.execute(select(func.max(table.current), func.count(), func.sum(table.current))).one()
    return tuple(int(number or 0) for number in row)
