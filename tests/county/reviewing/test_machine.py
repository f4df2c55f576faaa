"""Whatever people do in whatever order, and whatever SQL somebody types, nothing is published that three others of
its authors did not approve as it is.

`OPENHALL_EXAMPLES` makes the run longer: 10,000 sequences take about half an hour of one core.
"""

import os

import pytest
from hypothesis import seed
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DBAPIError

from catalog.text import content_hash
from county import editions, revisions
from county.accounts.people import Person
from county.database.engine import connect, upgrade, writing
from county.database.tables import edition, revision
from county.errors import Refused
from county.reviewing.review import review_texts, submit
from county.reviewing.steps import STEPS, Verdict
from county.revisions import Change
from tests.county.catalogue import NOW, organisation
from tests.county.machines import prove_machine
from tests.postgres import Cluster
from tests.size import LONG

EXAMPLES = int(os.environ.get("OPENHALL_EXAMPLES", "0"))
PEOPLE = ("甲", "乙", "丙", "丁")
"""Everybody may do everything that roles allow: only who did what decides."""
NAMES = st.sampled_from(PEOPLE)
OFFICES = st.integers(1, 2)
PLACES = st.integers(0, 5)
"""Which of the revisions so far, newest first; beyond the last there is none."""
STATES = st.sampled_from(["draft", "submitted", "approved", "returned", "replaced"])


def person(name: str) -> Person:
    return Person(name, name, frozenset({"reviewer", "approver"}))


