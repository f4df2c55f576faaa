"""A bundle: the county's repository as files in a folder, such as a USB stick, read as if they came over the network.

Nothing in it is believed for being there: it is verified exactly as what comes over the network. Only ordinary files
below the folder are read, no links and no devices.
"""

from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG
from typing import ClassVar

from tuf.api.exceptions import DownloadHTTPError

from sync.errors import Unreachable
from sync.fetcher import Source

_CHUNK = 64 * 1024


class Folder(Source):
    """Reads what lies below `url` from a folder."""

    url: ClassVar[str] = "bundle:/"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def close(self) -> None:
        """Nothing stays open."""

    def stream(self, url: str, offset: int = 0) -> Iterator[bytes]:
        """See Source."""
        path = url.removeprefix(self.url)
        self.traffic.requests += 1
        if not self._is_ordinary(path):
            raise DownloadHTTPError(f"{self._folder} has no {path}", 404)
        try:
            with (self._folder / path).open("rb") as file:
                file.seek(offset)
                while chunk := file.read(_CHUNK):
                    self.traffic.received += len(chunk)
                    yield chunk
        except OSError as error:
            raise Unreachable(f"{self._folder / path}: {error.strerror}") from error

    def _is_ordinary(self, path: str) -> bool:
        place, parts = self._folder, path.split("/")
        for number, part in enumerate(parts, 1):
            place /= part
            try:
                mode = place.lstat().st_mode
            except (OSError, ValueError):
                return False
            if part in ("", ".", "..") or (S_ISREG(mode) != (number == len(parts))) or place.is_symlink():
                return False
        return True
