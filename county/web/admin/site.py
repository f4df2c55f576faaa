"""The parts of the desk. A part is listed here and nowhere else."""

from county.web.admin import start
from county.web.admin.entry import devices, passwords, signing_in
from county.web.admin.flows import editor
from county.web.admin.page import Page
from county.web.admin.view import DeskView

PAGES: tuple[Page, ...] = (
    *start.PAGES,
    *signing_in.PAGES,
    *passwords.PAGES,
    *devices.PAGES,
    *editor.PAGES,
)

VIEWS: tuple[type[DeskView], ...] = ()
