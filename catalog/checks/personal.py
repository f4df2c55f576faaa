"""Numbers that belong to persons: whether what looks like one can be one."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def is_identity_number(text: str) -> bool:
    """Whether 18 characters carry the check character of GB 11643 (ISO 7064 MOD 11-2)."""
    number = text.upper()
    if len(number) != 18 or not number[:17].isdecimal():
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECKS[total % 11] == number[17]


def is_card_number(text: str) -> bool:
    """Whether the digits of a bank card add up (ISO/IEC 7812, Luhn)."""
    if not text.isdecimal():
        return False
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(text))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
