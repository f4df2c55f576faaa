"""A kiosk's view of a repository: python-tuf's own client over the files on disk."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec
from tuf.api.exceptions import DownloadHTTPError
from tuf.api.metadata import Metadata, Targets
from tuf.ngclient import FetcherInterface, Updater

from catalog.edition import Manifest, ObjectReference, decode_manifest, logical_digest, unpack, walk
from county.objects import object_path


class Disk(FetcherInterface):
    """Fetches `file:` addresses and counts the bytes; a missing file is a 404."""

    def __init__(self) -> None:
        self.bytes: dict[str, int] = {}

    def _fetch(self, url: str) -> Iterator[bytes]:
        path = Path(unquote(urlsplit(url).path))
        if not path.is_file():
            raise DownloadHTTPError(f"no {path.name}", 404)
        data = path.read_bytes()
        self.bytes[path.name] = len(data)
        yield data


class Client:
    """Trusts the repository's first root and follows it from there."""

    def __init__(self, repository: Path, folder: Path) -> None:
        self._repository = repository
        self._folder = folder
        self._objects: set[str] = set()
        self.fetched: dict[str, int] = {}
        folder.mkdir()
        (folder / "targets").mkdir()
        self._root = (repository / "metadata" / "1.root.json").read_bytes()

    def pull(self) -> Manifest | None:
        """Refresh and take the newest edition with all its objects, checked. `fetched` then has what it took."""
        disk = Disk()
        updater = Updater(
            metadata_dir=str(self._folder),
            metadata_base_url=(self._repository / "metadata").as_uri() + "/",
            target_dir=str(self._folder / "targets"),
            target_base_url=(self._repository / "targets").as_uri() + "/",
            fetcher=disk,
            bootstrap=self._root,
        )
        updater.refresh()
        self.fetched = disk.bytes
        listed: Metadata[Targets] = Metadata.from_file(str(self._folder / "targets.json"))
        if not listed.signed.targets:
            return None
        newest = max(int(path.split("/")[1].split(".")[0]) for path in listed.signed.targets)
        target = updater.get_targetinfo(f"editions/{newest}.json")
        assert target is not None
        path = updater.download_target(target, str(self._folder / "manifest"))
        manifest = decode_manifest(Path(path).read_bytes())
        lines = sorted(
            (root.kind, msgspec.json.decode(line)["id"], line)
            for root in manifest.kinds
            for line in walk(root.root, self._read)
        )
        assert logical_digest(lines) == manifest.logical_digest
        return manifest

    def _read(self, reference: ObjectReference) -> bytes:
        data = object_path(self._repository, reference.digest).read_bytes()
        if reference.digest not in self._objects:
            self._objects.add(reference.digest)
            self.fetched[reference.digest] = len(data)
        return unpack(data, reference)
