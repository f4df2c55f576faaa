"""A page that says one thing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoticePage:
    """`text` in paragraphs; the button is left out when it has no label."""

    icon: str = "information"
    title: str = ""
    text: str = ""
    label: str = ""
    route: str = ""
