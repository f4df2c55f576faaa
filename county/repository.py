"""The published repository: static files that any web server can serve.

    metadata/   TUF, consistent snapshots: N.root.json N.targets.json N.rings.json N.snapshot.json timestamp.json
    targets/    editions/<sha256>.<n>.json, the manifests
    objects/    <first two hex digits>/<digest>

`timestamp.json` is the one name whose content changes. What it leads to is published, anything else is not.
"""

import os
from pathlib import Path
from typing import Any, Protocol

from tuf.api.metadata import Metadata, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization import DeserializationError

from catalog.durable import flush, replace
from catalog.rings import TARGET, Plan, read_plan
from county.errors import Unready


class Put(Protocol):
    """Writes a file, in a folder made when missing, so that a reader sees all of it or nothing. Raises OSError.

    With `durable` it has survived a power cut when the call returns.
    """

    def __call__(self, path: Path, data: bytes, *, durable: bool = True) -> None: ...


def put(path: Path, data: bytes, *, durable: bool = True) -> None:
    """The Put of production."""
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True)
        flush(path.parent.parent)
    if durable:
        replace(path, data)
        return
    draft = path.with_name(path.name + ".new")
    draft.write_bytes(data)
    os.replace(draft, path)


class Repository:
    """A repository on disk, read along the chain from its timestamp."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def metadata(self, name: str) -> Path:
        """Path of a metadata file."""
        return self.folder / "metadata" / name

    def manifest(self, number: int, digest: str) -> Path:
        """Path of an edition's manifest."""
        return self.folder / "targets" / "editions" / f"{digest}.{number}.json"

    def root(self) -> Metadata[Root]:
        """The newest root. Raises Unready when there is none."""
        names = [path.name for path in self.folder.glob("metadata/*.root.json")]
        return self._read(max(names, key=_version, default="1.root.json"))

    def timestamp(self) -> Metadata[Timestamp]:
        """The timestamp. Raises Unready."""
        return self._read("timestamp.json")

    def snapshot(self) -> Metadata[Snapshot]:
        """The snapshot that the timestamp names. Raises Unready."""
        return self._read(f"{self.timestamp().signed.snapshot_meta.version}.snapshot.json")

    def targets(self) -> Metadata[Targets]:
        """The targets that the snapshot names. Raises Unready."""
        return self._read(f"{self.snapshot().signed.meta['targets.json'].version}.targets.json")

    def rings(self) -> Metadata[Targets]:
        """The rings that the snapshot names. Raises Unready."""
        return self._read(f"{self.snapshot().signed.meta['rings.json'].version}.rings.json")

    def plan(self) -> Plan:
        """Which ring may take which edition now. Raises Unready."""
        return read_plan(self.rings().signed.targets[TARGET].unrecognized_fields["custom"])

    def editions(self) -> dict[int, TargetFile]:
        """The published editions that kiosks can still ask for, oldest first. Raises Unready."""
        listed = {
            _version(path.split("/")[1]): target for path, target in self.targets().signed.targets.items()
        }
        return dict(sorted(listed.items()))

    def _read(self, name: str) -> Metadata[Any]:
        try:
            return Metadata.from_bytes(self.metadata(name).read_bytes())
        except FileNotFoundError:
            raise Unready(f"仓库缺少 {name}，请先运行：python -m county init") from None
        except DeserializationError as error:
            raise Unready(f"仓库中的 {name} 已损坏，请从备份恢复：{error}") from error


def target_path(number: int) -> str:
    """The TUF target path of an edition's manifest."""
    return f"editions/{number}.json"


def _version(name: str) -> int:
    return int(name.split(".")[0])
