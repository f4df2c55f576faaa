"""Phone pages: what a visitor reads after scanning a QR code, drawn from the signed edition.

A page is a frozen value, built by a pure function from records; a template draws it. What a visitor ticks or
chooses stays on the phone: it is in the URL fragment or the browser's storage and is never sent.
"""
