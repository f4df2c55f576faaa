"""Everything on the county's server is an attacker's: database, disk, the keys of snapshot, timestamp and rings.

What only people hold, the keys of root and targets, is elsewhere. Whatever the attacker does, no word of theirs
reaches what the kiosk reads, and the box keeps what it shows.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import zstandard
from securesystemslib.signer import CryptoSigner
from sqlalchemy import insert, text
from tuf.api.metadata import TargetFile

from catalog.box import Command, read_active, read_commands
from catalog.edition import encode_manifest, pack_edition
from catalog.enrolment import new_code
from catalog.records import Record
from catalog.rings import Plan, Ring
from catalog.store import Store
from catalog.text import digest, encode
from county.building import build
from county.database.engine import writing
from county.database.fleet import command
from county.repository import Repository, put, target_path
from county.signing import metadata, online
from county.signing.keys import make_keys, read_signers
from sync.__main__ import main
from sync.identity import read_identity
from tests.county.catalogue import approve, organisation
from tests.sync.served import ServedCounty, now, served_county

pytestmark = pytest.mark.slow
CANARY = "攻击者的话"


@dataclass
class Taken:
    """A county that was taken over, and a box that trusts what people signed before."""

    county: ServedCounty
    box: Path

    @property
    def repository(self) -> Repository:
        return Repository(self.county.settings.repository)

    def look(self) -> int:
        main(["--once", "--state", str(self.box)])
        active = read_active(self.box)
        assert active
        return active.edition


@pytest.fixture
def taken(tmp_path: Path) -> Iterator[Taken]:
    with served_county(tmp_path / "county") as county:
        county.publish([organisation(1)])
        county.publish([organisation(1), organisation(2)])
        box = tmp_path / "box"
        assert main(["enrol", "--state", str(box), county.url, county.code().text]) == 0
        taken = Taken(county, box)
        assert taken.look() == 2
        for role in ("root", "targets"):
            for path in county.settings.keys.glob(f"{role}-*"):
                path.unlink()
        yield taken


def lead_to(taken: Taken, targets_version: int) -> None:
    versions = {**online.current(taken.repository), "targets": targets_version}
    online.lead_to(taken.county.settings, taken.repository, versions, now(), put)


def forged_edition(taken: Taken) -> bytes:
    """Put an edition of the attacker's own text; its manifest."""
    folder = taken.county.settings.repository

    def keep(name: str, data: bytes) -> None:
        put(folder / "objects" / name[:2] / name, data)

    records: list[Record] = [organisation(1, CANARY)]
    data = encode_manifest(pack_edition(records, keep, edition=3, created=now()))
    put(taken.repository.manifest(3, digest(data)), data)
    return data


def sign_with_online_keys(taken: Taken) -> None:
    data = forged_edition(taken)
    keys = taken.county.settings.keys
    listed = {target_path(3): TargetFile.from_data(target_path(3), data, ["sha256"])}
    current = taken.repository.targets().signed
    forged = metadata.targets(
        current.version + 1, metadata.after(now(), 30), listed, metadata.rings_keys(current)
    )
    for role in ("snapshot", "timestamp", "rings"):
        metadata.sign(forged, read_signers(keys, role))
    put(taken.repository.metadata(f"{current.version + 1}.targets.json"), forged.to_bytes())
    lead_to(taken, current.version + 1)


def sign_with_keys_of_their_own(taken: Taken) -> None:
    sign_with_online_keys(taken)
    current = taken.repository.targets()
    metadata.sign(current, [CryptoSigner.generate_ed25519()])
    put(taken.repository.metadata(f"{current.signed.version}.targets.json"), current.to_bytes())


def put_a_root_of_their_own(taken: Taken) -> None:
    signers = make_keys(taken.county.settings.folder / "theirs", dict.fromkeys(("root", "targets"), 1))
    theirs = {
        **signers,
        **{r: read_signers(taken.county.settings.keys, r) for r in ("snapshot", "timestamp")},
    }
    root = metadata.root(theirs, {}, metadata.after(now(), 30))
    root.signed.version = 2
    root.signatures.clear()
    metadata.sign(root, signers["root"])
    put(taken.repository.metadata("2.root.json"), root.to_bytes())
    sign_with_online_keys(taken)


