"""A founded county whose application takes boxes in."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette

from catalog.enrolment import Code
from county.database.engine import writing
from county.fleet import kiosks
from county.fleet.kiosks import Kiosk
from county.repository import Repository
from county.settings import Settings
from county.web.api.endpoints import Api
from tests.county.catalogue import NOW
from tests.county.fleet.box import TalkingBox

PLACE = Kiosk("", "大厅一号机", "hall", "", "", "")


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api(county: Engine, settings: Settings, clock: Clock) -> Api:
    return Api(county, settings.folder, clock, lambda: 0.0, quota=(50, 1))


@pytest.fixture
def app(api: Api) -> Starlette:
    return Starlette(routes=api.routes())


@pytest.fixture
def code(county: Engine, settings: Settings, clock: Clock) -> Callable[..., Code]:
    """Makes a code: `code()` for a new kiosk, `code(kiosk_id)` to replace one."""

    def make(replaces: str = "", root: int = 1) -> Code:
        data = Repository(settings.repository).metadata(f"{root}.root.json").read_bytes()
        place = Kiosk(replaces, PLACE.name, PLACE.zone, PLACE.group, "", "")
        with writing(county) as connection:
            return kiosks.make_code(connection, place, (root, data), "admin", clock(), os.urandom)

    return make


@pytest.fixture
def box(app: Starlette, code: Callable[..., Code]) -> TalkingBox:
    """A box that was taken in."""
    box = TalkingBox(app)
    assert box.enrol(code()).status == 200
    return box
