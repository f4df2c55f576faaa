"""CSV that spreadsheet programs open rightly: UTF-8 with a mark, and nothing in it is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet program may carry out (OWASP, CSV injection)."""

Cell = str | int | float | None


def delimited(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as CSV (RFC 4180). A text that looks like a formula gets an apostrophe in front; numbers are left alone."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    cleaned = cell.replace("\0", "")
    return (
        f"'{cleaned}"
        if cleaned.lstrip(" \u3000").startswith(_FORMULA) or cleaned.startswith(_FORMULA)
        else cleaned
    )
