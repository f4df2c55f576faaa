"""The towns that a question of kind `place` offers. Pure."""

from collections.abc import Iterable

from catalog.records import Outline, Place


def towns_of(outlines: Iterable[Outline], places: Iterable[Place]) -> tuple[str, ...]:
    """Names of the towns on the county's map, sorted; of the towns that its places name, when the map has none."""
    drawn = {outline.title for outline in outlines if outline.outline_kind == "town"}
    return tuple(sorted(drawn or {place.town for place in places if place.town}))
