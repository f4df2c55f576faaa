"""Bringing the box to the county's newest edition."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from catalog.edition import PROGRAM_VERSION, SCHEMA, Damaged, Manifest, decode_manifest
from sync.client import County, Listed
from sync.errors import Unfit, Unstorable, Untrusted
from sync.shelf import Progress, Shelf


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the kiosk shows after a pull: an edition's number and digest, 0 and empty when there is none yet."""

    edition: int = 0
    digest: str = ""
    changed: bool = False
    objects: int = 0


class _Reader(msgspec.Struct):
    """What a manifest asks of its reader; all that is read of one that is too new."""

    schema: int = 1
    min_program: int = 1


def pull(county: County, shelf: Shelf, now: datetime, progress: Progress) -> Outcome:
    """Bring the box to the county's newest edition. Raises SyncError; the kiosk then keeps what it shows."""
    try:
        return _pull(county, shelf, now, progress)
    except Damaged as error:
        raise Untrusted(str(error)) from error
    except OSError as error:
        raise Unstorable(str(error)) from error


def _pull(county: County, shelf: Shelf, now: datetime, progress: Progress) -> Outcome:
    offer = county.refresh(now)
    shown, kept = shelf.shown(), shelf.kept()
    early: list[Listed] = []
    for listed in offer.editions:
        if kept.get(listed.edition, listed.digest) != listed.digest:
            raise Untrusted(f"edition {listed.edition} was signed twice")
        if listed.edition < max(kept, default=0) or (shown and listed.digest == shown.digest):
            break
        manifest = _readable(shelf.manifest(listed, county), listed)
        if manifest.effective <= offer.time:
            objects = shelf.fetch(manifest, county, progress)
            shelf.build(listed, manifest)
            shelf.activate(listed, now)
            shelf.sweep(early)
            return Outcome(listed.edition, listed.digest, changed=True, objects=objects)
        early.append(listed)
    shelf.sweep(early)
    return Outcome(shown.edition, shown.digest) if shown else Outcome()


def _readable(data: bytes, listed: Listed) -> Manifest:
    """The manifest. Raises Unfit when it is for a newer program, Untrusted when it contradicts its name."""
    try:
        reader = msgspec.json.decode(data, type=_Reader)
        if reader.schema > SCHEMA or reader.min_program > PROGRAM_VERSION:
            raise Unfit(f"edition {listed.edition} needs a newer program (needs_upgrade)")
        manifest = decode_manifest(data)
    except (msgspec.DecodeError, Damaged) as error:
        raise Untrusted(f"edition {listed.edition}: {error}") from error
    if manifest.edition != listed.edition:
        raise Untrusted(f"edition {listed.edition} calls itself {manifest.edition}")
    return manifest
