"""From approved records to what a kiosk finds: building, signing, publishing, rolling back, and dying on the way."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine

from catalog.box import read_active
from catalog.records import PublicOrganisation, Record
from catalog.store import Store
from county import editions, repository, revisions
from county.auditing import verify
from county.building import Built, build
from county.database.engine import writing
from county.errors import Refused, Unready
from county.founding import found
from county.publishing import Published, publish, publisher, refresh
from county.revisions import Change
from county.settings import Settings, read_settings
from county.signing.approval import sign
from county.signing.keys import make_keys, read_signers
from tests.county.catalogue import NOW, approve, later, organisation
from tests.county.clients import Client
from tools.reviewing import have_reviewed

pytestmark = pytest.mark.slow


class Death(Exception):
    """The publisher dies."""


def release(engine: Engine, settings: Settings) -> Published:
    """Build, sign, publish."""
    prepare(engine, settings)
    return publish(engine, settings, "tester", NOW)


def prepare(engine: Engine, settings: Settings) -> Built:
    """Build and sign."""
    built = build(engine, settings, "tester", NOW, force=True)
    assert built.edition is not None
    keys = read_signers(settings.keys, "targets")
    assert sign(engine, settings, built.edition, keys, "approver", NOW).complete
    return built


def shown(settings: Settings) -> list[Record]:
    """The offices in the store that the phone pages read."""
    active = read_active(settings.folder)
    assert active is not None
    store = Store.open(settings.folder / active.file)
    try:
        assert store.edition_digest == active.digest
        return list(store.all(PublicOrganisation))
    finally:
        store.close()


def test_a_new_county_has_a_valid_repository_without_editions(
    county: Engine, settings: Settings, tmp_path: Path
) -> None:
    assert Client(settings.repository, tmp_path / "client").pull() is None


def test_what_is_approved_reaches_kiosk_and_phone(county: Engine, settings: Settings, tmp_path: Path) -> None:
    approve(county, [organisation(1), organisation(2)])
    published = release(county, settings)
    manifest = Client(settings.repository, tmp_path / "client").pull()
    assert manifest == published.edition.manifest
    assert published.fresh
    assert [(a.step, a.by) for a in manifest.approvals] == [
        ("import", "tester"),
        ("初审", "demo-first"),
        ("复审", "demo-second"),
        ("终审", "demo-final"),
    ]
    assert shown(settings) == [organisation(1), organisation(2)]


def test_building_twice_gives_the_same(county: Engine, settings: Settings) -> None:
    first = build(county, settings, "tester", NOW)
    second = build(county, settings, "tester", later(1))
    assert first.edition == second.edition is not None


def test_no_change_makes_no_edition(county: Engine, settings: Settings) -> None:
    release(county, settings)
    built = build(county, settings, "tester", NOW)
    assert built.edition is None
    assert not built.difference


def test_building_for_another_county_record_needs_a_title(settings: Settings, county: Engine) -> None:
    with writing(county) as connection:
        numbers = revisions.add_drafts(connection, [Change("county", "county", None)], "tester", NOW)
        have_reviewed(connection, numbers, "tester", NOW)
    with pytest.raises(Refused, match="县名"):
        build(county, settings, "tester", NOW)


def test_a_signed_edition_is_not_thrown_away_by_accident(county: Engine, settings: Settings) -> None:
    prepare(county, settings)
    approve(county, [organisation(1)])
    with pytest.raises(Refused, match="已签名"):
        build(county, settings, "tester", NOW)
    built = build(county, settings, "tester", NOW, force=True)
    assert built.edition is not None
    assert built.edition.number == 2
    with pytest.raises(Refused, match="没有已签名"):
        publish(county, settings, "tester", NOW)


def test_rolling_back_is_a_new_edition_with_the_old_content(
    county: Engine, settings: Settings, tmp_path: Path
) -> None:
    client = Client(settings.repository, tmp_path / "client")
    approve(county, [organisation(1, "old")])
    first = release(county, settings).edition
    client.pull()
    approve(county, [organisation(1, "new"), organisation(2)])
    release(county, settings)
    client.pull()
    built = build(county, settings, "tester", NOW, copy_of=1)
    assert built.edition is not None
    sign(county, settings, built.edition, read_signers(settings.keys, "targets"), "approver", NOW)
    third = publish(county, settings, "tester", NOW).edition
    assert client.pull() == third.manifest
    assert third.number == 3
    assert third.manifest.logical_digest == first.manifest.logical_digest
    assert shown(settings) == [organisation(1, "old")]
    with pytest.raises(Refused, match="第 9 版"):
        build(county, settings, "tester", NOW, copy_of=9)


def test_the_targets_role_stays_small(county: Engine, settings: Settings) -> None:
    for number in range(6):
        approve(county, [organisation(1, str(number))])
        release(county, settings)
    assert list(repository.Repository(settings.repository).editions()) == [3, 4, 5, 6]


def test_a_strange_key_cannot_sign(county: Engine, settings: Settings, tmp_path: Path) -> None:
    built = build(county, settings, "tester", NOW)
    assert built.edition is not None
    for signers in (
        make_keys(tmp_path / "stranger", {"targets": 1})["targets"],
        read_signers(settings.keys, "timestamp"),
    ):
        with pytest.raises(Refused, match="不是批准密钥"):
            sign(county, settings, built.edition, signers, "mallory", NOW)


def test_a_tampered_object_is_not_signed(county: Engine, settings: Settings) -> None:
    built = build(county, settings, "tester", NOW)
    assert built.edition is not None
    path = next(settings.candidate.glob("objects/*/*"))
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(Refused, match="build --force"):
        sign(county, settings, built.edition, read_signers(settings.keys, "targets"), "approver", NOW)


def test_one_publisher_at_a_time(county: Engine, settings: Settings) -> None:
    prepare(county, settings)
    with publisher(settings.folder), pytest.raises(Unready):
        publish(county, settings, "tester", NOW)


def test_many_publishers_make_one_edition(county: Engine, settings: Settings) -> None:
    prepare(county, settings)

    def attempt(_: int) -> bool:
        try:
            return publish(county, settings, "tester", NOW).fresh
        except Unready:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(20))) == 1
    assert list(repository.Repository(settings.repository).editions()) == [1]


def test_refreshing_moves_the_expiry(county: Engine, settings: Settings, tmp_path: Path) -> None:
    release(county, settings)
    kept = repository.Repository(settings.repository)
    before = kept.timestamp().signed
    assert refresh(settings, later(1)) == []
    after = kept.timestamp().signed
    assert after.version == before.version + 1
    assert after.snapshot_meta == before.snapshot_meta
    assert after.unrecognized_fields["x-issued"] == "2026-11-23T09:30:00Z"
    warnings = refresh(settings, later(160))
    assert kept.timestamp().signed.snapshot_meta.version == before.snapshot_meta.version + 1
    assert [warning.split()[0] for warning in warnings] == ["targets"]


def test_dying_at_any_file_leaves_old_or_new(county: Engine, settings: Settings, tmp_path: Path) -> None:
    client = Client(settings.repository, tmp_path / "client")
    approve(county, [organisation(number) for number in range(40)])
    old = release(county, settings).edition
    approve(county, [organisation(number, "1") for number in range(40)])
    new = prepare(county, settings).edition
    assert new is not None
    seen, step = [], 0
    while True:
        step += 1
        try:
            published = publish(county, settings, "tester", NOW, _dying_after(step))
        except Death:
            manifest = client.pull()
            assert manifest is not None
            seen.append(manifest.edition)
        else:
            break
    assert published.edition.digest == new.digest
    assert client.pull() == new.manifest
    assert set(seen) == {old.number, new.number}
    assert seen == sorted(seen)
    with county.connect() as connection:
        assert verify(connection, settings.repository).fault is None
        assert editions.candidate(connection) is None
    assert [r for r in shown(settings) if r == organisation(7, "1")]


def test_an_object_lost_in_a_power_cut_is_written_again(
    county: Engine, settings: Settings, tmp_path: Path
) -> None:
    approve(county, [organisation(1)])
    release(county, settings)
    lost = next(settings.repository.glob("objects/*/*"))
    lost.write_bytes(b"")
    edition = release(county, settings).edition
    assert Client(settings.repository, tmp_path / "client").pull() == edition.manifest


def _dying_after(step: int) -> repository.Put:
    """Writes so many files and dies when asked for one more, after writing half of it aside."""
    written = 0

    def put(path: Path, data: bytes, *, durable: bool = True) -> None:
        nonlocal written
        written += 1
        if written > step:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_name(path.name + ".new").write_bytes(data[: len(data) // 2])
            raise Death
        repository.put(path, data, durable=durable)

    return put


def test_two_approvers_must_sign(tmp_path: Path) -> None:
    settings = read_settings(tmp_path / "state", title="测试县", targets_keys=3, targets_threshold=2)
    engine = found(settings, {}, "tester", NOW).engine
    edition = build(engine, settings, "tester", NOW).edition
    assert edition is not None
    keys = read_signers(settings.keys, "targets")
    assert not sign(engine, settings, edition, keys[:1], "a", NOW).complete
    assert not sign(engine, settings, edition, keys[:1], "a", NOW).complete
    with pytest.raises(Refused, match="没有已签名"):
        publish(engine, settings, "tester", NOW)
    assert sign(engine, settings, edition, keys[2:], "c", NOW).complete
    publish(engine, settings, "tester", NOW)
    manifest = Client(settings.repository, tmp_path / "client").pull()
    assert manifest == edition.manifest
    engine.dispose()
