"""What every command starts from: the settings, the database, the operator's name and the moment."""

import getpass
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from county.database.engine import open_database
from county.errors import Misused, Unready
from county.settings import BadSettings, Settings, read_settings


@dataclass(frozen=True, slots=True)
class Session:
    """`person` is the operating user, who stands in the audit log; `opened` is closed with the command."""

    settings: Settings
    person: str
    now: datetime
    opened: ExitStack

    @property
    def founded(self) -> bool:
        """Whether there is, or is said to be, a database to work with."""
        return bool(self.settings.database) or (self.settings.folder / "county.db").exists()

    def open_database(self) -> Engine:
        """The county's database. Raises Unready."""
        if not self.founded:
            raise Unready(f"{self.settings.folder} 尚未初始化，请先运行：python -m county init")
        engine = open_database(self.settings.database_url)
        self.opened.callback(engine.dispose)
        return engine


@contextmanager
def begin(arguments: Namespace) -> Iterator[Session]:
    """Raises Misused for settings that cannot be used."""
    given = {name: getattr(arguments, name, None) for name in ("database", *Settings.__struct_fields__)}
    given.pop("state")
    try:
        settings = read_settings(arguments.state, arguments.config, **given)
    except BadSettings as error:
        raise Misused(f"设置有误：{error}") from error
    with ExitStack() as opened:
        yield Session(settings, getpass.getuser(), datetime.now(UTC), opened)
