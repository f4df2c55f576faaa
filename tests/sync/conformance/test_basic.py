"""The cases of the suite's test_basic and test_static_repositories."""

import json
from datetime import timedelta

import pytest
from tuf.api.metadata import Metadata, Targets

from tests.sync.conformance.conftest import Client
from tests.sync.conformance.repository import ALL, FAR, Repository

FIRST = [("root", 2), ("timestamp", None), ("snapshot", 1), ("targets", 1)]
VERSIONS = [("root", 1), ("snapshot", 1), ("targets", 1), ("timestamp", 1)]


def test_refresh_asks_for_each_role_once(client: Client, repo: Repository) -> None:
    assert repo.asked == []
    assert client.refresh() == 0
    assert repo.asked == FIRST
    assert client.roles() == VERSIONS


def test_refresh_again_asks_for_what_may_have_moved(client: Client, repo: Repository) -> None:
    client.refresh()
    assert client.refresh() == 0
    assert repo.asked[4:] == FIRST[:2]


def test_download_refreshes_first(client: Client, repo: Repository) -> None:
    assert client.download("nonexistent") == 1
    assert repo.asked == FIRST
    assert client.roles() == VERSIONS


def _without_version(data: bytes) -> bytes:
    root = json.loads(data)
    del root["signed"]["version"]
    return json.dumps(root).encode()


def _badly_signed(data: bytes) -> bytes:
    root = json.loads(data)
    root["signatures"][0]["sig"] = "3045022100ee" + "0" * 116
    return json.dumps(root).encode()


@pytest.mark.parametrize("spoil", [_without_version, _badly_signed])
def test_an_invalid_first_root_is_no_start(fresh: Client, repo: Repository, spoil: object) -> None:
    assert callable(spoil)
    fresh.init(spoil(repo.signed["root"][0]))
    assert fresh.refresh() == 1
    assert repo.asked == []


@pytest.mark.parametrize("role", ["root", "timestamp", "snapshot", "targets"])
def test_unsigned_metadata_is_refused(client: Client, repo: Repository, role: str) -> None:
    client.refresh()
    repo.publish(*ALL)
    if role == "root":
        repo.root.version += 1
    metadata = Metadata(repo.roles[role])
    repo.serve(role, repo.roles[role].version, metadata.to_bytes())
    assert client.refresh() == 1
    assert client.version(role) == 1


@pytest.mark.parametrize("role", ["root", "snapshot", "targets"])
def test_a_version_under_another_number_is_refused(client: Client, repo: Repository, role: str) -> None:
    client.refresh()
    repo.publish(*ALL)
    repo.roles[role].version += 1
    repo.put(role)
    wrong = 2 if role == "root" else repo.roles[role].version - 1
    repo.roles[role].version += role == "root"
    metadata = Metadata(repo.roles[role])
    for signer in repo.signers[role]:
        metadata.sign(signer, append=True)
    repo.serve(role, wrong, metadata.to_bytes())
    assert client.refresh() == 1
    assert client.version(role) == 1


def test_other_content_of_the_same_timestamp_is_left(client: Client, repo: Repository) -> None:
    client.refresh()
    before = client.data("timestamp")
    repo.timestamp.unrecognized_fields["another"] = "field"
    repo.put("timestamp")
    assert client.refresh() == 0
    assert client.data("timestamp") == before


def test_hashes_and_lengths_of_metadata_are_understood(client: Client, repo: Repository) -> None:
    repo.hashes = True
    repo.publish(*ALL)
    assert client.refresh() == 0
    assert client.version("targets") == 2


@pytest.mark.parametrize("role", ["targets", "snapshot"])
def test_metadata_with_another_hash_is_refused(client: Client, repo: Repository, role: str) -> None:
    repo.hashes = True
    repo.publish(*ALL)
    assert client.refresh() == 0
    repo.publish(*ALL)
    repo.roles[role].unrecognized_fields["changed"] = "afterwards"
    metadata = Metadata(repo.roles[role])
    metadata.sign(repo.signers[role][0])
    repo.serve(role, 3, metadata.to_bytes())
    assert client.refresh() == 1
    assert client.version(role) == 2


def test_metadata_is_kept_byte_for_byte(client: Client, repo: Repository) -> None:
    for role in ("root", "timestamp", "snapshot", "targets"):
        spaced = json.dumps(json.loads(repo.signed[role][0]), indent=3).encode() + b"\n\n"
        if role != "root":
            repo.serve(role, 1, spaced)
            repo.signed[role][0] = spaced
    assert client.refresh() == 0
    for role in ("root", "timestamp", "snapshot", "targets"):
        assert client.data(role) == repo.signed[role][0]


def test_unknown_fields_are_part_of_what_is_signed(client: Client, repo: Repository) -> None:
    repo.root.unrecognized_fields["custom"] = "value"
    key = repo.root.keys[repo.root.roles["root"].keyids[0]]
    key.unrecognized_fields["extra"] = {"a": 1, "b": [2]}
    repo.root.roles["root"].unrecognized_fields["another"] = "value"
    repo.publish("root")
    assert client.refresh() == 0
    assert client.version("root") == 2


def test_a_deprecated_field_of_keys_does_no_harm(client: Client, repo: Repository) -> None:
    key = repo.root.keys[repo.root.roles["snapshot"].keyids[0]]
    key.unrecognized_fields["keyid_hash_algorithms"] = ["md5"]
    repo.publish("root", *ALL)
    assert client.refresh() == 0
    assert client.version("snapshot") == 2


@pytest.mark.parametrize("role", ["snapshot", "targets", "timestamp"])
def test_missing_metadata_is_an_error(client: Client, repo: Repository, role: str) -> None:
    client.refresh()
    repo.publish(*ALL)
    repo.files.pop("metadata/timestamp.json" if role == "timestamp" else f"metadata/2.{role}.json")
    assert client.refresh() == 1
    assert client.version(role) == 1


def test_metadata_of_another_type_is_refused(client: Client, repo: Repository) -> None:
    repo.files["metadata/1.snapshot.json"] = repo.files["metadata/1.targets.json"]
    assert client.refresh() == 1
    assert client.version("snapshot") == 0


@pytest.mark.slow
def test_the_time_is_that_of_the_process(client: Client, repo: Repository) -> None:
    assert client.refresh(FAR + timedelta(days=1)) == 1
    assert client.refresh(FAR - timedelta(days=1)) == 0


def test_a_static_repository_of_many_roots_and_keys_is_followed(fresh: Client, repo: Repository) -> None:
    for _ in range(13):
        repo.rotate("snapshot")
        repo.publish("root")
    repo.delegate("targets", "release")
    repo.add_target("artifact", b"content", "release")
    repo.publish("release", *ALL)
    assert isinstance(repo.release, Targets)
    assert fresh.init() == 0
    assert fresh.download("artifact") == 0
    assert fresh.version("root") == 14
    assert fresh.downloaded() == [b"content"]
