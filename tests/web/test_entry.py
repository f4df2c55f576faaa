"""Coming in, as people do: the first administrator, first passwords, one-time codes, hostile sessions."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest
import requests
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine, create_engine, text

from county.accounts.sessions import csrf_token, open_session
from county.database.engine import writing
from county.founding import found
from county.settings import read_settings
from county.web.admin.shell import Desk
from county.web.app import create_app
from tests.county.web.state import publish
from tests.sample import COUNTY
from tests.web.desk import Client, RunningDesk
from tests.web.serving import serving

PASSWORD = "vier blaue Esel"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def first(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The address of a county just founded, and the one-time password of its administrator."""
    settings = read_settings(tmp_path, title="测试县")
    founded = found(settings, {}, "tester", now())
    with serving(create_app(tmp_path, now, None, Desk(founded.engine, settings, now))) as address:
        yield address, founded.password
    founded.engine.dispose()


def sign_in(page: Page, name: str, password: str) -> None:
    page.fill("#name", name)
    page.fill("#password", password)
    page.keyboard.press("Enter")


def choose(page: Page, password: str) -> None:
    page.wait_for_url("**/admin/password")
    page.fill("#new", password)
    page.fill("#again", password)
    page.keyboard.press("Enter")


def enrol(page: Page) -> str:
    page.wait_for_url("**/admin/device")
    secret = page.text_content(".desk-secret") or ""
    page.fill("#code", pyotp.TOTP(secret).now())
    page.keyboard.press("Enter")
    return secret


def test_the_first_administrator_sets_the_desk_up(first: tuple[str, str], browser: Browser) -> None:
    address, password = first
    context = browser.new_context(base_url=address, locale="zh-CN")
    page = context.new_page()
    page.goto("/admin/")
    sign_in(page, "admin", "not the password")
    page.get_by_text("用户名或密码不正确").wait_for()
    sign_in(page, "admin", password)
    choose(page, "password1234")
    page.get_by_text("太常见").wait_for()
    choose(page, PASSWORD)
    enrol(page)
    page.get_by_role("heading", name="请保存恢复码").wait_for()
    codes = page.locator(".desk-codes code").all_inner_texts()
    page.get_by_role("link", name="我已保存").click()
    page.wait_for_url("**/admin/setup")
    page.fill("#security", "chen")
    page.fill("#auditor", "wu")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="一次性密码").wait_for()
    given = page.locator(".desk-facts code").all_inner_texts()
    page.get_by_role("link", name="已记下").click()
    page.wait_for_url("**/admin/")
    answer = page.goto("/admin/setup")
    assert answer
    assert answer.status == 404
    page.get_by_role("button", name="退出").click()
    sign_in(page, "admin", PASSWORD)
    page.wait_for_url("**/admin/code")
    page.fill("#code", codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    page.get_by_role("button", name="退出").click()
    sign_in(page, "wu", given[1])
    choose(page, "drei graue Wale!")
    page.get_by_role("link", name="审计日志").first.click()
    page.get_by_role("link", name="验证完整性").click()
    page.get_by_text("日志完整").wait_for()
    context.close()


def test_a_password_alone_changes_nothing_where_a_code_is_due(desk: RunningDesk) -> None:
    """Whoever has only the password may not choose another, nor enrol a device."""
    with writing(desk.engine) as connection:
        token = open_session(connection, "approver", False, now())
    with Client(desk.address, token) as half:
        for path in ("/admin/password", "/admin/device", "/admin/me/device", "/admin/me/sign-out"):
            assert half.submit(path, new=PASSWORD, again=PASSWORD).status_code == 403, path
        assert half.get("/admin/me", allow_redirects=False).headers["location"].startswith("/admin/code")
        assert half.submit("/admin/logout").status_code == 303


def test_the_token_changes_at_sign_in_and_the_old_one_is_worth_nothing(first: tuple[str, str]) -> None:
    address, password = first
    fixed = "F" * 43
    with Client(address, fixed) as client:
        answer = client.submit("/admin/login", name="admin", password=password)
        assert answer.status_code == 303
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        new = re.search(r"openhall-desk=([\w-]{43})", cookie)
        assert new
        assert new[1] != fixed
    with Client(address, fixed) as old:
        assert "/admin/login" in old.get("/admin/").url
    assert csrf_token(new[1]) != csrf_token(fixed)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"]
)
def test_signing_in_leads_nowhere_else(first: tuple[str, str], target: str) -> None:
    address, password = first
    with Client(address, "F" * 43) as client:
        path = requests.Request("POST", address, params={"next": target}).prepare().path_url
        answer = client.submit(f"/admin/login{path[1:]}", name="admin", password=password)
        assert answer.headers["location"] == "/admin/"


def test_https_cookies_are_bound_to_the_host(first: tuple[str, str]) -> None:
    address, _ = first
    answer = requests.get(f"{address}/admin/login", headers={"X-Forwarded-Proto": "https"}, timeout=60)
    assert re.search(
        r"__Host-openhall-desk=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure",
        answer.headers["set-cookie"],
    )


def test_a_password_is_not_taken_in_the_clear_from_elsewhere(first: tuple[str, str]) -> None:
    address, password = first
    with Client(address, "F" * 43) as client:
        elsewhere = {"Origin": address, "X-Forwarded-For": "192.0.2.7"}
        form = {"csrftoken": client.csrf, "name": "admin", "password": password}
        answer = client.post("/admin/login", data=form, headers=elsewhere)
        assert answer.status_code == 403
        assert "请用 https" in answer.text, answer.text


def test_headers_are_strict(desk: RunningDesk) -> None:
    with desk.client("reviewer") as client:
        for path in ("/admin/", "/admin/login", "/admin/nothing"):
            headers = client.get(path).headers
            policy = headers["content-security-policy"]
            assert "unsafe" not in policy
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert headers["cache-control"] == "no-store"


def test_everything_else_answers_while_the_database_is_down(tmp_path: Path) -> None:
    publish(tmp_path, (COUNTY,), 1)
    engine: Engine = create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    settings = read_settings(tmp_path)
    with serving(create_app(tmp_path, now, None, Desk(engine, settings, now))) as address:
        for path, status in (
            ("/healthz", 200),
            ("/m/directory", 200),
            ("/admin/login", 200),
            ("/admin/", 303),
        ):
            answer = requests.get(address + path, timeout=60, allow_redirects=False)
            assert answer.status_code == status, path
        cookies = {"openhall-desk": "F" * 43}
        answer = requests.get(f"{address}/admin/", cookies=cookies, timeout=60)
        assert answer.status_code == 503
        assert "数据库" in answer.text
    engine.dispose()


def test_an_uninitialised_database_says_so(tmp_path: Path) -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    with serving(create_app(tmp_path, now, None, Desk(engine, read_settings(tmp_path), now))) as address:
        answer = requests.get(f"{address}/admin/", cookies={"openhall-desk": "F" * 43}, timeout=60)
        assert answer.status_code == 503
    engine.dispose()
