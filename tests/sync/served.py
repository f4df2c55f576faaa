"""A real county server on loopback for boxes: founded, with its database, publishing on request."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from catalog.box import Command
from catalog.enrolment import Code
from catalog.records import Record
from county.building import build
from county.database.engine import writing
from county.fleet import commands, kiosks
from county.fleet.kiosks import Kiosk
from county.founding import found
from county.publishing import publish
from county.repository import Repository
from county.settings import Settings, read_settings
from county.signing.approval import sign
from county.signing.keys import read_signers
from county.web.admin.shell import Desk
from county.web.app import create_app
from tests.county.catalogue import approve
from tests.web.serving import serving


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class ServedCounty:
    """The county behind `url`, which ends in a slash."""

    settings: Settings
    engine: Engine
    url: str

    def publish(self, records: Sequence[Record]) -> int:
        """Approve these records and publish; the number of the edition."""
        approve(self.engine, list(records))
        built = build(self.engine, self.settings, "tester", now(), force=True)
        assert built.edition
        keys = read_signers(self.settings.keys, "targets")
        sign(self.engine, self.settings, built.edition, keys, "approver", now())
        return publish(self.engine, self.settings, "tester", now()).edition.number

    def code(self, name: str = "一号机", replaces: str = "", group: str = "") -> Code:
        """An enrolment code."""
        data = Repository(self.settings.repository).metadata("1.root.json").read_bytes()
        place = Kiosk(replaces, name, "hall", group, "", "")
        with writing(self.engine) as connection:
            return kiosks.make_code(connection, place, (1, data), "admin", now(), os.urandom)

    def ask(self, kiosk: str, command: str, **fields: str) -> Command:
        """Send a command to a kiosk."""
        asked = Command(
            id=os.urandom(16).hex(),
            kind=command,  # type: ignore[arg-type]
            sent=now(),
            expires=now() + timedelta(minutes=5),
            **fields,  # type: ignore[arg-type]
        )
        with writing(self.engine) as connection:
            commands.send(connection, kiosk, asked, "admin", now())
        return asked


@contextmanager
def served_county(folder: Path) -> Iterator[ServedCounty]:
    """Found a county below `folder` and serve it."""
    settings = read_settings(folder, title="测试县")
    engine = found(settings, {}, "tester", now()).engine
    app = create_app(settings.folder, now, desk=Desk(engine, settings, now))
    with serving(app) as address:
        yield ServedCounty(settings, engine, address + "/")
    engine.dispose()
