"""What a kiosk shows when nothing of the county's is on the box, or what is there is damaged."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog.box import Active, active_path, factory, read_active
from catalog.records import Bulletin, County
from catalog.store import Store
from catalog.text import encode
from kiosk.shelf import Shelf
from tests.sample import store_of
from tools.factory import BUILT, TEXT, records, write

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
COUNTY = County(id="county", title="某县", zone_title="某县", public_url="http://127.0.0.1")


def _box(state: Path, *editions: int) -> Path:
    """A box with these editions, the last one active; returns the folder of stores."""
    (state / "editions").mkdir()
    for edition in editions:
        file = Path("editions") / f"{edition}.db"
        store = store_of([COUNTY], state / file, edition)
        active = Active(edition=edition, digest=store.edition_digest, file=str(file), activated=NOW)
        store.close()
    active_path(state).write_bytes(encode(active))
    return state / "editions"


def _shown(shelf: Shelf) -> int:
    assert shelf.store
    edition = shelf.newest
    shelf.store.close()
    assert edition
    return edition.edition


def test_the_factory_edition_is_whole_and_made_from_its_texts(tmp_path: Path) -> None:
    active = read_active(factory())
    assert active
    store = Store.open(factory() / active.file)
    store.verify()
    assert store.edition_digest == active.digest
    assert active.activated == BUILT
    assert {TEXT.format(day=BUILT)} == {record.body for record in store.all(Bulletin)}
    store.close()
    write(tmp_path / "again")
    again = read_active(tmp_path / "again")
    assert again
    assert again.digest == active.digest
    assert len(records()) == 2


def test_an_empty_box_shows_the_factory_edition(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, factory())
    assert shelf.renew()
    assert not shelf.renew()
    assert shelf.closed == ""
    assert _shown(shelf) == 0


def test_without_it_an_empty_box_waits(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert not shelf.renew()
    assert shelf.closed == "waiting"


@pytest.mark.parametrize("damage", ["cut", "flipped", "lost", "pointer"])
def test_a_damaged_edition_gives_way_to_the_one_before(tmp_path: Path, damage: str) -> None:
    newest = _box(tmp_path, 1, 2) / "2.db"
    if damage == "cut":
        newest.write_bytes(newest.read_bytes()[:-5000])
    elif damage == "flipped":
        newest.write_bytes(b"x" * 4096 + newest.read_bytes()[4096:])
    elif damage == "lost":
        newest.unlink()
    else:
        newest.unlink()
        active_path(tmp_path).write_bytes(b"{")
    shelf = Shelf(tmp_path, factory())
    assert shelf.renew()
    assert _shown(shelf) == 1


def test_with_every_edition_damaged_the_factory_edition_is_left(tmp_path: Path) -> None:
    for path in _box(tmp_path, 1, 2).iterdir():
        path.write_bytes(b"")
    shelf = Shelf(tmp_path, factory())
    assert shelf.renew()
    assert _shown(shelf) == 0


def test_a_box_whose_only_edition_was_taken_back_shows_that_of_the_factory(tmp_path: Path) -> None:
    _box(tmp_path, 1)
    active_path(tmp_path).unlink()
    shelf = Shelf(tmp_path, factory())
    assert shelf.renew()
    assert _shown(shelf) == 0


def test_one_bit_that_changed_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "factory.db"
    shutil.copy(factory() / "factory.db", file)
    active = read_active(factory())
    assert active
    active_path(tmp_path).write_bytes(encode(active))
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    shelf = Shelf(tmp_path)
    assert not shelf.renew()
    assert shelf.closed == "damaged"


def test_what_was_made_good_is_taken(tmp_path: Path) -> None:
    (_box(tmp_path, 1, 2) / "2.db").unlink()
    shelf = Shelf(tmp_path, factory())
    assert shelf.renew()
    shutil.rmtree(tmp_path / "editions")
    _box(tmp_path, 3)
    assert shelf.renew()
    assert _shown(shelf) == 3
