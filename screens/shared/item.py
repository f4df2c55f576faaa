"""Values that several pages show."""

from dataclasses import dataclass
from typing import Literal

Look = Literal["body", "heading", "question", "label"]
Spans = tuple[tuple[int, int], ...]
"""Parts of a text, each from its first character to before its last."""
Voice = Literal["ready", "reading", "mute"]
"""How the voice is: nobody asked, it reads, or the last reading could not be heard."""


@dataclass(frozen=True, slots=True)
class Tile:
    """Something to choose: an icon, a name, a hint and where it leads. `tint` is an index into the tile tints.

    `marks` are the parts of the name, and `hint_marks` those of the hint, that answer what was searched for.
    """

    title: str
    hint: str
    route: str
    icon: str = ""
    tint: int = 0
    marks: Spans = ()
    hint_marks: Spans = ()


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of a page to choose."""

    label: str
    route: str
    chosen: bool


@dataclass(frozen=True, slots=True, repr=False)
class Paragraph:
    """A piece of a long text. A `label` is small and stands above what it names; a `question` is bold.

    There is no repr, since Kivy asks for that of every value that goes through its rules.
    """

    text: str
    look: Look = "body"


@dataclass(frozen=True, slots=True)
class Crumb:
    """One part of the breadcrumb; the last one has no route."""

    title: str
    route: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Handoff:
    """What the QR panel shows: the address, the code's modules row by row, the host in words, the buttons.

    `choose_route` puts the record on the take-away list or takes it off.
    """

    url: str = ""
    matrix: tuple[tuple[bool, ...], ...] = ()
    host: str = ""
    title: str = ""
    text: str = ""
    choose_label: str = ""
    choose_icon: str = "playlist-plus"
    choose_route: str = ""
    larger_label: str = ""
    larger_icon: str = "qrcode"
    larger_route: str = ""
