"""Every route that may change something, refused in every way it must be; generated from the routes themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from msgspec.structs import replace
from sqlalchemy import Engine, insert, select

from catalog.text import digest
from county import revisions
from county.accounts.roles import ROLES, Role
from county.database.engine import writing
from county.database.supervision import publication
from county.database.tables import metadata
from county.editing.drafting import current
from county.reviewing.review import submit
from county.web.admin import site
from county.web.admin.page import Page
from tests.county.web.records import CARD, POLICE
from tests.web.desk import Client, RunningDesk
from tests.web.routes import API, FREE, MUTATING, OWNED, example, mutating

NOW = datetime.now(UTC)
PAGES = {(page.url, method): page for page in site.PAGES for method in page.methods if method in MUTATING}
GUARDED = {key: page for key, page in PAGES.items() if page.access == "roles"}
OWN = frozenset({"desk_session", "unsaved_form", "presence", "check_run", "record_finding"})
"""Tables in which no content stands: what is kept for the person alone, and what is computed."""


def content(engine: Engine) -> str:
    """A digest over every row that counts."""
    rows: list[Any] = []
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            if table.name not in OWN:
                rows.append((table.name, sorted(map(str, connection.execute(select(table)).all()))))
    return digest(str(rows).encode())


@contextmanager
def unchanged(desk: RunningDesk) -> Iterator[None]:
    before = content(desk.engine)
    yield
    assert content(desk.engine) == before


@pytest.fixture(scope="module")
def facts(desk: RunningDesk) -> dict[str, str]:
    """A clerk of another office; our clerk's submitted text, draft and publication."""
    desk.add("stranger", ["clerk"], "elsewhere")
    changed = [replace(CARD, description="改"), replace(POLICE, phone="0000-1")]
    with writing(desk.engine) as connection:
        changes = [revisions.Change.to(record) for record in changed]
        submitted, draft = revisions.add_drafts(connection, changes, "clerk", NOW)
        submit(connection, [submitted], "clerk", NOW)
        entry = {"kind": "disclosure", "record": "residence-1", "title": "落户", "formed": NOW.date()}
        connection.execute(insert(publication).values(**entry, author="clerk", at=NOW))
    return {"submitted": str(submitted), "draft": str(draft)}


@pytest.fixture
def facts_now(desk: RunningDesk, facts: dict[str, str]) -> dict[str, str]:
    """The same, with the publication as it counts now, and the newest revision of a service of the office."""
    with desk.engine.connect() as connection:
        valid = select(publication.c.number).where(publication.c.voided_at.is_(None))
        number = connection.scalars(valid.order_by(publication.c.number)).first()
        newest = current(connection, "service", "birth").number
    return facts | {"publication": str(number), "current": str(newest)}


def outsiders(page: Page) -> list[Role]:
    return [role for role in ROLES if role not in page.roles]


def test_whatever_changes_something_is_a_page_or_for_boxes(desk: RunningDesk) -> None:
    assert mutating(desk.app) == {url for url, _ in PAGES} | API


def test_what_clerks_may_call_says_whose_it_is() -> None:
    clerks = {url for (url, _), page in GUARDED.items() if "clerk" in page.roles}
    assert clerks == OWNED.keys() | FREE


def test_a_path_nobody_declared_leads_nowhere(desk: RunningDesk) -> None:
    with desk.client("administrator") as client:
        for path in ("/admin/service/list", "/admin/%2e%2e/m/", "/admin//people", "/desk/nothing"):
            assert client.get(path).status_code == 404, path
            assert client.submit(path).status_code == 404, path


@pytest.mark.parametrize(("url", "method"), sorted(PAGES))
def test_nobody_gets_in_without_a_session(desk: RunningDesk, url: str, method: str) -> None:
    path = example(url)
    with unchanged(desk), Client(desk.address, "A" * 43) as forged:
        assert requests.post(desk.address + path, {"name": "x"}, timeout=60).status_code == 403
        if PAGES[url, method].access != "public":
            assert forged.submit(path).status_code == 403


@pytest.mark.parametrize(("url", "method"), sorted(GUARDED))
def test_other_roles_are_refused(desk: RunningDesk, url: str, method: str) -> None:
    with unchanged(desk):
        for role in outsiders(GUARDED[url, method]):
            with desk.client(role) as client:
                assert client.submit(example(url)).status_code == 403, role


@pytest.mark.parametrize(("url", "method"), sorted(PAGES))
def test_a_request_that_is_not_the_pages_own_is_refused(desk: RunningDesk, url: str, method: str) -> None:
    path, role = example(url), (*PAGES[url, method].roles, "guide")[0]
    with unchanged(desk), desk.client(role) as client, desk.client("auditor") as other:
        home, mine = {"Origin": desk.address}, {"csrftoken": client.csrf}
        for name, form, headers in (
            ("no token", {}, home),
            ("another's token", {"csrftoken": other.csrf}, home),
            ("half a token", {"csrftoken": client.csrf[:32]}, home),
            ("a token too long", {"csrftoken": client.csrf + "0"}, home),
            ("foreign origin", mine, {"Origin": "https://evil.example"}),
            ("no origin at all", mine, {"Origin": "null"}),
            ("another port", mine, {"Origin": desk.address + "1"}),
            ("from another site", mine, {"Sec-Fetch-Site": "cross-site"}),
            ("from a neighbour", mine, {**home, "Sec-Fetch-Site": "same-site"}),
        ):
            assert client.post(path, data=form, headers=headers).status_code == 403, name
        assert client.post(f"{path}?csrftoken={client.csrf}", headers=home).status_code == 403
        for wrong in ("PUT", "PATCH", "DELETE"):
            assert client.request(wrong, path, headers=home).status_code in (403, 405), wrong


@pytest.mark.parametrize(("url", "method"), sorted(PAGES))
def test_reading_changes_nothing(desk: RunningDesk, url: str, method: str) -> None:
    with unchanged(desk), desk.client((*PAGES[url, method].roles, "guide")[0]) as client:
        answer = client.get(example(url), params={"csrftoken": client.csrf})
        assert answer.status_code < 500


@pytest.mark.parametrize("url", sorted(OWNED))
def test_a_clerk_of_another_office_is_refused(desk: RunningDesk, facts_now: dict[str, str], url: str) -> None:
    path = OWNED[url].path.format(**facts_now)
    fields = {name: text.format(**facts_now) for name, text in OWNED[url].fields.items()}
    with unchanged(desk), desk.client("stranger") as stranger:
        stranger.submit(path, **fields)
    with desk.client("clerk") as clerk:
        answer = clerk.submit(path, **fields)
        assert answer.status_code in (200, 303), answer.text


@pytest.mark.parametrize("path", sorted(API))
@pytest.mark.parametrize("body", [b"", b"{}", b'{"kiosk":"a","number":1}', b"\xff" * 100])
def test_an_unsigned_box_is_refused(desk: RunningDesk, path: str, body: bytes) -> None:
    with unchanged(desk):
        for headers in (
            {},
            {"Authorization": "x"},
            {"Cookie": f"openhall-desk={desk.token('administrator')}"},
        ):
            answer = requests.post(desk.address + path, body, headers=headers, timeout=60)
            assert answer.status_code in (400, 401), answer.text
