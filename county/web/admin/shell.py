"""What every page of the desk stands in: who asks, in which language, and how a page is drawn.

The contract of the parts. A part is a package `county/web/admin/<part>/` whose `PAGES` are listed in `site.py`:

    def queue(request: Request) -> Response:
        with desk(request).engine.connect() as connection:
            return render(request, "review/queue.html", title=words(request)("review.queue"), rows=...)

    PAGES = (Page("/review", queue, ("reviewer",), label="review.queue", group="review", icon="fa-solid fa-inbox"),)

A page that changes something has the method POST, does it inside `writing(desk(request).engine)`, and answers with
`done(request, "/admin/review", "…")`. Its form carries `{{ csrf_input(request) }}` as the first field; a script of
ours sends the same token, `<meta name="csrf-token">`, in the header X-CSRFToken. Roles, sessions and tokens are
checked before the endpoint is called (gate.py); what depends on the record, such as a clerk's organisation, is the
endpoint's. A `Refused` that an endpoint lets through becomes a page with its message and status 409.

Templates extend `page.html` and fill the block `content`; they lie in `templates/<part>/`. They see `request`,
`words`, `person` and `title`. Neither scripts nor styles stand in them: files in `static/` do, linked with
`<script src="{{ asset('review.js') }}"></script>` in the block `script`, and with the block `style` for CSS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette_admin.flash import flash as _flash
from starlette_admin.flash import get_flashed_messages

from county.accounts.people import Person
from county.settings import Settings
from county.web.admin.words import Words, load_words

REFUSED = ("message", "problem", "wrong")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages work with. `clock` gives the present as an aware time."""

    engine: Engine
    settings: Settings
    clock: Callable[[], datetime]


def desk(request: Request) -> Desk:
    """The desk that this request came to."""
    found: Desk = request.state.desk
    return found


def person(request: Request) -> Person:
    """Who is signed in. On public pages this raises AssertionError when nobody is."""
    found: Person | None = request.state.person
    assert found is not None, "nobody is signed in"
    return found


def words(request: Request) -> Words:
    """The words in the language of this request."""
    return load_words(request.state.language)


def render(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """Draw a template inside the shell. `title` is the page's heading; `message`, `problem` and `wrong` are what
    a refusal said.
    """
    say = words(request)
    refused = {name: say.said(context[name]) for name in REFUSED if context.get(name)}
    shown = {
        "person": request.state.person,
        "words": say,
        "flashed_messages": get_flashed_messages(request),
        **context,
        **refused,
    }
    response: Response = request.state.templates.TemplateResponse(request, template, shown, status)
    return response


Kind = Literal["success", "info", "warning", "error"]


def flash(request: Request, message: str, kind: Kind = "success") -> None:
    """Say something on the page that is drawn next, also after a redirect. At most some 500 characters."""
    _flash(request, words(request).said(message), kind)


def done(request: Request, url: str, message: str = "") -> Response:
    """Go on to `url` after a change (303), and say there what was done."""
    if message:
        flash(request, message)
    return RedirectResponse(url, 303)
