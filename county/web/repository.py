"""The signed repository as static files.

Only names that the repository's format defines are answered, so neither a half-written file nor anything else
in the folder can be fetched. Everything is immutable under its name except `timestamp.json`.
"""

import re

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_NAMES = re.compile(
    r"metadata/(?P<timestamp>timestamp\.json)"
    r"|metadata/[1-9][0-9]*\.[a-z][a-z0-9_-]*\.json"
    r"|targets/editions/[0-9a-f]{64}\.[1-9][0-9]*\.json"
    r"|objects/(?P<slot>[0-9a-f]{2})/(?P=slot)[0-9a-f]{62}"
)
IMMUTABLE = "public, max-age=31536000, immutable"


class Repository(StaticFiles):
    """Answers GET and HEAD below the repository folder, with ETag and ranges."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file at `path`. Raises HTTPException 404 for any other name, 405 for any other method."""
        name = _NAMES.fullmatch(path)
        if name is None:
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache" if name["timestamp"] else IMMUTABLE
        return response
