"""A page that says one thing."""

from dataclasses import dataclass

from catalog.records import Bulletin
from screens.shared.words import Words


@dataclass(frozen=True, slots=True)
class NoticePage:
    """`text` in paragraphs; the button is left out when it has no label."""

    icon: str = "information"
    title: str = ""
    text: str = ""
    label: str = ""
    route: str = ""


def bulletin_page(bulletin: Bulletin, words: Words) -> NoticePage:
    """A bulletin in full: what, where, until when, what to do, from whom."""
    until = words("until", moment=f"{bulletin.ends:%Y-%m-%d %H:%M}") if bulletin.ends else ""
    lines = [
        bulletin.body,
        bulletin.area,
        *(f"· {measure}" for measure in bulletin.measures),
        until,
        " ".join(part for part in (bulletin.issuer, bulletin.phone) if part),
    ]
    text = "\n".join(line for line in lines if line)
    return NoticePage("bullhorn", bulletin.title, text, words("to-home"), "home")
