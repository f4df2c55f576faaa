"""The staff's pages. They need no edition, since staff may have to see why there is none."""

from datetime import datetime
from math import ceil

from kiosk.pages.asked import Asked, Shown
from kiosk.staff import Readings, Staff
from screens.notice.page import NoticePage
from screens.pin.page import pin_page
from screens.shared.words import Words
from screens.staff.page import Fact, staff_page


def staff(_: str, asked: Asked) -> Shown:
    """`staff`."""
    return panel(asked.visit.staff, asked.now, asked.words)


def panel(staff: Staff, now: datetime, words: Words) -> Shown:
    """The pad, the panel, or why there is neither."""
    title = words("staff")
    if not staff.has_pin:
        page = NoticePage("lock", title, words("staff-no-pin"), words("to-home"), "home")
        return Shown("notice", page, title)
    if not staff.open:
        blocked = staff.blocked_until
        seconds = ceil((blocked - now).total_seconds()) if blocked and blocked > now else 0
        return Shown("pin", pin_page(len(staff.digits), staff.said, seconds, words), title)
    if staff.cleaning_left:
        text = words("staff-cleaning-text", seconds=staff.cleaning_left)
        return Shown("notice", NoticePage("water", words("staff-cleaning"), text), title)
    return Shown(
        "staff", staff_page(facts(staff.readings, now, words), staff.said, staff.printer, words), title
    )


def facts(readings: Readings, now: datetime, words: Words) -> tuple[Fact, ...]:
    """The readings in words."""
    confirmed = readings.confirmed
    moment = words.moment(confirmed.astimezone(now.tzinfo), now) if confirmed else words("staff-never")
    network = words(f"staff-network-{readings.network or 'unknown'}")
    values = {
        "edition": str(readings.edition or "–"),
        "digest": readings.digest[:16] or "–",
        "confirmed": moment,
        "network": network,
        "uptime": words("staff-hours", hours=f"{readings.uptime / 3600:.1f}"),
        "memory": f"{readings.memory / 1e6:.0f} MB",
        "disk": f"{readings.disk_free / 1e9:.1f} GB",
    }
    return tuple(Fact(words(f"staff-{name}"), value) for name, value in values.items())
