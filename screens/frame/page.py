"""What stands around every screen."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from catalog.records import County
from screens.shared.item import Crumb, Tile, Voice
from screens.shared.words import Words

CRUMB_COLUMNS = 36
"""Letters of a title in the breadcrumb; a Chinese character counts as two."""
CONFIRMED_LATELY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class FramePage:
    """Title bar, breadcrumb, bottom bar and, while counting down, the countdown's words."""

    title: str = ""
    clock: str = ""
    updated: str = ""
    confirmed: str = ""
    notice: str = ""
    stale: str = ""
    alarm: str = ""
    """Emergencies that the visitor put away, and the label of the button that brings them back."""
    alarm_label: str = ""
    lowered: str = ""
    """Says where the page is in low reach."""
    crumbs: tuple[Crumb, ...] = ()
    buttons: tuple[Tile, ...] = ()
    read_note: str = ""
    read_buttons: tuple[Tile, ...] = ()
    countdown: str = ""
    countdown_text: str = ""
    continue_label: str = ""
    erase_label: str = ""


def updated(created: datetime, now: datetime, words: Words) -> str:
    """When the content was made."""
    return words("updated", moment=words.moment(created.astimezone(now.tzinfo), now))


def confirmed(last: datetime | None, now: datetime, words: Words) -> str:
    """How long ago the county last confirmed that there is nothing newer; empty when lately."""
    if last is None:
        return words("not-confirmed")
    return words("confirmed", age=words.age(now - last)) if now - last > CONFIRMED_LATELY else ""


def stale(last: datetime | None, now: datetime, limit: timedelta, refused: bool, words: Words) -> str:
    """The banner for content that could not be confirmed for longer than `limit`, or that is still the old one because
    newer content was refused; empty when it need not be shown.
    """
    if last is None or now - last <= limit:
        return words("refused") if refused else ""
    return words("stale", age=words.age(now - last))


def title_of(county: County | None, words: Words) -> str:
    """The zone's name."""
    return words.either(county.zone_title, county.zone_title_en) if county else words("zone")


def clock_text(now: datetime, words: Words) -> str:
    """Day, weekday and time."""
    return words("clock", day=words.day(now.date()), weekday=words.weekday(now.date()), clock=f"{now:%H:%M}")


def read_bar(voice: Voice, volume: int, words: Words) -> tuple[str, tuple[Tile, ...]]:
    """A line about reading aloud, and its buttons."""
    doing = {"ready": words("read-ready"), "reading": words("read-now"), "mute": words("read-mute")}[voice]
    reading = voice == "reading"
    loudness = words("read-volume", volume=volume)
    return f"{doing} · {loudness}", (
        Tile(
            words("read-stop" if reading else "read-page"),
            "",
            "do/read",
            "close-circle" if reading else "volume-high",
        ),
        Tile(words("read-quieter"), "", "do/read/quieter", "minus"),
        Tile(words("read-louder"), "", "do/read/louder", "plus"),
        Tile(words("read-off"), "", "do/read/off", "close"),
    )


def bottom_bar(chosen: int, erasable: bool, words: Words) -> tuple[Tile, ...]:
    """The buttons that are always there, in their order; erasing as soon as there is something to erase."""
    buttons = [
        Tile(words("back"), "", "do/back", "arrow-left"),
        Tile(words("home"), "", "home", "home"),
        Tile(words("basket-count", count=chosen) if chosen else words("basket"), "", "basket", "qrcode"),
        Tile(words("accessibility"), "", "accessibility", "human-handsup"),
        Tile(words("other-language"), "", "do/language", "translate"),
        Tile(words("call-guide"), "", "guide", "hand-wave"),
    ]
    if erasable:
        buttons.append(Tile(words("erase"), "", "do/erase", "eraser"))
    return tuple(buttons)


def counting(page: FramePage, seconds: int, words: Words) -> FramePage:
    """The same page, asking whether the visitor is still there for so many seconds more."""
    return replace(
        page,
        countdown=words("still-there"),
        countdown_text=words("countdown", seconds=seconds),
        continue_label=words("continue"),
        erase_label=words("erase-now"),
    )
