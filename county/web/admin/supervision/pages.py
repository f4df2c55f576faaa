"""All pages of supervision."""

from county.web.admin.page import Page
from county.web.admin.supervision import bulk, calendar, overview, publications, reports, rules, zones

PAGES: tuple[Page, ...] = (
    *overview.PAGES,
    *bulk.PAGES,
    *publications.PAGES,
    *calendar.PAGES,
    *reports.PAGES,
    *rules.PAGES,
    *zones.PAGES,
)
