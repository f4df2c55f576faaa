"""Publishing: putting a signed edition where kiosks find it.

The order is objects, manifest, targets, snapshot, and the timestamp last. Until the timestamp is replaced nobody
sees anything new; afterwards everything it leads to is there. Every file is written aside and renamed; objects,
which are many, reach the disk together before the manifest that names them, the others one by one. A run that was
interrupted anywhere is completed by running it again, and one publisher works at a time.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from tuf.api.metadata import Metadata, Targets

from catalog.edition import Damaged
from county import audit, editions
from county.activation import activate
from county.database.engine import writing
from county.editions import Edition
from county.errors import Refused, Unready
from county.objects import Objects, is_kept, object_path
from county.repository import Put, Repository, put
from county.settings import Settings
from county.signing import metadata
from county.signing.approval import staged_targets
from county.signing.keys import read_signers


@dataclass(frozen=True, slots=True)
class Published:
    """What kiosks now find; `fresh` is False when it was already there."""

    edition: Edition
    fresh: bool


def publish(engine: Engine, settings: Settings, person: str, now: datetime, put: Put = put) -> Published:
    """Publish the signed candidate and show it on the phone pages as soon as it is in effect.

    Without a candidate, makes sure that the newest edition is shown. Raises Refused when nothing is signed,
    Unready when another publisher is at work.
    """
    with publisher(settings.folder):
        with engine.connect() as connection:
            waiting, newest = editions.candidate(connection), editions.newest_published(connection)
        if waiting is not None and waiting.state == "signed":
            _release(settings, waiting, now, put)
            with writing(engine) as connection:
                editions.move(connection, waiting.number, "published")
                audit.append(
                    connection, person, "publish", now, edition=waiting.number, digest=waiting.digest
                )
            shown = waiting
        elif newest is None or waiting is not None:
            raise Refused("没有已签名的版本,请先运行 build 和 sign")
        else:
            shown = newest
        _show(engine, settings, now, put)
        shutil.rmtree(settings.candidate, ignore_errors=True)
    return Published(shown, fresh=shown is waiting)


def show_due(engine: Engine, settings: Settings, now: datetime, put: Put = put) -> None:
    """Show on the phone pages what has come into effect since. To be called every now and then. Raises Unready."""
    with publisher(settings.folder):
        _show(engine, settings, now, put)


def refresh(settings: Settings, now: datetime, put: Put = put) -> list[str]:
    """Sign the timestamp anew, to be done daily; the snapshot too when half its time has passed.

    Returns warnings about signatures that only people can renew.
    """
    with publisher(settings.folder):
        repository = Repository(settings.repository)
        current = repository.snapshot().signed
        if current.expires - now < timedelta(days=settings.snapshot_days) / 2:
            _lead_to(settings, repository, current.meta["targets.json"].version, now, put)
        else:
            _put_timestamp(settings, repository, current.version, now, put)
        roles = {"root": repository.root().signed.expires, "targets": repository.targets().signed.expires}
    return [
        f"{role} 的签名将于 {expires:%Y-%m-%d} 到期,请尽快更新"
        for role, expires in roles.items()
        if expires - now < timedelta(days=30)
    ]


@contextmanager
def publisher(folder: Path) -> Iterator[None]:
    """Be the only publisher of this state folder. Raises Unready when there is another."""
    with (folder / "publish.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unready("另一个发布正在进行,请稍后再试") from None
        yield


def _show(engine: Engine, settings: Settings, now: datetime, put: Put) -> None:
    with engine.connect() as connection:
        due = editions.in_effect(connection, now)
    if due is not None:
        activate(settings, due, now, put)


def _release(settings: Settings, edition: Edition, now: datetime, put: Put) -> None:
    repository = Repository(settings.repository)
    staged = staged_targets(settings, edition)
    if staged is None:
        raise Refused("找不到这一版的签名,请重新运行 sign")
    if _version(repository) >= staged.signed.version and edition.number not in repository.editions():
        raise Refused("签名后仓库又有变化,请重新运行 sign")
    _put_content(settings, repository, edition, put)
    if edition.number not in repository.editions():
        _put_targets(repository, staged, put)
        _lead_to(settings, repository, staged.signed.version, now, put)


def _put_content(settings: Settings, repository: Repository, edition: Edition, put: Put) -> None:
    objects = Objects(repository.folder, settings.candidate)
    try:
        for reference in objects.below(edition.manifest.kinds):
            if not is_kept(repository.folder, reference.digest):
                path = object_path(repository.folder, reference.digest)
                put(path, objects.data(reference.digest), durable=False)
    except Damaged as error:
        raise Refused(f"待发布内容不完整({error}),请运行 build --force 重新生成并签名") from error
    os.sync()
    put(repository.manifest(edition.number, edition.digest), edition.manifest_bytes)


def _put_targets(repository: Repository, staged: Metadata[Targets], put: Put) -> None:
    root = repository.root().signed
    root.verify_delegate("targets", staged.signed_bytes, staged.signatures)
    put(repository.metadata(f"{staged.signed.version}.targets.json"), staged.to_bytes())


def _lead_to(
    settings: Settings, repository: Repository, targets_version: int, now: datetime, put: Put
) -> None:
    """Put a new snapshot and, last, the timestamp that leads to it."""
    version = repository.timestamp().signed.snapshot_meta.version + 1
    snapshot = metadata.snapshot(
        version,
        metadata.after(now, settings.snapshot_days),
        targets_version,
        read_signers(settings.keys, "snapshot"),
    )
    put(repository.metadata(f"{version}.snapshot.json"), snapshot.to_bytes())
    _put_timestamp(settings, repository, version, now, put)


def _put_timestamp(
    settings: Settings, repository: Repository, snapshot_version: int, now: datetime, put: Put
) -> None:
    timestamp = metadata.timestamp(
        repository.timestamp().signed.version + 1,
        metadata.after(now, settings.timestamp_days),
        snapshot_version,
        now,
        read_signers(settings.keys, "timestamp"),
    )
    put(repository.metadata("timestamp.json"), timestamp.to_bytes())


def _version(repository: Repository) -> int:
    return repository.targets().signed.version
