"""Every page of insight."""

from county.web.admin.insight import exports, looked, missed, published, topics
from county.web.admin.page import Page

PAGES: tuple[Page, ...] = (
    *looked.PAGES,
    *missed.PAGES,
    *topics.PAGES,
    *exports.PAGES,
    *published.PAGES,
)
