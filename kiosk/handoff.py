"""What a visitor carries away: the address of the phone page as a QR code. Pure."""

from functools import lru_cache

QUIET_ZONE = 2
"""Modules of white in the picture. ISO/IEC 18004 wants four around a code; the panel behind it gives the rest."""


@lru_cache(maxsize=4)
def qr_matrix(url: str) -> tuple[tuple[bool, ...], ...]:
    """The code of `url` at level M, row by row from the top, True is dark; the quiet zone is included.

    The last few are kept, since the parts of one service show the same code; `cache_clear` forgets them.
    """
    import qrcode  # here, because it imports what draws pictures, which a start has no time for
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(url)
    code.make(fit=True)
    return tuple(tuple(row) for row in code.get_matrix())
