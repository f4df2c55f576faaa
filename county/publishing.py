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
from catalog.rings import Plan
from county import audit, editions
from county.activation import activate
from county.database.engine import writing
from county.editions import Edition
from county.errors import Refused, Unready
from county.fleet import reports, rollouts
from county.objects import Objects, kept, object_path
from county.repository import Put, Repository, put
from county.settings import Settings
from county.signing import online
from county.signing.approval import staged_targets
from county.signing.metadata import RINGS


@dataclass(frozen=True, slots=True)
class Published:
    """What kiosks now find; `fresh` is False when it was already there."""

    edition: Edition
    fresh: bool


def publish(
    engine: Engine, settings: Settings, person: str, now: datetime, put: Put = put, urgent: bool = False
) -> Published:
    """Publish the signed candidate and show it on the phone pages as soon as it is in effect.

    It spreads in rings, if there are any, unless it is `urgent` or brings an emergency.
    Without a candidate, makes sure that the newest edition is shown. Raises Refused when nothing is signed,
    Unready when another publisher is at work.
    """
    with publisher(settings.folder):
        with engine.connect() as connection:
            waiting, newest = editions.candidate(connection), editions.newest_published(connection)
        if waiting is not None and waiting.state == "signed":
            with engine.connect() as connection:
                urgent = urgent or editions.brings_emergency(connection, waiting.number)
                plan = rollouts.wanted(connection, waiting.number, urgent)
                if waiting.number not in Repository(settings.repository).editions():
                    reports.require_unseen(connection, waiting.number)
            _release(settings, waiting, plan, now, put)
            with writing(engine) as connection:
                editions.move(connection, waiting.number, "published")
                rollouts.begin(connection, waiting.number, urgent, now)
                audit.append(
                    connection, person, "publish", now, edition=waiting.number, digest=waiting.digest
                )
            shown = waiting
        elif newest is None or waiting is not None:
            raise Refused("没有已签名的版本，请先运行 build 和 sign")
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
    """Sign the timestamp anew, to be done daily; rings and snapshot too when half their time has passed.

    Returns warnings about signatures that only people can renew.
    """
    with publisher(settings.folder):
        repository = Repository(settings.repository)
        online.renew(settings, repository, now, put)
        roles = {"root": repository.root().signed.expires, "targets": repository.targets().signed.expires}
    return [
        f"{role} 的签名将于 {expires:%Y-%m-%d} 到期，请尽快更新"
        for role, expires in roles.items()
        if expires - now < timedelta(days=30)
    ]


def spread(engine: Engine, settings: Settings, now: datetime, put: Put = put) -> bool:
    """Sign what the kiosks of each ring may take now; whether that is something else. Raises Unready."""
    with publisher(settings.folder):
        repository = Repository(settings.repository)
        with engine.connect() as connection:
            plan = rollouts.wanted(connection)
        if plan == repository.plan():
            return False
        version = online.put_rings(settings, repository, plan, now, put)
        online.lead_to(settings, repository, {**online.current(repository), RINGS: version}, now, put)
    return True


@contextmanager
def publisher(folder: Path) -> Iterator[None]:
    """Be the only publisher of this state folder. Raises Unready when there is another."""
    with (folder / "publish.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unready("另一个发布正在进行，请稍后再试") from None
        yield


def _show(engine: Engine, settings: Settings, now: datetime, put: Put) -> None:
    with engine.connect() as connection:
        due = editions.in_effect(connection, now)
    if due is not None:
        activate(settings, due, now, put)


def _release(settings: Settings, edition: Edition, plan: Plan, now: datetime, put: Put) -> None:
    repository = Repository(settings.repository)
    staged = staged_targets(settings, edition)
    if staged is None:
        raise Refused("找不到这一版的签名，请重新运行 sign")
    if _version(repository) >= staged.signed.version and edition.number not in repository.editions():
        raise Refused("签名后仓库又有变化，请重新运行 sign")
    _put_content(settings, repository, edition, put)
    if edition.number not in repository.editions():
        _put_targets(repository, staged, put)
        versions = {**online.current(repository), "targets": staged.signed.version}
        if plan != repository.plan():
            versions[RINGS] = online.put_rings(settings, repository, plan, now, put)
        online.lead_to(settings, repository, versions, now, put)


def _put_content(settings: Settings, repository: Repository, edition: Edition, put: Put) -> None:
    objects = Objects(repository.folder, settings.candidate)
    try:
        for reference in objects.below(edition.manifest.kinds):
            if kept(repository.folder, reference.digest) is None:
                path = object_path(repository.folder, reference.digest)
                put(path, objects.data(reference.digest), durable=False)
    except Damaged as error:
        raise Refused(f"待发布内容不完整（{error}），请运行 build --force 重新生成并签名") from error
    os.sync()
    put(repository.manifest(edition.number, edition.digest), edition.manifest_bytes)


def _put_targets(repository: Repository, staged: Metadata[Targets], put: Put) -> None:
    root = repository.root().signed
    root.verify_delegate("targets", staged.signed_bytes, staged.signatures)
    put(repository.metadata(f"{staged.signed.version}.targets.json"), staged.to_bytes())


def _version(repository: Repository) -> int:
    return repository.targets().signed.version
