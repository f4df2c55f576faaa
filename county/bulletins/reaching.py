"""How far a bulletin has come on its way to the kiosks."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from county import editions
from county.bulletins.emergencies import Step
from county.database.tables import edition, edition_revision

Stage = Literal["unbuilt", "built", "signed", "published"]
"""没有生成版本、待签名、待发布、已发布."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The newest edition with the bulletin, 0 without one."""

    stage: Stage
    edition: int = 0


def reach(connection: Connection, step: Step) -> Reach:
    """How far the text of a confirmed step has come."""
    shown = (
        select(edition.c.number, edition.c.state)
        .join(edition_revision, edition_revision.c.edition == edition.c.number)
        .where(edition_revision.c.revision == step.revision, edition.c.state != "abandoned")
        .order_by(edition.c.number.desc())
    )
    found = {row.state: row.number for row in reversed(connection.execute(shown).all())}
    for stage in ("published", "signed", "built"):
        if stage in found:
            return Reach(stage, found[stage])
    return Reach("unbuilt")


def waiting_edition(connection: Connection) -> int:
    """The number of the edition that waits to be signed or published, 0 when none does."""
    waiting = editions.candidate(connection)
    return 0 if waiting is None else waiting.number
