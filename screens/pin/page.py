"""The pad for the staff's PIN."""

from dataclasses import dataclass

from screens.shared.words import Words

LONGEST = 12
ROWS = ("123", "456", "789")


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the pad: a label or an icon, and what it does."""

    label: str = ""
    icon: str = ""
    route: str = ""


@dataclass(frozen=True, slots=True)
class PinPage:
    """`dots` stands for the digits typed so far."""

    title: str = ""
    text: str = ""
    dots: str = ""
    rows: tuple[tuple[Key, ...], ...] = ()
    label: str = ""
    route: str = ""


def pin_page(digits: int, said: str, seconds: int, words: Words) -> PinPage:
    """The pad with so many digits on it; `seconds` until the next try counts."""
    text = (
        words("staff-wait", seconds=seconds) if seconds else words(said) if said else words("staff-pin-text")
    )
    rows = [tuple(Key(digit, route=f"do/staff/digit/{digit}") for digit in row) for row in ROWS]
    delete = Key(icon="keyboard-backspace", route="do/staff/delete")
    rows.append((delete, Key("0", route="do/staff/digit/0"), Key(icon="check", route="do/staff/open")))
    return PinPage(words("staff"), text, "●" * digits or "–", tuple(rows), words("staff-leave"), "do/erase")


def typed(digits: str, digit: str) -> str:
    """The digits after one more."""
    return (digits + digit)[:LONGEST] if digit.isascii() and digit.isdigit() and len(digit) == 1 else digits
