"""QR codes as modules. Pure."""

RUN = 12
"""From so many characters on, digits and capitals of an address are written in their own, shorter way."""


def modules(text: str, border: int) -> tuple[tuple[bool, ...], ...]:
    """The code of `text` at level M, row by row from the top, True is dark, with `border` modules of white around."""
    import qrcode  # here, because it imports what draws pictures, which the kiosk's start has no time for
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=border)
    code.add_data(text, optimize=RUN if text.isascii() else 0)
    code.make(fit=True)
    return tuple(tuple(row) for row in code.get_matrix())
