"""Pages of what is no record of its own, over HTTP: groups of the disclosure directories, windows of the hall."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catalog.directory import Directory, directory
from catalog.records import (
    DisclosureField,
    DisclosureItem,
    FloorPlan,
    Place,
    PublicOrganisation,
    PublicService,
)
from catalog.store import Store
from county.web.phone.directory import group_page, overview_page
from county.web.phone.views import SMALLER, Phone, words_of
from county.web.phone.window import window_page
from county.web.shelf import active_store


@dataclass(frozen=True, slots=True)
class Listings:
    """Pages that lead to single records."""

    phone: Phone

    def routes(self) -> list[Route]:
        """To be asked before the pages of single records."""
        return [
            Route("/m/directory", self.overview, middleware=SMALLER),
            Route("/m/directory/{kind}/{key}", self.group, middleware=SMALLER),
            Route("/m/window/{floor:int}/{code}", self.window, middleware=SMALLER),
        ]

    def overview(self, request: Request) -> Response:
        """Every group of the disclosure directories."""
        chosen = words_of(request)
        with active_store(self.phone.state) as store:
            page = overview_page(_directory(store), chosen)
            return self.phone.drawn(request, "directory", page, store, (), chosen)

    def group(self, request: Request) -> Response:
        """The entries of one field, category, office or level; `-` stands for entries that name no level."""
        chosen = words_of(request)
        kind, key = request.path_params["kind"], request.path_params["key"].removeprefix("-")
        number = request.query_params.get("page", "1")
        if not (number.isascii() and number.isdigit() and len(number) < 6):
            raise HTTPException(404)
        with active_store(self.phone.state) as store:
            page = group_page(kind, key, int(number), _directory(store), chosen)
            if page is None:
                raise HTTPException(404)
            return self.phone.drawn(request, "directory", page, store, (), chosen)

    def window(self, request: Request) -> Response:
        """A window of the hall, by its floor and the code on its sign."""
        chosen = words_of(request)
        sign = (request.path_params["floor"], request.path_params["code"])
        with active_store(self.phone.state) as store:
            found = next(
                (
                    (plan, window)
                    for plan in store.all(FloorPlan)
                    for window in plan.windows
                    if (window.floor, window.code) == sign
                ),
                None,
            )
            if found is None:
                raise HTTPException(404)
            page = window_page(*found, store.all(Place), store.all(PublicService), chosen)
            return self.phone.drawn(request, "window", page, store, (), chosen)


def _directory(store: Store) -> Directory:
    return directory(store.all(DisclosureItem), store.all(DisclosureField), store.all(PublicOrganisation))
