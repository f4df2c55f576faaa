"""Texts that would like to be scripts: shown on the desk's pages they stay texts."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page

from county import audit, revisions
from county.accounts import people
from county.accounts.roles import Role
from county.database.engine import writing
from county.reviewing.review import submit
from tests.county.web.records import BIRTH, POLICE
from tests.web.desk import RunningDesk
from tests.web.serves import complaints

CORPUS = (
    "<script>window.hurt=1</script>",
    "\"><img src=x onerror='window.hurt=1'>",
    "'-window.hurt=1-'",
    "javascript:window.hurt=1",
    "</title></textarea></script><svg onload=window.hurt=1>",
    "{{ 7*7 }}{% raw %}",
    '=HYPERLINK("https://evil.example")',
)
TEXT = " ".join(CORPUS)
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def poisoned(desk: RunningDesk) -> RunningDesk:
    """A desk whose names, notes, log and records are as hostile as they can be."""
    with writing(desk.engine) as connection:
        for number, hostile in enumerate(CORPUS):
            people.add_person(
                connection, f"p{number}", ["reviewer"], "vier blaue Esel", "t", NOW, "", hostile
            )
            audit.append(connection, f"p{number}", hostile[:32], NOW, note=hostile)
        police = replace(POLICE, title=CORPUS[0], phone=CORPUS[1])
        birth = replace(BIRTH, title=CORPUS[4], description=TEXT, requirements=CORPUS)
        changes = [revisions.Change.to(police), revisions.Change.to(birth)]
        numbers = revisions.add_drafts(connection, changes, "clerk", NOW)
        submit(connection, [numbers[1]], "clerk", NOW, TEXT)
    return desk


PAGES: tuple[tuple[Role, str], ...] = (
    ("administrator", "/admin/people"),
    ("administrator", "/admin/people/p0"),
    ("security", "/admin/people/p4"),
    ("auditor", "/admin/log"),
    (
        "auditor",
        "/admin/log?person=%3Cscript%3Ewindow.hurt%3D1%3C/script%3E&action=%22%3E%3Cimg%20src=x%20onerror=1%3E",
    ),
    ("clerk", "/admin/records?q=%22%3E%3Cimg%20src%3Dx%20onerror%3D%22window.hurt%3D1%22%3E"),
    ("clerk", "/admin/records/organisation/police"),
    ("clerk", "/admin/records/organisation/police/edit"),
    ("clerk", "/admin/records/organisation/police/compare"),
    ("reviewer", "/admin/records/service/birth"),
    ("reviewer", "/admin/records/service/birth/compare"),
    ("reviewer", "/admin/review"),
    ("clerk", "/admin/review/drafts"),
    ("supervisor", "/admin/findings"),
)


@pytest.fixture(scope="module")
def page(poisoned: RunningDesk, browser: Browser) -> Iterator[Page]:
    """A page that says what the content security policy forbids, the same for all tests."""
    with poisoned.context(browser, "clerk") as context:
        context.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error('CSP', e.violatedDirective, e.blockedURI))"
        )
        yield context.new_page()


@pytest.mark.parametrize(("role", "path"), PAGES)
def test_nothing_executes(poisoned: RunningDesk, page: Page, role: Role, path: str) -> None:
    poisoned.sign_in(page.context, role)
    with complaints(page) as said:
        answer = page.goto(path)
        assert answer
        assert answer.status == 200
        assert page.evaluate("window.hurt") is None
        assert "49{" not in page.content()
        assert page.locator("img[onerror], svg[onload], a[href^='javascript:']").count() == 0
    assert said == []


def test_a_script_in_a_page_is_refused_and_said(poisoned: RunningDesk, page: Page) -> None:
    """The control: what the pages above do not contain would be noticed."""
    poisoned.sign_in(page.context, "clerk")
    with complaints(page) as said:
        page.goto("/admin/")
        page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hurt=1\">')"
        )
        page.evaluate(
            "document.querySelector('img[src=x]').decode().catch(() => null)"
        )  # the policy forbids polling
        assert page.evaluate("window.hurt") is None
    assert any("Content Security Policy" in text for text in said)


def test_the_logs_csv_is_harmless(poisoned: RunningDesk) -> None:
    with poisoned.client("auditor") as auditor:
        lines = auditor.get("/admin/log.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK" in lines
    assert ",=HYPERLINK" not in lines
