"""A county's desk for tests: a real server on loopback, and somebody signed in for every role.

The person of a role is called like the role. `desk.client("clerk")` is an HTTP client, `desk.context(browser,
"clerk")` a browser context; both are signed in, one-time code included, and speak Chinese.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests
from playwright.sync_api import Browser, BrowserContext
from sqlalchemy import Engine, update
from starlette.applications import Starlette

from catalog.records import Record
from county import revisions
from county.accounts.people import add_person
from county.accounts.roles import ROLES, Role
from county.accounts.sessions import csrf_token, open_session
from county.database.accounts import person
from county.database.engine import connect, upgrade, writing
from county.founding import found
from county.settings import Settings, read_settings
from county.web.admin.shell import Desk
from county.web.app import create_app
from tests.county.web.records import RECORDS
from tests.web.serving import serving

CLERKS_ORGANISATION = "police"
PASSWORD = "correct horse battery"


def _now() -> datetime:
    return datetime.now(UTC)


class Client(requests.Session):
    """Asks the desk as one person. Paths are absolute (`/admin/…`); only `get` follows redirects."""

    def __init__(self, address: str, token: str) -> None:
        super().__init__()
        self.address = address
        self.token = token
        self.csrf = csrf_token(token)
        self.cookies.set("openhall-desk", token)

    def request(self, method: Any, url: Any, *arguments: Any, **options: Any) -> requests.Response:
        """As `requests` does it, below the desk's address."""
        options.setdefault("allow_redirects", False)
        options.setdefault("timeout", 60)
        return super().request(method, self.address + url, *arguments, **options)

    def submit(self, path: str, **fields: Any) -> requests.Response:
        """Send a form as a browser would: with its token first, and the origin."""
        form = {"csrftoken": self.csrf, **fields}
        return self.post(path, data=form, headers={"Origin": self.address, "Sec-Fetch-Site": "same-origin"})


@dataclass(frozen=True, slots=True)
class RunningDesk:
    """A served county. `engine` and `settings` are those of the server."""

    address: str
    engine: Engine
    settings: Settings
    app: Starlette

    def token(self, name: str) -> str:
        """A new session of the person of this name, or of this role."""
        with writing(self.engine) as connection:
            return open_session(connection, name, True, _now(), "127.0.0.1", "test")

    def client(self, name: str) -> Client:
        """An HTTP client that is signed in."""
        return Client(self.address, self.token(name))

    def context(self, browser: Browser, name: str, **options: Any) -> BrowserContext:
        """A browser context that is signed in; its pages take paths (`page.goto("/admin/")`). To be closed."""
        options = {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN"} | options
        context = browser.new_context(base_url=self.address, **options)
        self.sign_in(context, name)
        return context

    def sign_in(self, context: BrowserContext, name: str) -> None:
        """Have the context's pages be of this person from now on."""
        context.add_cookies([{"name": "openhall-desk", "value": self.token(name), "url": self.address}])

    def add(self, name: str, roles: Iterable[Role], organisation: str = "") -> None:
        """Add somebody who has everything that signing in asks for."""
        with writing(self.engine) as connection:
            add_person(connection, name, list(roles), PASSWORD, "tester", _now(), organisation)
            ready = update(person).where(person.c.name == name).values(one_time=False, secret="enrolled")
            connection.execute(ready)


@cache
def _schema() -> bytes:
    """An SQLite database with the newest schema and nothing in it."""
    with TemporaryDirectory() as folder:
        engine = connect(f"sqlite+pysqlite:///{folder}/schema.db")
        upgrade(engine)
        engine.dispose()
        return (Path(folder) / "schema.db").read_bytes()


@contextmanager
def running_desk(
    folder: Path,
    records: Iterable[Record] = RECORDS,
    database: str = "",
    clock: Callable[[], datetime] = _now,
) -> Iterator[RunningDesk]:
    """Found a county with these approved records in `folder` and serve it, with one person a role."""
    settings = read_settings(
        folder,
        database=database,
        title="测试县",
        public_url="http://127.0.0.1:8080",
        coordinators=[CLERKS_ORGANISATION],
    )
    if not database:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "county.db").write_bytes(_schema())
    engine = found(settings, {}, "tester", clock()).engine
    with writing(engine) as connection:
        changes = [revisions.Change.to(record) for record in records]
        drafts = revisions.add_drafts(connection, changes, "tester", clock())
        revisions.approve_founding(connection, drafts, "tester", clock())
    try:
        app = create_app(folder, clock, None, Desk(engine, settings, clock))
        with serving(app) as address:
            desk = RunningDesk(address, engine, settings, app)
            for role in ROLES:
                desk.add(role, [role], CLERKS_ORGANISATION if role == "clerk" else "")
            yield desk
    finally:
        engine.dispose()


def title(answer: requests.Response) -> str:
    """The heading of a page."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.S)
    return found[1].strip() if found else ""
