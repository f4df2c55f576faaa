"""The library's templates, made fit for a strict content security policy as they are loaded.

Every script and style gets the request's nonce, handlers written into attributes become hooks of `desk.js`, and
nothing refers to another host.
"""

import re
from collections.abc import Callable

from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, PrefixLoader

_CHANGES = (
    (re.compile(r"<(script|style)(?=[\s>])"), r'<\1 nonce="{{ request.state.nonce }}"'),
    (re.compile(r'onchange="window\.location = this\.value"'), 'data-desk="go"'),
    (re.compile(r'onclick="applyColumnVisibility\(\)"'), 'data-desk="columns"'),
)
FORBIDDEN = re.compile(r"""\son[a-z]+\s*=\s*["']|https?://(?!www\.w3\.org/)|javascript:""")
"""What must not be left in a template."""


class Hardened(BaseLoader):
    """Loads what another loader finds, changed as the module says."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The changed source. Raises TemplateNotFound."""
        source, path, fresh = self._loader.get_source(environment, template)
        for pattern, replacement in _CHANGES:
            source = pattern.sub(replacement, source)
        return source, path, fresh

    def list_templates(self) -> list[str]:
        """The names of the other loader's templates."""
        return self._loader.list_templates()


def desk_loader() -> BaseLoader:
    """Our templates, then the library's; `@core/…` names the library's own where ours has the same name."""
    library = Hardened(PackageLoader("starlette_admin", "templates"))
    return ChoiceLoader([PackageLoader("county.web.admin"), library, PrefixLoader({"@core": library})])
