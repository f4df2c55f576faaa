"""The library's own texts in the language of the request, from the catalogues it brings."""

import gettext
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import pass_context


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    file = files("starlette_admin").joinpath("translations", language, "LC_MESSAGES", "admin.mo")
    with file.open("rb") as opened:
        return gettext.GNUTranslations(opened)


def _language(context: Any) -> str:
    request = context.get("request")
    language: str = request.state.language if request is not None else "zh"
    return language


@pass_context
def translated(context: Any, message: str) -> str:
    """For templates: `message` in the language of the page."""
    return _catalogue(_language(context)).gettext(message)


@pass_context
def translated_plural(context: Any, one: str, many: str, count: int) -> str:
    """For templates: the form of a message for this `count`."""
    return _catalogue(_language(context)).ngettext(one, many, count)
