"""Taking part, and asking for information that is not published."""

from dataclasses import replace

from catalog.calendar import due
from catalog.offices import Offices
from catalog.records import CalendarYear, FloorPlan, Participation, PublicOrganisation
from kiosk.pages.asked import Asked, Shown
from kiosk.pages.reading import to_take
from screens.participation.page import one_participation_page, participation_page
from screens.request.page import WORKING_DAYS, RequestDesk, request_page

HANDLES = "依申请公开"
"""What a floor plan writes at the window that takes requests."""


def participation(rest: str, asked: Asked) -> Shown | None:
    """`participation` and `participation/<id>` with its parts."""
    store, today = asked.catalogue.store, asked.now.date()
    if not rest:
        page = participation_page(store.all(Participation), today, asked.words)
        return Shown("participation", page, page.title)
    record_id, _, part = rest.partition("/")
    one = store.get(Participation, record_id)
    if one is None:
        return None
    read = one_participation_page(one, part, today, asked.words)
    return Shown("reader", replace(read, actions=to_take("participation", one.id, asked)), read.title)


def request_guide(rest: str, asked: Asked) -> Shown | None:
    """`request-guide` and `request-guide/form`."""
    if rest not in ("", "form"):
        return None
    today = asked.now.date()
    answered = due(today, WORKING_DAYS, asked.catalogue.store.all(CalendarYear))
    page = request_page(rest == "form", _desk(asked), answered, asked.words)
    return Shown("request", page, page.title)


def _desk(asked: Asked) -> RequestDesk:
    """The window that takes requests, as far as the records tell."""
    for plan in asked.catalogue.store.all(FloorPlan):
        for window in plan.windows:
            if HANDLES in window.handles:
                office_id = Offices(asked.catalogue.offices).find(window.organisation)
                office = asked.catalogue.store.get(PublicOrganisation, office_id) if office_id else None
                return RequestDesk(
                    office=office.title if office else window.organisation,
                    hall=plan.title,
                    floor=window.floor,
                    window=window.code,
                    address=plan.address,
                    hours=plan.opening_hours,
                    phone=office.phone if office else "",
                )
    return RequestDesk()
