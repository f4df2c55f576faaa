"""The page of everything that makes the kiosk easier to see, reach, hear and read."""

from dataclasses import dataclass

from screens.shared.modes import NAMES, Modes
from screens.shared.words import Words

ICONS = {
    "large": "format-font-size-increase",
    "contrast": "contrast-circle",
    "low-reach": "human-wheelchair",
    "more-time": "clock-outline",
}


@dataclass(frozen=True, slots=True)
class Switch:
    """One thing to switch: what it is called, what it does, whether it is on, said in a word."""

    title: str
    text: str
    state: str
    on: bool
    icon: str
    route: str


@dataclass(frozen=True, slots=True)
class AccessibilityPage:
    """The switches; a button that switches all of them off again, empty while all are; what the hall has besides."""

    title: str = ""
    text: str = ""
    switches: tuple[Switch, ...] = ()
    plain_label: str = ""
    help_title: str = ""
    help: str = ""


def accessibility_page(modes: Modes, aloud: bool, desk: str, words: Words) -> AccessibilityPage:
    """`aloud` is whether the buttons for reading aloud are out; `desk` says where the guide desk is."""
    switches = [_mode(name.replace("_", "-"), getattr(modes, name), words) for name in NAMES]
    route = "do/read/off" if aloud else "do/read"
    read = Switch(
        words("mode-read"), words("mode-read-text"), _state(aloud, words), aloud, "volume-high", route
    )
    return AccessibilityPage(
        title=words("accessibility-title"),
        text=words("accessibility-text"),
        switches=(*switches[:3], read, *switches[3:]),
        plain_label="" if modes == Modes() else words("mode-none"),
        help_title=words("notice-accessibility-title"),
        help=words("notice-accessibility-text", desk=desk),
    )


def _mode(name: str, on: bool, words: Words) -> Switch:
    title, text = words(f"mode-{name}"), words(f"mode-{name}-text")
    return Switch(title, text, _state(on, words), on, ICONS[name], f"do/mode/{name}")


def _state(on: bool, words: Words) -> str:
    return words("mode-on" if on else "mode-off")
