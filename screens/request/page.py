"""The guide to asking for information.

Every rule is one of 政府信息公开条例 (国务院令第711号, 2019), and the words name its article. Nothing is typed
here: the form is only shown.
"""

from dataclasses import dataclass

from catalog.calendar import Due
from screens.reader.page import Block
from screens.shared.item import Paragraph, Tab, Tile
from screens.shared.words import Words

WORKING_DAYS = 20
"""Art. 33."""


@dataclass(frozen=True, slots=True)
class RequestDesk:
    """The window that takes requests; empty where the county's records do not say."""

    office: str = ""
    hall: str = ""
    floor: int = 0
    window: str = ""
    address: str = ""
    hours: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class FormBox:
    """An empty box of the form: what belongs in it, a hint below, how many lines high."""

    label: str
    hint: str = ""
    lines: int = 1


@dataclass(frozen=True, slots=True)
class RequestPage:
    """The guide in `rows`, the form in `boxes`; `form` says which of them is shown where there is one column."""

    title: str = ""
    text: str = ""
    tabs: tuple[Tab, ...] = ()
    rows: tuple[Block, ...] = ()
    form: bool = False
    form_title: str = ""
    form_text: str = ""
    boxes: tuple[FormBox, ...] = ()


def request_page(form: bool, desk: RequestDesk, answered: Due, words: Words) -> RequestPage:
    """`answered` is the last day for the answer to a request that is made today."""
    return RequestPage(
        title=words("request-guide"),
        text=words("request-text"),
        tabs=(
            Tab(words("request-how"), "request-guide", not form),
            Tab(words("request-form"), "request-guide/form", form),
        ),
        rows=(*_rules(answered, words), *_where(desk, words), *_ways_on(words)),
        form=form,
        form_title=words("request-form-title"),
        form_text=words("request-form-text"),
        boxes=_boxes(words),
    )


def _rules(answered: Due, words: Words) -> tuple[Block, ...]:
    day = words("request-due", day=words.day(answered.date), weekday=words.weekday(answered.date))
    return (
        Paragraph(words("request-what"), "heading"),
        Paragraph(words("request-what-1")),
        Paragraph(words("request-what-2")),
        Paragraph(words("request-do"), "heading"),
        Paragraph(words("request-do-1")),
        Paragraph(words("request-do-2")),
        Paragraph(words("request-do-3")),
        Paragraph(words("request-when"), "heading"),
        Paragraph(words("request-when-1", days=WORKING_DAYS), "question"),
        Paragraph(words("request-estimate", due=day) if answered.estimated else day),
        Paragraph(words("request-when-2", days=WORKING_DAYS)),
        Paragraph(words("request-cost"), "heading"),
        Paragraph(words("request-cost-1")),
        Paragraph(words("request-appeal"), "heading"),
        Paragraph(words("request-appeal-1")),
    )


def _where(desk: RequestDesk, words: Words) -> tuple[Block, ...]:
    place = words("floor-window", floor=desk.floor, window=desk.window) if desk.window else ""
    facts = (
        (words("window"), " ".join(part for part in (desk.hall, place) if part)),
        (words("address"), desk.address),
        (words("opening-hours"), desk.hours),
        (words("authority"), desk.office),
        (words("phone"), desk.phone),
    )
    known = [(label, text) for label, text in facts if text]
    if not known:
        known = [(words("window"), words("request-where-ask"))]
    pairs = (block for label, text in known for block in (Paragraph(label, "label"), Paragraph(text)))
    return (Paragraph(words("request-where"), "heading"), *pairs)


def _ways_on(words: Words) -> tuple[Block, ...]:
    return (
        Tile(words("disclosure"), words("request-look-first"), "disclosure", "book-open-variant"),
        Tile(words("call-guide"), words("request-help"), "guide", "hand-wave"),
    )


def _boxes(words: Words) -> tuple[FormBox, ...]:
    """What art. 29 asks for."""
    return (
        FormBox(words("form-name"), words("form-name-hint")),
        FormBox(words("form-identity"), words("form-identity-hint")),
        FormBox(words("form-contact"), words("form-contact-hint")),
        FormBox(words("form-information"), words("form-information-hint"), 3),
        FormBox(words("form-shape"), words("form-shape-hint")),
    )
