"""Drawing a page with its template."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from catalog.text import digest
from county.web.phone.frame import Frame
from county.web.phone.words import Words


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages load; its name changes with its content."""

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Drawing:
    """Templates with the style and the script that belong to them."""

    environment: Environment
    style: Asset
    script: Asset

    def page(self, template: str, page: Any, frame: Frame, words: Words) -> str:
        """A whole HTML page. Every text is escaped."""
        drawn = self.environment.get_template(f"{template}.html")
        return drawn.render(
            page=page,
            frame=frame,
            words=words,
            style=f"/m/static/{self.style.name}",
            script=f"/m/static/{self.script.name}",
        )


@cache
def load_drawing() -> Drawing:
    """Read the style and the script and prepare the templates."""
    environment = Environment(
        loader=PackageLoader("county.web.phone"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return Drawing(environment, _asset("phone.css", "text/css"), _asset("phone.js", "text/javascript"))


def _asset(name: str, media_type: str) -> Asset:
    body = files("county.web.phone").joinpath("static", name).read_bytes()
    stem, _, suffix = name.partition(".")
    return Asset(f"{stem}.{digest(body)[:12]}.{suffix}", media_type, body)
