"""Forms of the desk: read in the event loop, handled in the thread pool."""

import re
from collections.abc import Callable
from datetime import date, datetime

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from county.clock import local
from county.errors import Refused
from county.web.admin.page import Endpoint

Fields = FormData | QueryParams
"""What was sent: a form, or the query of an address."""

MOST_FIELDS = 2000
LONGEST = 64 * 1024


def posted(handle: Callable[[Request, FormData], Response]) -> Endpoint:
    """An endpoint that reads the form and has `handle` answer it."""

    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
            return await run_in_threadpool(handle, request, form)

    return endpoint


def text(form: Fields, name: str) -> str:
    """The text of a field without the space around it; empty when there is none, or a file."""
    value = form.get(name, "")
    return value.strip()[:LONGEST] if isinstance(value, str) else ""


def day(form: Fields, name: str) -> date | None:
    """The day of a field such as 2026-11-22, None when it is empty. Raises Refused."""
    given = text(form, name)
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Refused(f"“{given[:20]}”不是日期，请写成 2026-11-22 的样子") from None


def moment(form: Fields, name: str) -> datetime | None:
    """The moment of a field such as 2026-11-22T09:30 on the county's clocks. Raises Refused."""
    given = text(form, name)
    if not given:
        return None
    try:
        return local(datetime.fromisoformat(given))
    except (ValueError, OverflowError):
        raise Refused(f"“{given[:20]}”不是时间，请写成 2026-11-22T09:30 的样子") from None


def number(form: Fields, name: str) -> int:
    """The whole number of a field. Raises Refused."""
    given = text(form, name)
    if not re.fullmatch(r"-?[0-9]{1,9}", given):
        raise Refused(f"“{given[:20]}”不是整数")
    return int(given)


def degrees(form: Fields, name: str) -> float | None:
    """Degrees with a decimal point, None when the field is empty. Raises Refused."""
    given = text(form, name)
    if not given:
        return None
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,12})?", given):
        raise Refused(f"“{given[:20]}”不是经纬度，请写成 116.4 的样子")
    return float(given)


def uploaded(form: FormData, name: str, most: int) -> tuple[str, bytes]:
    """Name and content of a file, both empty without one; of more than `most` bytes one too many are read."""
    file = form.get(name)
    if not isinstance(file, UploadFile):
        return "", b""
    with file.file as content:
        return file.filename or "", content.read(most + 1)
