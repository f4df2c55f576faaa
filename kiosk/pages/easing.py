"""The page that makes the kiosk easier to use."""

from kiosk.pages.asked import Asked, Shown, desk
from screens.accessibility.page import accessibility_page


def accessibility(_: str, asked: Asked) -> Shown:
    """`accessibility`."""
    page = accessibility_page(asked.visit.modes, asked.visit.aloud, desk(asked), asked.words)
    return Shown("accessibility", page, asked.words("accessibility-short"))
