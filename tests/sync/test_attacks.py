"""What a network, a web server or a stolen online key can do to a box: nothing but keep it where it is."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from securesystemslib.signer import CryptoSigner

from catalog.edition import KindRoot, ObjectReference, pack
from catalog.text import digest
from sync.errors import SyncError, Unreachable, Untrusted
from tests.sync.behind import Behind, make_behind
from tests.sync.conftest import Box
from tests.sync.double import NOW, services

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Behind:
    return make_behind(tmp_path_factory.mktemp("behind"))


def test_every_file_is_checked(behind: Behind, tmp_path: Path) -> None:
    files = behind.box.county.files
    assert len(behind.asked) == 7  # root, timestamp, snapshot, targets, manifest, listing and leaf
    for path in behind.asked:
        data = files[path]
        flipped = data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]
        for forged in (flipped, data[:-1], b"", data + b"\n" * 300_000):
            box = behind.copy(tmp_path / "box")
            with pytest.raises(SyncError):
                box.pull(files | {path: forged})
            assert box.check() == 1
            assert box.pull().edition == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_flipped_bit_is_noticed_or_harmless(behind: Behind, tmp_path: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(behind.asked))
    body = bytearray(behind.box.county.files[path])
    body[data.draw(st.integers(0, len(body) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    box = behind.copy(tmp_path / "box")
    try:
        reached = box.pull(behind.box.county.files | {path: bytes(body)}).edition
    except SyncError:
        reached = 1
    assert box.check() == reached
    assert box.active.digest in (behind.box.active.digest, behind.newest)


@pytest.mark.parametrize("lost", [(), ("metadata",), ("metadata", "objects"), ("state.db",)])
def test_an_older_repository_is_refused(box: Box, lost: tuple[str, ...]) -> None:
    box.county.publish(services(3))
    old = box.county.at_this_moment()
    box.county.publish(services(4))
    box.pull()
    for name in lost:
        path = box.state / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(Untrusted):
        box.pull(old)
    assert box.check() == 2
    assert box.pull().edition == 2


@pytest.mark.parametrize("role", ["root", "timestamp", "snapshot", "targets"])
def test_emptied_metadata_does_not_open_the_door(box: Box, role: str) -> None:
    box.county.publish(services(3))
    old = box.county.at_this_moment()
    box.county.publish(services(4))
    box.pull()
    for path in (box.state / "metadata").rglob(f"*{role}.json"):
        path.write_bytes(b"")
    with pytest.raises(Untrusted):
        box.pull(old)
    assert box.check() == 2
    assert box.pull().edition == 2


def test_a_withdrawn_root_is_refused_even_when_the_cache_is_lost(box: Box) -> None:
    box.county.publish(services(3))
    box.county.rotate("timestamp")
    box.county.publish(services(4))
    box.pull()
    shutil.rmtree(box.state / "metadata")
    hidden = {path: data for path, data in box.county.files.items() if path != "metadata/2.root.json"}
    with pytest.raises(SyncError):
        box.pull(hidden)
    assert box.check() == 2


def test_files_of_two_states_do_not_mix(box: Box) -> None:
    """T-C4. Controls: each state by itself is taken; and objects of one state do not serve another's manifest."""
    box.county.publish(services(3))
    old = box.county.at_this_moment()
    box.pull()
    box.county.publish(services(4))
    for path in box.county.files:
        if path in old and old[path] != box.county.files[path]:
            assert path == "metadata/timestamp.json"
    new = box.county.files
    stale = {
        path.replace("1.", "2.", 1) if "metadata/1.s" in path else path: data for path, data in old.items()
    }
    with pytest.raises(Untrusted):
        box.pull(new | {path: data for path, data in stale.items() if path != "metadata/timestamp.json"})
    with pytest.raises(Unreachable):
        box.pull({path: data for path, data in new.items() if path in old or not path.startswith("objects/")})
    assert box.check() == 1
    assert box.pull().edition == box.check() == 2


