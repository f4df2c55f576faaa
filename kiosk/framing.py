"""What stands around every screen, whoever the visitor is: whose kiosk it is, the time, and how old the content is."""

from datetime import datetime, timedelta

from catalog.box import Status
from kiosk.catalogue import Catalogue
from screens.frame.page import FramePage, clock_text, confirmed, stale, title_of, updated
from screens.shared.words import Words

REFUSED = ("untrusted", "unfit")
"""What sync says when newer content came and was not taken."""


def framed(
    catalogue: Catalogue | None, status: Status | None, now: datetime, limit: timedelta, words: Words
) -> FramePage:
    """The frame without what is the visitor's; `limit` is how long content may stay unconfirmed."""
    if catalogue is None:
        return FramePage(title=title_of(None, words), clock=clock_text(now, words))
    county = catalogue.county
    last = status.confirmed if status else None
    refused = status is not None and status.network in REFUSED
    return FramePage(
        title=title_of(county, words),
        clock=clock_text(now, words),
        notice=words("demonstration") if county and county.demonstration else "",
        updated=updated(catalogue.manifest.created, now, words),
        confirmed=confirmed(last, now, words),
        stale=stale(last, now, limit, refused, words),
    )
