"""What clerks enter about publications, on both databases."""

from datetime import date
from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from catalog.records import DisclosureRule, Policy, Record
from county.database.engine import writing
from county.errors import Refused
from county.supervision.publications import Occasion, correct, enter, publications, void
from tests.county.catalogue import NOW
from tests.county.supervision.grounds import item, within

ITEM = item("relief", within(10))
QUARTERLY = item("progress", DisclosureRule(kind="quarterly"))
POLICY = Policy(id="policy-1", title="通知", issued=date(2026, 11, 2))
RECORDS: dict[tuple[str, str], Record] = {
    ("disclosure", "relief"): ITEM,
    ("disclosure", "progress"): QUARTERLY,
    ("policy", "policy-1"): POLICY,
}


def occasion(**more: Any) -> Occasion:
    given = {"kind": "disclosure", "record": "relief", "title": "名单", "formed": date(2026, 11, 2), **more}
    return Occasion(**given)


def put(engine: Engine, entry: Occasion) -> int:
    with writing(engine) as connection:
        return enter(connection, entry, RECORDS, "clerk", NOW)


def kept(engine: Engine) -> list[tuple[str, date | None]]:
    with engine.connect() as connection:
        return [(one.title, one.published) for one in publications(connection)]


def test_an_entry_is_corrected_by_another(engine: Engine) -> None:
    number = put(engine, occasion())
    with writing(engine) as connection:
        corrected = occasion(published=date(2026, 11, 9))
        second = correct(connection, number, corrected, RECORDS, "clerk", NOW)
    assert kept(engine) == [("名单", date(2026, 11, 9))]
    with pytest.raises(Refused, match="作废"), writing(engine) as connection:
        void(connection, number, "clerk", NOW)
    with writing(engine) as connection:
        void(connection, second, "clerk", NOW)
    assert kept(engine) == []


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "unknown item": ({"record": "other"}, "找不到"),
    "no title": ({"title": " "}, "写明"),
    "long title": ({"title": "长" * 201}, "太长"),
    "script as link": ({"link": "javascript:alert(1)"}, "https"),
    "published before formed": ({"published": date(2026, 11, 1)}, "早于形成"),
    "changed before formed": ({"changed": date(2026, 11, 1)}, "早于形成"),
    "in the future": ({"published": date(2026, 11, 24)}, "以后"),
    "formed in the future": ({"formed": date(2027, 1, 1)}, "以后"),
    "shown until before": ({"published": date(2026, 11, 9), "shown_until": date(2026, 11, 8)}, "公示"),
    "shown without a day": ({"shown_until": date(2026, 11, 8)}, "公示"),
    "a period of nothing": ({"period": "2026-Q4"}, "不用填"),
    "no period": ({"record": "progress"}, "2026-Q4"),
    "a month for a quarter": ({"record": "progress", "period": "2026-11"}, "2026-Q4"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_refused(engine: Engine, case: str) -> None:
    given, said = WRONG[case]
    with pytest.raises(Refused, match=said):
        put(engine, occasion(**given))
    assert kept(engine) == []


def test_periods_and_policies_are_taken(engine: Engine) -> None:
    put(engine, occasion(record="progress", period="2026-Q3"))
    put(engine, occasion(kind="policy", record="policy-1", published=date(2026, 11, 2)))
    assert len(kept(engine)) == 2


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE publication SET published = '2026-11-03'",
        "DELETE FROM publication",
        "UPDATE publication SET voided_at = at",
        "UPDATE publication SET kind = 'service'",
    ],
)
def test_the_database_keeps_entries(engine: Engine, attempt: str) -> None:
    put(engine, occasion())
    with pytest.raises(DBAPIError), writing(engine) as connection:
        connection.execute(text(attempt))


def test_a_change_starts_the_clock_anew() -> None:
    from tests.county.supervision.grounds import publication

    one = publication("relief", date(2026, 1, 5), changed=date(2026, 3, 2))
    assert one.start == date(2026, 3, 2)
    assert msgspec.to_builtins(one.formed) == "2026-01-05"
