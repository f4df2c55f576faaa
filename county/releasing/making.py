"""Making a candidate in the background: building takes seconds, and nobody should wait with an open request.

What is under way is known to this process only. When it dies, the database says whether there is a candidate, and
what was not looked at yet is looked at again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock, Thread
from typing import Literal
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from county import editions
from county.building import build
from county.clock import local
from county.errors import CountyError
from county.publishing import publish
from county.releasing.outlook import look
from county.settings import Settings
from county.signing.approval import sign
from county.signing.keys import read_signers

_log = logging.getLogger(__name__)

Stage = Literal["", "building", "checking", "signing", "publishing"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be made: an edition of what is approved, or with the content of edition `copy_of`.

    `effective` None means at once. With `straight` it is signed with the keys on disk and published, which a
    demonstration may do.
    """

    person: str
    effective: datetime | None = None
    copy_of: int | None = None
    force: bool = False
    straight: bool = False


@dataclass(slots=True)
class Maker:
    """Makes one candidate at a time. `stage` is empty when nothing is under way; `problem` is how the last ended."""

    engine: Engine
    stage: Stage = ""
    problem: str = ""
    _busy: Lock = field(default_factory=Lock)

    def begin(self, settings: Settings, wish: Wish, clock: Callable[[], datetime]) -> bool:
        """Start making, unless something is being made."""
        if not self._busy.acquire(blocking=False):
            return False
        self.stage, self.problem = "building", ""
        Thread(target=self._work, args=(settings, wish, clock), daemon=True).start()
        return True

    def _work(self, settings: Settings, wish: Wish, clock: Callable[[], datetime]) -> None:
        try:
            self._make(settings, wish, clock)
        except (CountyError, OSError) as error:
            self.problem = str(error)
        except SQLAlchemyError:
            _log.exception("the edition could not be made")
            self.problem = "数据库暂时无法使用，没有生成新版本，请稍后再试"
        finally:
            self.stage = ""
            self._busy.release()

    def _make(self, settings: Settings, wish: Wish, clock: Callable[[], datetime]) -> None:
        made = build(
            self.engine,
            settings,
            wish.person,
            clock(),
            force=wish.force,
            copy_of=wish.copy_of,
            effective=wish.effective,
        )
        if made.edition is None:
            self.problem = "与已发布的版本相同，没有生成新版本"
            return
        self.stage = "checking"
        look(self.engine, settings, made.edition, local(clock()).date())
        if wish.straight:
            self.stage = "signing"
            keys = read_signers(settings.keys, "targets")
            sign(self.engine, settings, made.edition, keys, wish.person, clock())
            self.stage = "publishing"
            publish(self.engine, settings, wish.person, clock())

    def look_again(self, settings: Settings, clock: Callable[[], datetime]) -> bool:
        """Look at a candidate that nobody has looked at, such as one that the command line built."""
        if not self._busy.acquire(blocking=False):
            return False
        self.stage, self.problem = "checking", ""
        Thread(target=self._look, args=(settings, clock), daemon=True).start()
        return True

    def _look(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        try:
            with self.engine.connect() as connection:
                waiting = editions.candidate(connection)
            if waiting is not None:
                look(self.engine, settings, waiting, local(clock()).date())
        except (CountyError, OSError, SQLAlchemyError) as error:
            _log.exception("the candidate could not be looked at")
            self.problem = str(error)
        finally:
            self.stage = ""
            self._busy.release()


_makers: WeakKeyDictionary[Engine, Maker] = WeakKeyDictionary()


def maker(engine: Engine) -> Maker:
    """The maker of this engine's county; one for as long as the engine lives."""
    return _makers.setdefault(engine, Maker(engine))
