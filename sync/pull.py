"""Bringing the box to the county's newest edition."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from catalog.edition import PROGRAM_VERSION, SCHEMA, Damaged, Manifest, decode_manifest
from sync.client import County, Listed, Offer
from sync.errors import Unfit, Untrusted, unstorable
from sync.shelf import Progress, Shelf


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the kiosk shows after a pull: an edition's number and digest, 0 and empty when there is none yet."""

    edition: int = 0
    digest: str = ""
    changed: bool = False
    objects: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """The moment of a pull: the time, how many visits the kiosk has counted, and whether to go through everything."""

    time: datetime
    visits: int = 0
    thorough: bool = False


class _Reader(msgspec.Struct):
    """What a manifest asks of its reader; all that is read of one that is too new."""

    schema: int = 1
    min_program: int = 1


def pull(county: County, shelf: Shelf, moment: Moment, progress: Progress) -> tuple[Outcome, Offer]:
    """Bring the box to the county's newest edition. Raises SyncError; the kiosk then keeps what it shows.

    What is damaged on the box is made good first, as far as that can be done without the county.
    """
    try:
        shelf.mend()
        offer = county.refresh(moment.time)
        return _take(offer, county, shelf, moment, progress), offer
    except Damaged as error:
        raise Untrusted(str(error), "malformed") from error
    except OSError as error:
        raise unstorable(error) from error


def _take(offer: Offer, county: County, shelf: Shelf, moment: Moment, progress: Progress) -> Outcome:
    shown, kept, rejected = shelf.shown(), shelf.kept(), shelf.rejected()
    early: list[Listed] = []
    for listed in offer.editions:
        if kept.get(listed.edition, listed.digest) != listed.digest:
            raise Untrusted(f"edition {listed.edition} was signed twice", "signed_twice")
        if listed.digest in rejected:
            continue
        same = shown is not None and listed.digest == shown.digest
        if listed.edition < max(kept, default=0) or (same and not moment.thorough):
            break
        manifest = _readable(shelf.manifest(listed, county), listed)
        if manifest.effective <= offer.time:
            shelf.make_sure_of_space(manifest)
            objects = shelf.fetch(manifest, county, progress)
            shelf.build(listed, manifest)
            changed = shelf.activate(listed, moment.time, moment.visits)
            shelf.sweep(early)
            return Outcome(listed.edition, listed.digest, changed, objects)
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
        raise Untrusted(f"edition {listed.edition}: {error}", "malformed") from error
    if manifest.edition != listed.edition:
        raise Untrusted(f"edition {listed.edition} calls itself {manifest.edition}")
    return manifest
