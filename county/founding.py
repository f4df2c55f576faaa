"""Founding a county server: database, keys, an empty signed repository, the county's record, an administrator.

Everything that is there already stays, so founding again completes what an interrupted run left.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from catalog.records import County, Record
from catalog.rings import Plan
from county import audit, revisions, seeds
from county.accounts.people import add_person, new_password
from county.database.accounts import person
from county.database.engine import connect, upgrade, writing
from county.repository import Repository, put
from county.settings import Settings
from county.signing import metadata
from county.signing.keys import Signers, make_keys

ADMINISTRATOR = "admin"


@dataclass(frozen=True, slots=True)
class Founded:
    """The open database; the administrator's one-time password when one was made just now; how many records wait
    for a review, because the county has published already."""

    engine: Engine
    password: str = ""
    drafts: int = 0


def found(settings: Settings, given: Mapping[str, Any], author: str, now: datetime) -> Founded:
    """Found the server in the settings' state folder; `given` are the options on the command line.

    Raises Misused, Unready.
    """
    settings.folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    engine = connect(settings.database_url)
    upgrade(engine)
    _sign_empty_repository(settings, now)
    with writing(engine) as connection:
        drafts = _enter(connection, _seeds(connection, settings, given, now), author, now)
        if connection.scalar(select(func.count()).select_from(person)):
            return Founded(engine, drafts=drafts)
        password = new_password()
        add_person(connection, ADMINISTRATOR, ["administrator"], password, author, now)
    return Founded(engine, password)


def _seeds(
    connection: Connection, settings: Settings, given: Mapping[str, Any], now: datetime
) -> list[Record]:
    existing = (revisions.latest if revisions.founded(connection) else revisions.published)(connection)
    known = {(type(record), record.id) for record in existing}
    county = next((record for record in existing if isinstance(record, County)), None)
    profile = seeds.county(settings) if county is None else seeds.updated(county, given)
    years = [year for year in seeds.calendar_years(now.date()) if (type(year), year.id) not in known]
    return [*years, *([] if profile == county else [profile])]


def _enter(connection: Connection, records: list[Record], author: str, now: datetime) -> int:
    """Enter records; returns how many must be reviewed first, which is none until an edition was published."""
    if not records:
        return 0
    numbers = revisions.add_drafts(
        connection, [revisions.Change.to(record) for record in records], author, now
    )
    audit.append(connection, author, "init", now, records=len(records))
    if revisions.founded(connection):
        return len(numbers)
    revisions.approve_founding(connection, numbers, author, now)
    return 0


def _sign_empty_repository(settings: Settings, now: datetime) -> None:
    repository = Repository(settings.repository)
    if repository.metadata("timestamp.json").exists():
        return
    people = {"root": settings.root_keys, "targets": settings.targets_keys}
    counts = {**people, "snapshot": 1, "timestamp": 1, metadata.RINGS: 1}
    signers = make_keys(settings.keys, counts)
    for name, data in _first_metadata(settings, signers, now).items():
        put(repository.metadata(name), data)


def _first_metadata(settings: Settings, signers: Signers, now: datetime) -> dict[str, bytes]:
    """File name → content, in the order of writing."""
    thresholds = {"root": settings.root_threshold, "targets": settings.targets_threshold}
    root = metadata.root(signers, thresholds, metadata.after(now, settings.root_days))
    rings_keys = [signer.public_key for signer in signers[metadata.RINGS]]
    targets = metadata.targets(1, metadata.after(now, settings.targets_days), {}, rings_keys)
    metadata.sign(targets, signers["targets"])
    rings = metadata.rings(1, metadata.after(now, settings.rings_days), Plan(), signers[metadata.RINGS])
    first = {"targets": 1, metadata.RINGS: 1}
    snapshot = metadata.snapshot(1, metadata.after(now, settings.snapshot_days), first, signers["snapshot"])
    timestamp = metadata.timestamp(
        1, metadata.after(now, settings.timestamp_days), 1, now, signers["timestamp"]
    )
    return {
        "1.root.json": root.to_bytes(),
        "1.targets.json": targets.to_bytes(),
        "1.rings.json": rings.to_bytes(),
        "1.snapshot.json": snapshot.to_bytes(),
        "timestamp.json": timestamp.to_bytes(),
    }
