"""QR codes as modules. Pure."""


def modules(text: str, border: int) -> tuple[tuple[bool, ...], ...]:
    """The code of `text` at level M, row by row from the top, True is dark, with `border` modules of white around."""
    import qrcode  # here, because it imports what draws pictures, which the kiosk's start has no time for
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=border)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    return tuple(tuple(row) for row in code.get_matrix())
