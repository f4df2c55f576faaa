"""All pages of emergencies."""

from county.web.admin.bulletins import asking, emergencies
from county.web.admin.page import Page

PAGES: tuple[Page, ...] = (*emergencies.PAGES, *asking.PAGES)
