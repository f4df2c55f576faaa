"""While a county is founded, whatever is drafted, withdrawn or discarded, the newest approved text is published."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Engine

from catalog.records import Record
from county import revisions
from county.database.engine import connect, upgrade
from county.errors import Refused
from county.revisions import Change
from tests.county.catalogue import NOW, organisation
from tests.county.machines import prove_machine
from tests.postgres import Cluster
from tests.size import LONG

OFFICES = st.integers(1, 3)
PHONES = st.sampled_from(["", "1", "2"])


class Revisions(RuleBasedStateMachine):
    """Beside the database runs a model: per office its open draft and its published text."""

    engine: Engine

    @initialize()
    def begin(self) -> None:
        self.transaction = self.engine.connect().execution_options(county_writes=True)
        self.transaction.begin()
        self.open: dict[int, tuple[int, Record | None]] = {}
        self.published: dict[int, tuple[int, Record]] = {}
        self.newest: dict[int, int] = {}

    def add(self, office: int, record: Record | None) -> int:
        change = Change("organisation", f"office-{office}", record)
        (number,) = revisions.add_drafts(self.transaction, [change], "clerk", NOW)
        return number

    @rule(office=OFFICES, phone=PHONES, withdraw=st.booleans())
    def draft(self, office: int, phone: str, withdraw: bool) -> None:
        record = None if withdraw else organisation(office, phone)
        self.open[office] = (self.add(office, record), record)

    @rule(office=OFFICES, phone=PHONES, withdraw=st.booleans())
    def edit_and_approve(self, office: int, phone: str, withdraw: bool) -> None:
        self.draft(office, phone, withdraw)
        self.approve(office)

    @rule(office=OFFICES)
    def approve(self, office: int) -> None:
        if office not in self.open:
            return
        number, record = self.open.pop(office)
        revisions.approve_founding(self.transaction, [number], "chief", NOW)
        self.newest[office] = number
        self.published.pop(office, None)
        if record is not None:
            self.published[office] = (number, record)

    @rule(office=OFFICES)
    def discard(self, office: int) -> None:
        if office in self.open:
            number, _ = self.open.pop(office)
            revisions.discard(self.transaction, number)

    @rule(number=st.integers(0, 60))
    def approve_what_is_not_open(self, number: int) -> None:
        if number in {open_number for open_number, _ in self.open.values()}:
            return
        with pytest.raises(Refused):
            revisions.approve_founding(self.transaction, [number], "chief", NOW)
        with pytest.raises(Refused):
            revisions.discard(self.transaction, number)

    @invariant()
    def the_newest_approved_text_is_published(self) -> None:
        expected = [record for _, (_, record) in sorted(self.published.items())]
        assert revisions.published(self.transaction) == expected

    @invariant()
    def an_open_draft_counts_as_the_latest(self) -> None:
        latest = {office: record for office, (_, record) in self.published.items()}
        for office, (_, draft) in self.open.items():
            latest.pop(office, None)
            if draft is not None:
                latest[office] = draft
        assert revisions.latest(self.transaction) == [latest[office] for office in sorted(latest)]

    def teardown(self) -> None:
        self.transaction.close()


def prove(url: str, examples: int, steps: int) -> None:
    engine = connect(url)
    upgrade(engine)
    machine = type("Machine", (Revisions,), {"engine": engine})
    prove_machine(machine, examples, steps)
    engine.dispose()


@pytest.mark.slow
def test_revisions() -> None:
    prove("sqlite+pysqlite://", examples=60 if LONG else 15, steps=30)


@pytest.mark.slow
def test_revisions_on_postgresql(cluster: Cluster) -> None:
    prove(cluster.database(), examples=15 if LONG else 5, steps=25)
