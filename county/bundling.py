"""A bundle: what is published, as files in a folder that somebody carries to a kiosk without a network.

They are the published files themselves, but for the timestamp: it bears the number of the one that is published at the
same moment and is good for longer, so a box may see the one or the other first. The timestamp is written last, so a
folder that was copied half leads nowhere.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from catalog.edition import Damaged, decode_manifest
from county.errors import Refused
from county.objects import Objects, object_path
from county.publishing import publisher
from county.repository import Put, Repository, put
from county.settings import Settings
from county.signing import metadata, online
from county.signing.keys import read_signers

DAYS = 30
"""How long a bundle can be used."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was written: the newest edition in it, until when it can be used, files and bytes."""

    edition: int
    expires: datetime
    files: int
    bytes: int


def bundle(settings: Settings, folder: Path, now: datetime, put: Put = put) -> Bundle:
    """Write what is published into `folder`, which is new, empty or an older bundle.

    Raises Refused when nothing is published or the folder holds something else, Unready, OSError.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "metadata").is_dir():
        raise Refused(f"{folder} 里有别的文件，请换一个空文件夹")
    with publisher(settings.folder):
        repository = Repository(settings.repository)
        if not repository.editions():
            raise Refused("还没有发布过任何版本，请先运行 publish")
        versions = online.current(repository)
        if metadata.RINGS in versions:
            versions[metadata.RINGS] = online.put_rings(settings, repository, repository.plan(), now, put)
        online.lead_to(settings, repository, versions, now, put)
        size = files = 0
        for path in _files(repository):
            data = path.read_bytes()
            put(folder / path.relative_to(repository.folder), data, durable=False)
            files, size = files + 1, size + len(data)
        os.sync()
        expires = metadata.after(now, DAYS)
        put(folder / "metadata" / "timestamp.json", _timestamp(settings, repository, expires, now))
    return Bundle(max(repository.editions()), expires, files + 1, size)


def _timestamp(settings: Settings, repository: Repository, expires: datetime, now: datetime) -> bytes:
    published = repository.timestamp().signed
    signers = read_signers(settings.keys, "timestamp")
    longer = metadata.timestamp(published.version, expires, published.snapshot_meta.version, now, signers)
    return longer.to_bytes()


def _files(repository: Repository) -> Iterator[Path]:
    """Everything a box may ask for but the timestamp. Raises Refused."""
    objects = Objects(repository.folder)
    found = set()
    for number, target in repository.editions().items():
        path = repository.manifest(number, target.hashes["sha256"])
        try:
            manifest = decode_manifest(path.read_bytes())
            for reference in objects.below(manifest.kinds):
                objects.data(reference.digest)
                found.add(object_path(repository.folder, reference.digest))
        except (Damaged, FileNotFoundError) as error:
            raise Refused(f"仓库不完整（{error}），请从备份恢复") from error
        found.add(path)
    yield from sorted(found)
    yield from sorted(repository.folder.glob("metadata/*.root.json"))
    snapshot = repository.snapshot().signed
    for name, meta in snapshot.meta.items():
        yield repository.metadata(f"{meta.version}.{name}")
    yield repository.metadata(f"{snapshot.version}.snapshot.json")
