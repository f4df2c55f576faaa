"""Days and moments are the county's wherever the server stands."""

import ast
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import county
from county.accounts.sessions import open_session
from county.database.engine import writing
from county.editing.checking import check_now
from tests.web.addresses import addresses
from tests.web.desk import Client, RunningDesk, running_desk

NIGHT = datetime(2027, 3, 4, 17, 30, tzinfo=UTC)
"""In the county it is the fifth already, in Greenwich and in New York still the fourth."""
ZONES = ("Asia/Shanghai", "UTC", "America/New_York")
PASSING = re.compile(r'csrf[^>]*(value|content)="[^"]*"|\\?v=[0-9a-f]*')


@pytest.fixture(scope="module")
def night_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    with running_desk(tmp_path_factory.mktemp("night"), clock=lambda: NIGHT) as desk:
        check_now(desk.engine, NIGHT)  # or the page of findings would begin to, and change in between
        yield desk


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Sets the server's zone, and puts it back."""
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def client(desk: RunningDesk, name: str) -> Client:
    with writing(desk.engine) as connection:
        token = open_session(connection, name, True, NIGHT, "127.0.0.1", "test")
    return Client(desk.address, token)


@pytest.mark.parametrize("address", sorted({*addresses(), "/admin/records/service/birth"}))
def test_a_page_is_the_same_wherever_the_server_stands(
    night_desk: RunningDesk, zone: pytest.MonkeyPatch, address: str
) -> None:
    asking = client(night_desk, addresses().get(address, "clerk"))
    texts = {}
    for name in ZONES:
        zone.setenv("TZ", name)
        time.tzset()
        answer = asking.get(address)
        assert answer.status_code == 200
        texts[name] = PASSING.sub("", answer.text)
    assert set(texts.values()) == {texts["Asia/Shanghai"]}


def test_no_code_asks_for_the_servers_zone() -> None:
    folder = Path(county.__file__).parent
    asked = [
        f"{path.relative_to(folder)}:{call.lineno}"
        for path in folder.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and not call.args
        and not call.keywords
        and ast.unparse(call.func).endswith((".astimezone", "datetime.now", "date.today", "fromtimestamp"))
    ]
    asked += [
        str(path) for path in folder.rglob("*.html") if ".astimezone" in path.read_text(encoding="utf-8")
    ]
    assert asked == []
