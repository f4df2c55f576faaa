"""The pages of importing and exporting."""

from county.web.admin.importing import exporting, jobs, report, templates
from county.web.admin.page import Page

PAGES: tuple[Page, ...] = (*jobs.PAGES, *exporting.PAGES, *report.PAGES, *templates.PAGES)
