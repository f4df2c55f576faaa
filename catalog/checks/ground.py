"""Whose catalogue this is: the offices and the places that a county's texts may name as its own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.offices import Offices
from catalog.records import County, Outline, Place, PublicOrganisation, Record

_SUFFIX = re.compile("(?:自治县|自治旗|[县市区旗镇乡]|街道)$")


@dataclass(frozen=True, slots=True)
class Ground:
    """`places` are the names of the county and of what its map shows.

    `stems` are these and the names of towns that its places lie in, without 县, 区 and the like.
    """

    offices: Offices
    places: frozenset[str]
    stems: frozenset[str]


def ground_of(records: Iterable[Record]) -> Ground:
    """The ground of the county whose records these are."""
    known = list(records)
    offices = Offices(record for record in known if isinstance(record, PublicOrganisation))
    titles = {record.title for record in known if isinstance(record, County | Outline)}
    places = titles | offices.places
    names = places | {record.town for record in known if isinstance(record, Place)}
    stems = {stem for name in names if len(stem := _SUFFIX.sub("", name)) > 1}
    return Ground(offices, frozenset(places), frozenset(stems))
