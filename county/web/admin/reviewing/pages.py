"""The pages of reviewing."""

from county.web.admin.page import Page
from county.web.admin.reviewing import drafts, queue, rules, text

PAGES: tuple[Page, ...] = (*queue.PAGES, *drafts.PAGES, *text.PAGES, *rules.PAGES)
