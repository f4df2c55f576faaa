"""Read a sheet as JSON, write its PDF: `python -m catalog.sheet a4 <sheet.json >sheet.pdf`.

A program of its own, so that whoever asks for it can go on, stop waiting, or end it.
"""

import sys
from datetime import UTC, datetime

import msgspec

from catalog.sheet.draw import draw
from catalog.sheet.layout import FORMS
from catalog.sheet.page import Sheet
from catalog.sheet.words import sheet_words


def main(arguments: list[str]) -> int:
    """0, or 1 for text that is no sheet, or 2 for a paper that is not known."""
    if len(arguments) != 1 or arguments[0] not in FORMS:
        print(f"usage: python -m catalog.sheet {{{','.join(FORMS)}}} <sheet.json >sheet.pdf", file=sys.stderr)
        return 2
    try:
        sheet = msgspec.json.decode(sys.stdin.buffer.read(), type=Sheet)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        print(f"no sheet: {error}", file=sys.stderr)
        return 1
    sys.stdout.buffer.write(draw(sheet, arguments[0], sheet_words(sheet.language), datetime.now(UTC)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
