"""What stands on the publish page is what is published, once, however often it is pressed."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Engine

from catalog.records import PublicService
from county import audit, editions
from county.building import build
from county.database.engine import writing
from county.editions import Edition
from county.errors import CountyError, Refused
from county.releasing.making import Maker, Wish, maker
from county.releasing.outlook import kept_outlook, look, pending
from county.releasing.release import release
from county.repository import Repository
from county.revisions import Change
from county.settings import Settings
from county.signing.approval import sign
from county.signing.keys import read_signers
from tests.county.catalogue import NOW, approve, enter, later, organisation
from tests.county.test_publishing import release as release_at_once

pytestmark = pytest.mark.slow


def wait(made: Maker) -> None:
    deadline = time.monotonic() + 60
    while made.stage:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def signed(engine: Engine, settings: Settings, *, looked: bool = True) -> Edition:
    edition = build(engine, settings, "tester", NOW).edition
    assert edition is not None
    if looked:
        look(engine, settings, edition, NOW.date())
    sign(engine, settings, edition, read_signers(settings.keys, "targets"), "approver", NOW)
    return edition


def test_what_is_pending_follows_what_is_approved(county: Engine, settings: Settings) -> None:
    def kinds() -> dict[str, int]:
        with county.connect() as connection:
            return pending(connection).kinds

    approve(county, [organisation(1), organisation(2)])
    assert kinds()["organisation"] == 2
    release_at_once(county, settings)
    assert kinds() == {}
    approve(county, [organisation(1, "1")])
    enter(county, [Change("organisation", "office-2", None)])
    assert kinds() == {"organisation": 2}
    release_at_once(county, settings)
    assert kinds() == {}


def test_the_outlook_tells_what_is_new_from_what_stands(county: Engine, settings: Settings) -> None:
    wrong = PublicService(id="old", title="旧错", competent_authority="nowhere")
    approve(county, [organisation(1), wrong])
    release_at_once(county, settings)
    approve(
        county, [PublicService(id="new", title="新错", competent_authority="nowhere"), organisation(1, "1")]
    )
    edition = build(county, settings, "tester", NOW).edition
    assert edition is not None
    assert kept_outlook(settings, edition) is None
    outlook = look(county, settings, edition, date(2026, 11, 22))
    assert {finding.record for finding in outlook.blocking} == {"new"}
    assert outlook.standing >= 1
    assert outlook.organisations == {"第1办公室": 1}
    assert kept_outlook(settings, edition) == outlook


def test_errors_block_until_somebody_says_why(county: Engine, settings: Settings) -> None:
    approve(county, [PublicService(id="new", title="新错", competent_authority="nowhere")])
    edition = signed(county, settings)
    with pytest.raises(Refused, match="理由"):
        release(county, settings, edition.digest, "", "approver", NOW)
    assert release(county, settings, edition.digest, "急用", "approver", NOW).fresh
    with county.connect() as connection:
        despite = [entry for entry in audit.entries(connection) if entry.action == "publish despite"]
    assert "急用" in despite[0].detail


def test_only_what_was_seen_is_published(county: Engine, settings: Settings) -> None:
    edition = signed(county, settings, looked=False)
    for digest, reason in (("0" * 64, "换了"), (edition.digest, "检查")):
        with pytest.raises(Refused, match=reason):
            release(county, settings, digest, "", "approver", NOW)


def test_fifty_presses_publish_once(county: Engine, settings: Settings) -> None:
    approve(county, [organisation(1)])
    edition = signed(county, settings)

    def press(_: int) -> bool | str:
        try:
            return release(county, settings, edition.digest, "x", "approver", NOW).fresh
        except CountyError as refused:
            return str(refused)

    with ThreadPoolExecutor(50) as presses:
        outcomes = list(presses.map(press, range(50)))
    assert outcomes.count(True) == 1
    assert {each for each in outcomes if isinstance(each, str)} <= {"另一个发布正在进行，请稍后再试"}
    assert list(Repository(settings.repository).editions()) == [edition.number]
    with county.connect() as connection:
        log = audit.entries(connection)
    assert [entry.action for entry in log].count("publish") == 1


def test_fifty_makers_make_one(county: Engine, settings: Settings) -> None:
    approve(county, [organisation(1)])
    with ThreadPoolExecutor(10) as presses:
        list(presses.map(lambda _: maker(county).begin(settings, Wish("approver"), lambda: NOW), range(50)))
    wait(maker(county))
    with county.connect() as connection:
        waiting = editions.candidate(connection)
    assert waiting is not None
    assert waiting.number == 1
    assert kept_outlook(settings, waiting) is not None


def test_what_goes_wrong_is_said(county: Engine, settings: Settings) -> None:
    release_at_once(county, settings)
    made = maker(county)
    made.begin(settings, Wish("approver"), lambda: NOW)
    wait(made)
    assert "相同" in made.problem
    made.begin(settings, Wish("approver", copy_of=99), lambda: NOW)
    wait(made)
    assert "第 99 版" in made.problem


def test_rolling_back_in_a_demonstration_is_one_act(county: Engine, settings: Settings) -> None:
    approve(county, [organisation(1)])
    release_at_once(county, settings)
    approve(county, [organisation(1, "wrong")])
    release_at_once(county, settings)
    made = maker(county)
    made.begin(settings, Wish("approver", copy_of=1, force=True, straight=True), lambda: later(1))
    wait(made)
    assert made.problem == ""
    with county.connect() as connection:
        newest = editions.newest_published(connection)
        assert newest is not None
        assert newest.number == 3
        assert editions.contents(connection, 3) == editions.contents(connection, 1)


def test_a_text_changed_around_the_rules_is_not_published(
    county: Engine, settings: Settings, attempt: Callable[[str], None]
) -> None:
    approve(county, [organisation(1)])
    attempt("UPDATE revision SET body = replace(body, '第1办公室', '假办公室') WHERE record = 'office-1'")
    with pytest.raises(Refused, match="审核时不一致"):
        build(county, settings, "tester", NOW)


@pytest.fixture
def attempt(county: Engine) -> Callable[[str], None]:
    """Run a statement as somebody would who can drop triggers."""

    def run(statement: str) -> None:
        with writing(county) as connection:
            if county.dialect.name == "sqlite":
                connection.exec_driver_sql("DROP TRIGGER revision_is_constant")
            else:
                connection.exec_driver_sql("ALTER TABLE revision DISABLE TRIGGER ALL")
            connection.exec_driver_sql(statement)

    return run
