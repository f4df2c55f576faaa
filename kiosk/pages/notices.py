"""Pages that say one thing."""

from kiosk.pages.asked import notice as notice