class Reviewing(RuleBasedStateMachine):
    """Beside the database runs a model: for each revision its writers and who approved it."""

    county: Connection

    @initialize()
    def begin(self) -> None:
        self.transaction = self.county
        self.transaction.exec_driver_sql("SAVEPOINT sequence")
        self.writers: dict[int, set[str]] = {}
        self.texts: dict[int, tuple[int, str]] = {}
        self.approvals: dict[int, list[str]] = {}
        self.open: dict[int, int] = {}
        self.drafts: dict[int, set[str]] = {1: set(), 2: set()}
        self.shown: dict[int, int] = {}
        for office, name in ((1, "甲"), (2, "乙")):
            self.write(office, name, "1")
            self.hand_in(office, name)

    @rule(office=OFFICES, name=NAMES, phone=st.sampled_from(["1", "2", ""]))
    def write(self, office: int, name: str, phone: str) -> None:
        record = organisation(office, phone) if phone else None
        change = Change("organisation", f"office-{office}", record)
        (number,) = revisions.add_drafts(self.transaction, [change], name, NOW)
        self.drafts[office].add(name)
        self.writers[number] = set(self.drafts[office])
        self.texts[number] = (office, phone)
        self.approvals[number] = []
        self.open[office] = number

    @rule(office=OFFICES, name=NAMES)
    def hand_in(self, office: int, name: str) -> None:
        try:
            submit(self.transaction, [self.open.get(office, 0)], name, NOW)
        except Refused:
            return

    @rule(place=PLACES, name=NAMES, verdict=st.sampled_from(["approved", "approved", "returned"]))
    def review(self, place: int, name: str, verdict: Verdict) -> None:
        self.read(self.numbered(place), name, verdict)

    def read(self, number: int, name: str, verdict: Verdict) -> None:
        wanted = {number: self.hash_of(number)}
        declined = review_texts(self.transaction, wanted, verdict, person(name), "理由", NOW)
        if declined:
            return
        self.taken(number, name, verdict)

    @rule(office=OFFICES)
    def have_reviewed(self, office: int) -> None:
        """The straight way, so that long histories of approved texts come about."""
        number = self.open.get(office, 0)
        self.hand_in(office, "甲")
        for name in PEOPLE:
            if number in self.writers and name not in self.writers[number]:
                self.read(number, name, "approved")

    @rule(place=PLACES, name=NAMES)
    def approve_as_an_import(self, place: int, name: str) -> None:
        number = self.numbered(place)
        with pytest.raises(Refused):
            revisions.approve_founding(self.transaction, [number], name, NOW)

    @rule(place=PLACES, state=STATES)
    def set_the_state(self, place: int, state: str) -> None:
        """By SQL: nothing may follow but closing a draft, or what is so already."""
        number = self.numbered(place)
        before = self.state_of(number)
        changed = self.attempt(
            "UPDATE revision SET state = :state WHERE number = :number", number=number, state=state
        )
        if changed and before in ("draft", "submitted") and state == "replaced":
            self.open.pop(self.texts[number][0], None)
        elif changed and before is not None:
            assert state == before or (before, state) == ("draft", "submitted")

    @rule(
        place=PLACES,
        name=NAMES,
        step=st.sampled_from([*STEPS, "import"]),
        verdict=st.sampled_from(["approved", "returned"]),
        other=st.sampled_from([False, False, False, True]),
    )
    def enter_a_review(self, place: int, name: str, step: str, verdict: Verdict, other: bool) -> None:
        """By SQL: only where the same review could have been given on the page."""
        number = self.numbered(place)
        self.forge(number, name, step, verdict, "0" * 64 if other else self.hash_of(number))

    @rule(office=OFFICES, name=NAMES)
    def enter_the_next_review(self, office: int, name: str) -> None:
        """By SQL: anybody tries to take the step that is due, so that wrong people often do."""
        number = self.open.get(office)
        if number is not None:
            self.hand_in(office, "甲")
            step = STEPS[len(self.approvals[number])]
            self.forge(number, name, step, "approved", self.hash_of(number))

    @rule(office=OFFICES, name=NAMES)
    def review_before_it_is_handed_in(self, office: int, name: str) -> None:
        """By SQL: what may still be a draft is reviewed."""
        number = self.open.get(office)
        if number is not None:
            self.forge(number, name, STEPS[0], "approved", self.hash_of(number))

    @rule(office=OFFICES, name=NAMES, ahead=st.integers(1, 2))
    def leave_out_a_step(self, office: int, name: str, ahead: int) -> None:
        """By SQL: a step is taken before the one that is due."""
        number = self.open.get(office)
        if number is None:
            return
        self.hand_in(office, "甲")
        step = min(len(self.approvals[number]) + ahead, 2)
        if step > len(self.approvals[number]):
            self.forge(number, name, STEPS[step], "approved", self.hash_of(number))

    @rule(office=OFFICES)
    def approve_without_the_reviews(self, office: int) -> None:
        """By SQL: what waits is said to be approved."""
        number = self.open.get(office)
        if number is not None:
            self.hand_in(office, "甲")
            approved = "UPDATE revision SET state = 'approved' WHERE number = :number"
            assert not self.attempt(approved, number=number)

    def forge(self, number: int, name: str, step: str, verdict: Verdict, read: str) -> None:
        waits = self.state_of(number) == "submitted"
        entered = self.attempt(
            "INSERT INTO review (revision, content_hash, step, verdict, reviewer, at) "
            "SELECT number, :hash, :step, :verdict, :name, created FROM revision WHERE number = :number",
            number=number,
            hash=read,
            step=step,
            verdict=verdict,
            name=name,
        )
        if not entered:
            return
        assert waits
        assert read == self.hash_of(number)
        assert step == STEPS[len(self.approvals[number])]
        self.taken(number, name, verdict, close=False)
        if verdict == "returned":
            self.attempt("UPDATE revision SET state = 'returned' WHERE number = :number", number=number)
            self.open.pop(self.texts[number][0], None)
        elif len(self.approvals[number]) == 3:
            assert self.attempt(
                "UPDATE revision SET state = 'approved' WHERE number = :number", number=number
            )
            self.publish(number)

    @rule(
        place=PLACES,
        statement=st.sampled_from(
            [
                "UPDATE revision SET body = 'x' WHERE number = :number",
                "UPDATE revision SET author = 'x' WHERE number = :number",
                "UPDATE review SET verdict = 'approved', reviewer = 'x' WHERE revision = :number",
                "DELETE FROM review WHERE revision = :number",
                "DELETE FROM submission WHERE revision = :number",
                "DELETE FROM revision WHERE number = :number",
            ]
        ),
    )
    def rewrite(self, place: int, statement: str) -> None:
        number = self.numbered(place)
        rows = self.attempt(statement, number=number)
        assert not rows

    def taken(self, number: int, name: str, verdict: Verdict, *, close: bool = True) -> None:
        assert name not in self.writers[number]
        assert name not in self.approvals[number]
        assert self.open[self.texts[number][0]] == number
        if verdict == "returned":
            if close:
                self.open.pop(self.texts[number][0])
            return
        self.approvals[number].append(name)
        if close and len(self.approvals[number]) == 3:
            self.publish(number)

    def publish(self, number: int) -> None:
        office, phone = self.texts[number]
        self.open.pop(office)
        self.drafts[office] = set()
        self.shown.pop(office, None)
        if phone:
            self.shown[office] = number

    def attempt(self, statement: str, **values: object) -> int:
        """Rows that the statement touched; none when the database refused it."""
        try:
            with self.transaction.begin_nested():
                return self.transaction.execute(text(statement), values).rowcount
        except DBAPIError:
            return 0

    def numbered(self, place: int) -> int:
        return sorted(self.texts, reverse=True)[place] if place < len(self.texts) else 0

    def hash_of(self, number: int) -> str:
        found = self.transaction.scalar(select(revision.c.content_hash).where(revision.c.number == number))
        return str(found or "")

    def state_of(self, number: int) -> str | None:
        found: str | None = self.transaction.scalar(
            select(revision.c.state).where(revision.c.number == number)
        )
        return found

    @invariant()
    def only_what_three_others_approved_is_published(self) -> None:
        shown = editions.approved_contents(self.transaction)
        assert shown == {
            number: organisation(office, self.texts[number][1]) for office, number in self.shown.items()
        }
        for number, record in shown.items():
            approved = self.approvals[number]
            assert len(set(approved)) == 3
            assert self.writers[number].isdisjoint(approved)
            assert content_hash(record) == self.hash_of(number)

    @invariant()
    def an_edition_takes_nothing_else(self) -> None:
        for office, number in self.open.items():
            assert number not in self.shown.values(), office
            assert not self.attempt(
                "INSERT INTO edition_revision (edition, revision) VALUES (1, :number)", number=number
            )

    def teardown(self) -> None:
        """SQLAlchemy would only roll back: thousands of savepoints left open make every write slow."""
        self.transaction.exec_driver_sql("ROLLBACK TO SAVEPOINT sequence")
        self.transaction.exec_driver_sql("RELEASE SAVEPOINT sequence")


