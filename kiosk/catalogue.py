"""What the pages are made of: the records of one edition, read once."""

from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from catalog.codes import Key, codes
from catalog.directory import Directory, directory
from catalog.edition import Damaged
from catalog.links import PAGES
from catalog.records import (
    Bulletin,
    County,
    DisclosureField,
    DisclosureItem,
    FloorPlan,
    LifeEvent,
    LifeStage,
    Outline,
    Place,
    Policy,
    PublicOrganisation,
    PublicService,
    Survey,
    Tag,
)
from catalog.store import Store

if TYPE_CHECKING:
    from catalog.search.query import Index
    from screens.map.ground import Ground

AHEAD = ("stages", "events", "offices", "services", "places", "policies", "directory", "codes", "search")
"""What the pages of a first visit are made of, in the order of reading."""


class Catalogue:
    """One edition's records, kept while the edition is shown."""

    def __init__(self, store: Store, levels: Set[str] = frozenset()) -> None:
        """`levels`: those of the disclosure items to show, with items that name none; empty for all."""
        self.store, self._levels = store, levels
        self.manifest = store.manifest

    def read_ahead(self) -> None:
        """Read one more part of `AHEAD`, at a moment when nobody waits for it, so that no visitor has to."""
        with suppress(Damaged):  # whoever opens a page that is made of it will hear of it
            if unread := next((name for name in AHEAD if name not in vars(self)), ""):
                getattr(self, unread)

    @cached_property
    def county(self) -> County | None:
        """The county's own record."""
        return self.store.get(County, "county")

    @cached_property
    def stages(self) -> Sequence[LifeStage]:
        """All life stages."""
        return self.store.all(LifeStage)

    @cached_property
    def events(self) -> Sequence[LifeEvent]:
        """All life and business events."""
        return self.store.all(LifeEvent)

    @cached_property
    def services(self) -> Sequence[PublicService]:
        """All services."""
        return self.store.all(PublicService)

    @cached_property
    def offices(self) -> Sequence[PublicOrganisation]:
        """All organisations."""
        return self.store.all(PublicOrganisation)

    @cached_property
    def policies(self) -> Sequence[Policy]:
        """All policies."""
        return self.store.all(Policy)

    @cached_property
    def tags(self) -> Sequence[Tag]:
        """All tags of policy match."""
        return self.store.all(Tag)

    @cached_property
    def bulletins(self) -> Sequence[Bulletin]:
        """All bulletins."""
        return self.store.all(Bulletin)

    @cached_property
    def surveys(self) -> Sequence[Survey]:
        """The rating and all questionnaires."""
        return self.store.all(Survey)

    @cached_property
    def directory(self) -> Directory:
        """All disclosure items in their groups."""
        items, fields = self.store.all(DisclosureItem), self.store.all(DisclosureField)
        if self._levels:
            items = [item for item in items if not item.levels or self._levels & set(item.levels)]
            filled = {item.field for item in items}
            fields = [field for field in fields if field.id in filled]
        return directory(items, fields, self.offices, self.policies)

    @cached_property
    def codes(self) -> Mapping[Key, str]:
        """The short code of every record that has a phone page."""
        return codes(self.store.keys(PAGES))

    @cached_property
    def search(self) -> "Index":
        """Search over the edition."""
        return self.store.index

    @cached_property
    def places(self) -> Sequence[Place]:
        """All service points."""
        return self.store.all(Place)

    @cached_property
    def towns(self) -> Sequence[str]:
        """The towns that guided questions offer."""
        from catalog.guided.towns import towns_of  # here, because a start has no time for outlines

        return towns_of(self.store.all(Outline), self.places)

    @cached_property
    def ground(self) -> "Ground":
        """The county on a plane."""
        from screens.map.ground import ground  # here, because a start has no time for maps

        return ground(self.store.all(Outline), self.places)

    @cached_property
    def plan(self) -> FloorPlan | None:
        """The plan of the service hall."""
        return next(iter(self.store.all(FloorPlan)), None)

    @cached_property
    def hall(self) -> Place | None:
        """The service hall among the places: it has the name or the address of the floor plan."""
        if self.plan is None:
            return None
        title, address = self.plan.title, self.plan.address
        return next((p for p in self.places if p.title == title or (address and p.address == address)), None)

    @cached_property
    def guide_desk(self) -> tuple[int, str] | None:
        """Floor and name of the guide desk on the floor plan."""
        for plan in self.store.all(FloorPlan):
            for facility in plan.facilities:
                if "导办" in facility.kind or "咨询" in facility.kind:
                    return facility.floor, facility.title
        return None