def test_another_countys_signatures_are_refused(box: Box, tmp_path: Path) -> None:
    box.county.publish(services(3))
    stranger = Box(tmp_path / "stranger")
    stranger.county.publish(services(3))
    with pytest.raises(Untrusted):
        box.pull(stranger.county.files)


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "targets"])
def test_a_stranger_cannot_sign_for_a_role(box: Box, role: str) -> None:
    box.county.publish(services(3))
    box.pull()
    box.county.signers[role] = CryptoSigner.generate_ed25519()
    box.county.publish(services(4))
    with pytest.raises(Untrusted):
        box.pull()
    assert box.check() == 1


def test_expired_signatures_bring_nothing_new_and_take_nothing_away(box: Box) -> None:
    box.county.publish(services(3))
    box.pull()
    box.county.expires = NOW - timedelta(days=1)
    box.county.publish(services(4))
    with pytest.raises(Untrusted, match="expired"):
        box.pull()
    assert box.check() == 1
    box.county.expires = NOW + timedelta(days=1)
    box.county.sign()
    assert box.pull().edition == 2


def test_a_county_recovers_from_a_stolen_key_that_signed_an_absurd_version(box: Box) -> None:
    box.county.publish(services(3))
    honest = box.county.timestamp.version
    box.county.timestamp.version = 2**31 - 2
    box.county.sign()
    box.pull()
    box.county.rotate("timestamp")
    box.county.timestamp.version = honest
    box.county.publish(services(4))
    assert box.pull().edition == 2


def test_a_box_that_slept_through_several_roots_catches_up(box: Box) -> None:
    box.county.publish(services(3))
    box.pull()
    for role in ("root", "targets", "root", "timestamp", "snapshot", "root"):
        box.county.rotate(role)
    box.county.publish(services(4))
    assert box.pull().edition == 2


def test_a_new_root_is_kept_although_the_rest_fails(box: Box) -> None:
    box.county.publish(services(3))
    box.pull()
    box.county.rotate("timestamp")
    files = {path: data for path, data in box.county.files.items() if "timestamp" not in path}
    with pytest.raises(Unreachable):
        box.pull(files)
    assert (box.state / "metadata" / "root_history" / "2.root.json").exists()


def test_an_edition_number_is_never_used_twice(box: Box) -> None:
    box.county.publish(services(3))
    box.pull()
    box.county.publish(services(4), edition=1)
    with pytest.raises(Untrusted, match="signed twice"):
        box.pull()
    assert box.check() == 1


EVIL = b"evil"


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        *((name, False) for name in ("../../evil", "/etc/passwd", "A" * 64, "", "a" * 63 + "\n")),
        pytest.param(digest(EVIL), True, id="control"),
    ],
)
def test_an_object_has_no_other_name_than_a_digest(box: Box, name: str, asked: bool) -> None:
    """It is not even asked for by any other, though signed."""
    reference = ObjectReference(type="leaf", digest=name, size=len(EVIL), raw=len(EVIL), records=1)
    box.county.files[f"objects/{name[:2]}/{name}"] = EVIL
    box.county.publish([], kinds=(KindRoot(kind="service", root=reference),))
    with pytest.raises(Untrusted):
        box.pull()
    assert any(path.startswith("objects/") for path, _ in box.asked) == asked
    assert not (box.state / "active.json").exists()


@pytest.mark.parametrize("text", [b"not a listing\n", b'{"type":"leaf"}\n', b"[" * 10_000])
def test_a_listing_that_is_none_is_refused(box: Box, text: bytes) -> None:
    data = pack(text)
    name = digest(data)
    reference = ObjectReference(type="listing", digest=name, size=len(data), raw=len(text), records=1)
    box.county.files[f"objects/{name[:2]}/{name}"] = data
    box.county.publish([], kinds=(KindRoot(kind="service", root=reference),))
    with pytest.raises(Untrusted):
        box.pull()


def test_a_bomb_is_refused_before_it_is_unpacked(box: Box) -> None:
    text = b"0" * 20_000_000
    data = pack(text)
    name = digest(data)
    reference = ObjectReference(type="listing", digest=name, size=len(data), raw=len(text), records=1)
    box.county.files[f"objects/{name[:2]}/{name}"] = data
    box.county.publish([], kinds=(KindRoot(kind="service", root=reference),))
    with pytest.raises(Untrusted, match="too many"):
        box.pull()