def founded(engine: Engine) -> Connection:
    """A transaction in which an edition is published; sequences are savepoints in it."""
    county = engine.connect().execution_options(county_writes=True)
    county.begin()
    county.execute(
        edition.insert().values(
            number=1, digest="d", logical_digest="l", manifest=b"", state="built", author="x", created=NOW
        )
    )
    for state in ("signed", "published"):
        editions.move(county, 1, state)
    return county


def prove(url: str, examples: int, steps: int, without: str = "") -> None:
    """Run the machine; `without` is a rule of the database that is taken away before."""
    engine = connect(url)
    upgrade(engine)
    if without:
        with writing(engine) as connection:
            connection.execute(text(f"DROP TRIGGER {without}"))
    county = founded(engine)
    machine = type("Machine", (Reviewing,), {"county": county})
    if without:
        machine = seed(3)(machine)  # what is found need not be a matter of luck
    try:
        prove_machine(machine, examples, steps, shrinking=not without)
    finally:
        county.close()
        engine.dispose()


@pytest.mark.slow
def test_reviewing() -> None:
    prove(
        "sqlite+pysqlite://",
        examples=EXAMPLES or (100 if LONG else 15),
        steps=40 if LONG and not EXAMPLES else 20,
    )


NEEDED = (
    "review_in_order",
    "revision_approval_needs_reviews",
    "review_by_no_author",
    "review_of_submitted_text",
    "edition_shows_approved_text",
)


@pytest.mark.slow
@pytest.mark.parametrize("rule_of_the_database", NEEDED)
def test_a_rule_that_is_missing_is_noticed(rule_of_the_database: str) -> None:
    with pytest.raises((AssertionError, ExceptionGroup)):
        prove("sqlite+pysqlite://", examples=200, steps=30, without=rule_of_the_database)


@pytest.mark.slow
def test_reviewing_on_postgresql(cluster: Cluster) -> None:
    prove(cluster.database(), examples=15 if LONG else 3, steps=30)
