"""All pages of supervision."""

from county.web.admin.page import Page
from county.web.admin.supervision import calendar, overview, publications, reports, rules, zones

PAGES: tuple[Page, ...] = (
    *overview.PAGES,
    *publications.PAGES,
    *calendar.PAGES,
    *reports.PAGES,
    *rules.PAGES,
    *zones.PAGES,
)
