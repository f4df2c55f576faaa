from datetime import timedelta
from pathlib import Path

import pytest

from catalog.edition import encode_manifest
from catalog.records import PublicService
from catalog.store import Store
from sync.errors import Unfit, Unreachable, Untrusted
from tests.sync.conftest import Box
from tests.sync.double import NOW, services


def test_a_new_box_shows_the_newest_edition(box: Box) -> None:
    box.county.publish(services(3))
    box.county.publish(services(5))
    outcome = box.pull()
    assert (outcome.edition, outcome.changed, box.check()) == (2, True, 2)


def test_without_news_nothing_changes_and_only_the_timestamp_is_asked_for(box: Box) -> None:
    box.county.publish(services(3))
    box.pull()
    before = box.active
    assert not box.pull().changed
    assert box.active == before
    assert [path for path, _ in box.asked] == ["metadata/2.root.json", "metadata/timestamp.json"]


def test_a_county_without_editions_leaves_the_box_empty(box: Box) -> None:
    box.county.sign()
    assert box.pull().edition == 0


@pytest.mark.slow
def test_one_changed_record_fetches_one_leaf_and_the_listings_above(box: Box) -> None:
    box.county.publish(services(200))
    first = box.pull()
    box.county.publish(services(200, phone="0951-2000000"))
    second = box.pull()
    assert first.objects > 10
    assert second.objects <= 3
    store = Store.open(box.state / box.active.file)
    service = store.get(PublicService, "service-000")
    store.close()
    assert service
    assert service.channel.phone == "0951-2000000"


@pytest.mark.slow
def test_older_editions_than_the_previous_one_are_swept(box: Box, tmp_path: Path) -> None:
    late = Box(tmp_path / "late", box.county)
    for count in (30, 31, 32, 33):
        box.county.publish(services(count))
        box.pull()
        if count > 31:
            late.pull()
    assert len([name for name in box.files() if name.startswith("editions/")]) == 2
    assert box.files() == late.files()


def test_an_edition_waits_for_its_time(box: Box) -> None:
    box.county.publish(services(3))
    box.county.publish(services(4), effective=NOW + timedelta(hours=1))
    assert box.pull().edition == 1
    assert box.pull(now=NOW + timedelta(minutes=59)).edition == 1
    assert box.pull(now=NOW + timedelta(hours=1)).edition == 2


def test_a_clock_that_stands_still_is_corrected_by_the_signed_time(box: Box) -> None:
    box.county.timestamp.unrecognized_fields["x-issued"] = NOW.isoformat()
    box.county.publish(services(3))
    assert box.pull(now=NOW - timedelta(days=9000)).edition == 1


def test_a_clock_set_back_never_brings_an_older_edition_back(box: Box) -> None:
    box.county.publish(services(3))
    box.county.publish(services(4), effective=NOW + timedelta(hours=1))
    box.pull(now=NOW + timedelta(hours=2))
    assert box.pull(now=NOW).edition == 2
    (box.state / box.active.file).write_bytes(b"damaged")
    box.pull(now=NOW)
    assert box.active.edition == 2


@pytest.mark.parametrize("change", [{"schema": 2}, {"min_program": 2}])
def test_an_edition_for_a_newer_program_is_left_alone(box: Box, change: dict[str, int]) -> None:
    box.county.publish(services(3))
    box.pull()
    box.county.publish(services(4), **change)
    with pytest.raises(Unfit, match="needs_upgrade"):
        box.pull()
    assert box.check() == 1


def test_a_manifest_of_a_newer_format_need_not_be_understood(box: Box) -> None:
    box.county.put_manifest(1, b'{"schema": 9, "nothing": "else"}')
    with pytest.raises(Unfit):
        box.pull()


def test_a_manifest_with_fields_of_a_later_format_is_shown_and_recognised(box: Box) -> None:
    manifest = encode_manifest(box.county.pack(services(3), 1))
    box.county.put_manifest(1, manifest.replace(b"{", b'{"another":1,', 1))
    assert box.pull().changed
    assert not box.pull().changed
    assert box.check() == 1


def test_a_record_this_program_cannot_read_leaves_the_edition_alone(box: Box) -> None:
    box.county.publish(services(1))
    box.pull()
    ill = PublicService(id="UPPER", title="", competent_authority="bureau")
    box.county.publish([*services(1), ill])
    with pytest.raises(Unfit):
        box.pull()
    assert box.check() == 1


def test_a_manifest_that_lies_about_its_content_is_refused(box: Box) -> None:
    box.county.publish(services(3), logical_digest="0" * 64)
    with pytest.raises(Untrusted, match="differs"):
        box.pull()


def test_a_manifest_under_another_number_is_refused(box: Box) -> None:
    manifest = box.county.pack(services(3), edition=7)
    box.county.put_manifest(8, encode_manifest(manifest))
    with pytest.raises(Untrusted, match="calls itself 7"):
        box.pull()


def test_a_server_without_files_is_unreachable(box: Box) -> None:
    with pytest.raises(Unreachable):
        box.pull(files={})


def test_a_damaged_store_is_built_again_from_the_objects(box: Box) -> None:
    box.county.publish(services(40))
    box.pull()
    store = box.state / box.active.file
    store.write_bytes(store.read_bytes()[:-4096])
    with pytest.raises(Unreachable):
        box.pull(files={})
    assert box.check() == 1
    assert box.pull().objects == 0


def test_a_damaged_object_is_fetched_again(box: Box) -> None:
    box.county.publish(services(40))
    box.pull()
    for path in (box.state / "objects").rglob("*"):
        if path.is_file():
            path.write_bytes(b"")
    box.county.publish(services(41))
    assert box.pull().edition == 2
    assert box.check() == 2


def test_a_lost_pointer_is_made_again_without_the_county(box: Box) -> None:
    box.county.publish(services(3))
    box.pull()
    (box.state / "active.json").unlink()
    with pytest.raises(Unreachable):
        box.pull(files={})
    assert box.check() == 1


def test_what_decays_unnoticed_is_found_when_everything_is_gone_through(box: Box) -> None:
    box.county.publish(services(40))
    box.pull()
    before, objects = box.active, sorted((box.state / "objects").rglob("*"))
    victims = [path for path in objects if path.is_file()][::2]
    for path in victims:
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert box.pull().objects == 0
    outcome = box.pull(thorough=True)
    assert (outcome.changed, outcome.objects) == (
        False,
        len([path for path in victims if path.name != before.digest]),
    )
    assert box.active == before