def list_it_among_the_rings(taken: Taken) -> None:
    data, repository = forged_edition(taken), taken.repository
    version = online.put_rings(
        taken.county.settings, repository, Plan(rings=(Ring(name="a", percent=100, edition=3),)), now(), put
    )
    rings = metadata.rings(version, metadata.after(now(), 30), Plan(), [])
    rings.signed.targets[target_path(3)] = TargetFile.from_data(target_path(3), data, ["sha256"])
    metadata.sign(rings, read_signers(taken.county.settings.keys, "rings"))
    put(repository.metadata(f"{version}.rings.json"), rings.to_bytes())
    versions = {**online.current(repository), "rings": version}
    online.lead_to(taken.county.settings, repository, versions, now(), put)


def change_every_object_and_manifest(taken: Taken) -> None:
    folder = taken.county.settings.repository
    for path in [*folder.glob("objects/*/*"), *folder.glob("targets/editions/*")]:
        path.write_bytes(zstandard.ZstdCompressor().compress(CANARY.encode()))
    for path in taken.box.glob("objects/*/*"):
        path.unlink()
    lead_to(taken, online.current(taken.repository)["targets"])


def write_into_the_database(taken: Taken) -> None:
    with taken.county.engine.begin() as connection:
        for table in ("revision", "review", "edition"):
            for kind in ("is_constant", "is_kept"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_{kind}"))
        connection.execute(
            text("UPDATE revision SET body = replace(body, 'Office', :words)"), {"words": CANARY}
        )
    approve(taken.county.engine, [organisation(7, CANARY)])
    build(taken.county.engine, taken.county.settings, "tester", now(), force=True)
    staged = taken.county.settings.candidate / "targets.json"
    if staged.exists():
        shutil.copy(staged, taken.repository.metadata("99.targets.json"))
        lead_to(taken, 99)


def go_back(taken: Taken) -> None:
    lead_to(taken, 2)


def give_commands(taken: Taken) -> None:
    """Commands in the shapes that there are, and with words where no words belong."""
    found = read_identity(taken.box)
    assert found
    asked = Command(
        id="a" * 32, kind="show", route=f"service/{CANARY}", sent=now(), expires=now() + timedelta(hours=1)
    )
    bodies = [
        encode(asked).decode(),
        encode(asked).decode().replace('"message":""', f'"message":"{CANARY}"'),
        encode(asked).decode().replace('"kind":"show"', f'"kind":"{CANARY}"'),
    ]
    with writing(taken.county.engine) as connection:
        for number, body in enumerate(bodies):
            values = {"person": "x", "sent": now(), "expires": now() + timedelta(hours=1)}
            connection.execute(
                insert(command).values(id=f"{number:08d}", kiosk=found.kiosk, body=body, **values)
            )


ATTACKS: tuple[Callable[[Taken], None], ...] = (
    sign_with_online_keys,
    sign_with_keys_of_their_own,
    put_a_root_of_their_own,
    list_it_among_the_rings,
    change_every_object_and_manifest,
    write_into_the_database,
    go_back,
    give_commands,
)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_no_word_of_theirs_is_shown(taken: Taken, attack: Callable[[Taken], None]) -> None:
    attack(taken)
    for _ in range(2):
        assert taken.look() == 2
    active = read_active(taken.box)
    assert active
    store = Store.open(taken.box / active.file)
    store.verify()
    store.close()
    assert said_to_the_kiosk(taken.box) == []


def said_to_the_kiosk(box: Path) -> list[str]:
    """Files that the kiosk reads in which the attacker's words stand; of commands only what it takes for one."""
    stores = [path for path in box.glob("editions/*") if CANARY.encode() in path.read_bytes()]
    files = [box / name for name in ("active.json", "delivered.json")]
    wrong = [
        str(path) for path in [*stores, *files] if path.exists() and CANARY.encode() in path.read_bytes()
    ]
    return wrong + [
        c.id for c in read_commands(box) if CANARY in c.message or c.kind not in ("show", "verify")
    ]


def test_what_would_be_shown_is_noticed(taken: Taken) -> None:
    active = read_active(taken.box)
    assert active
    path = taken.box / active.file
    path.write_bytes(path.read_bytes() + CANARY.encode())
    assert said_to_the_kiosk(taken.box) == [str(path)]


def test_a_new_box_does_not_fall_for_their_root(taken: Taken, tmp_path: Path) -> None:
    code = taken.county.code("new")
    assert new_code(b"theirs", lambda n: bytes(n)).root != code.root
    root = taken.repository.metadata("1.root.json")
    put_a_root_of_their_own(taken)
    shutil.copy(taken.repository.metadata("2.root.json"), root)
    assert main(["enrol", "--state", str(tmp_path / "new"), taken.county.url, code.text]) == 1
    assert not (tmp_path / "new" / "root.json").exists()
