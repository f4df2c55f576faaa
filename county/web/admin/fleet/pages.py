"""The addresses of the fleet's pages."""

from county.web.admin.fleet import acts, kiosks, rings
from county.web.admin.forms import posted
from county.web.admin.page import Page

PAGES: tuple[Page, ...] = (
    Page(
        "/fleet", kiosks.fleet, kiosks.READERS, label="fleet.fleet", group="zones", icon="fa-solid fa-display"
    ),
    Page("/fleet/enrol", acts.form, kiosks.WRITERS),
    Page("/fleet/enrol", posted(acts.enrol), kiosks.WRITERS, methods=("POST",)),
    Page("/fleet/{kiosk}", kiosks.one, kiosks.READERS),
    Page("/fleet/{kiosk}/picture", kiosks.picture, kiosks.READERS),
    Page("/fleet/{kiosk}/{action}", posted(acts.act), kiosks.WRITERS, methods=("POST",)),
    Page(
        "/rings",
        rings.rings,
        rings.READERS,
        label="fleet.rings",
        group="publish",
        icon="fa-solid fa-bullseye",
    ),
    Page("/rings/{action}", posted(rings.act), rings.WRITERS, methods=("POST",)),
)
