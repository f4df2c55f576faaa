"""What a visitor carries away as a QR code: the address of the phone page, or the text itself. Pure."""

from functools import lru_cache

from catalog.qr import modules

QUIET_ZONE = 2
"""Modules of white in the picture. ISO/IEC 18004 wants four around a code; the panel behind it gives the rest."""


@lru_cache(maxsize=4)
def qr_matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """The code of `text`, as catalog.qr gives it; the quiet zone is included.

    The last few are kept, since the parts of one service show the same code; `cache_clear` forgets them.
    """
    return modules(text, QUIET_ZONE)
