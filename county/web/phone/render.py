"""Drawing a page with its template."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from catalog.text import digest
from county.web.phone.frame import Frame
from county.web.phone.words import Words

_INDENT = re.compile(r"\n\s+")
_GUIDE = ("guided.js", "elements.js", "outcome.js", "guide.js")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages load; its name changes with its content."""

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Drawing:
    """Templates with the style and the scripts that belong to them."""

    environment: Environment
    assets: Mapping[str, Asset]
    """By the name that templates use."""

    def page(self, template: str, page: Any, frame: Frame, words: Words) -> str:
        """A whole HTML page. Every text is escaped."""
        drawn = self.environment.get_template(f"{template}.html").render(
            page=page,
            frame=frame,
            words=words,
            asset=lambda name: f"/m/static/{self.assets[name].name}",
        )
        return _INDENT.sub("\n", drawn)


@cache
def load_drawing() -> Drawing:
    """Read the style and the scripts and prepare the templates."""
    environment = Environment(
        loader=PackageLoader("county.web.phone"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made = {
        "phone.css": _asset("phone.css", "text/css", "phone.css"),
        "phone.js": _asset("phone.js", "text/javascript", "phone.js"),
        "list.js": _asset("list.js", "text/javascript", "list.js"),
        "guide.js": _asset("guide.js", "text/javascript", *_GUIDE),
    }
    return Drawing(environment, made)


def _shortened(source: str) -> str:
    """Without indents and lines of comment: whoever wants to read it has the repository."""
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


def _asset(name: str, media_type: str, *parts: str) -> Asset:
    folder = files("county.web.phone").joinpath("static")
    body = _shortened("".join(folder.joinpath(part).read_text("utf-8") for part in parts)).encode()
    stem, _, suffix = name.partition(".")
    return Asset(f"{stem}.{digest(body)[:12]}.{suffix}", media_type, body)
