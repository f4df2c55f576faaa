"""The parts of the desk. A part is listed here and nowhere else."""

from county.web.admin import start
from county.web.admin.account import founding, log, mine, staff
from county.web.admin.bulletins import pages as bulletins
from county.web.admin.entry import devices, passwords, signing_in
from county.web.admin.fleet import pages as fleet
from county.web.admin.flows import editor
from county.web.admin.guide import pages as guide
from county.web.admin.importing import pages as importing
from county.web.admin.insight import pages as insight
from county.web.admin.page import Page
from county.web.admin.publishing import pages as publishing
from county.web.admin.records import pages as records
from county.web.admin.reviewing import pages as reviewing
from county.web.admin.supervision import pages as supervision

PAGES: tuple[Page, ...] = (
    *start.PAGES,
    *signing_in.PAGES,
    *passwords.PAGES,
    *devices.PAGES,
    *records.PAGES,
    *mine.PAGES,
    *founding.PAGES,
    *staff.PAGES,
    *log.PAGES,
    *editor.PAGES,
    *guide.PAGES,
    *importing.PAGES,
    *reviewing.PAGES,
    *publishing.PAGES,
    *supervision.PAGES,
    *bulletins.PAGES,
    *fleet.PAGES,
    *insight.PAGES,
)
