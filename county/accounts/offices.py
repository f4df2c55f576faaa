"""The offices that people belong to, as the published catalogue has them."""

import msgspec
from sqlalchemy import Connection

from county.database.tables import revision
from county.revisions import newest_approved


class _Titled(msgspec.Struct):
    title: str


def office_titles(connection: Connection) -> dict[str, str]:
    """Id of each organisation → its title, ordered by title."""
    query = newest_approved().where(revision.c.kind == "organisation", revision.c.body.is_not(None))
    titled = (
        (row.record, msgspec.json.decode(row.body, type=_Titled).title) for row in connection.execute(query)
    )
    return dict(sorted(titled, key=lambda pair: pair[1]))
