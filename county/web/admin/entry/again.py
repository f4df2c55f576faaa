"""A one-time code asked for again before what takes effect: who left the desk open signs nothing."""

from collections.abc import Callable
from datetime import timedelta

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from county.web.admin.entry.signing_in import caller, entrance, reason
from county.web.admin.forms import text
from county.web.admin.shell import desk, person, render, words

RECENT = timedelta(minutes=5)
"""How long a code is good for what comes after it."""

CODE = "one-time-code"
Handle = Callable[[Request, FormData], Response]


def proven(handle: Handle, due: Callable[[Request, FormData], bool] = lambda *_: True) -> Handle:
    """`handle` behind a recent code, for forms of which `due` holds.

    Whoever gave none lately gets a page that asks for one and sends the same form once more, with all that was typed.
    People without a device give no code; every approver has one.
    """

    def handled(request: Request, form: FormData) -> Response:
        last, now = request.state.session.proven, desk(request).clock()
        if not person(request).enrolled or now - last <= RECENT or not due(request, form):
            return handle(request, form)
        given, wrong = text(form, CODE)[:64], ""
        if given:
            tried = entrance(request).again(
                desk(request).engine, request.state.session, given, caller(request), now
            )
            if tried.token:
                return handle(request, form)
            wrong = reason(request, tried, "entry.wrong-code")
        return _page(request, form, wrong)

    return handled


def _page(request: Request, form: FormData, wrong: str) -> Response:
    sent = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    return render(
        request,
        "entry/again.html",
        403,
        title=words(request)("entry.again-title"),
        fields=[(name, value) for name, value in sent if name not in (CODE, "csrftoken")],
        name=CODE,
        wrong=wrong,
    )
