"""The cases of the suite's test_rollback."""

import pytest

from tests.sync.conformance.conftest import Client
from tests.sync.conformance.repository import ALL, Repository

HASHES = pytest.mark.parametrize("hashes", [False, True])


def test_an_older_timestamp_is_refused(client: Client, repo: Repository) -> None:
    repo.publish("timestamp")
    assert client.refresh() == 0
    repo.timestamp.version = 1
    repo.put("timestamp")
    assert client.refresh() == 1
    assert client.version("timestamp") == 2
    assert repo.asked[-1] == ("timestamp", None)


@HASHES
def test_an_older_snapshot_is_refused(client: Client, repo: Repository, hashes: bool) -> None:
    repo.hashes = hashes
    repo.publish("snapshot", "timestamp")
    assert client.refresh() == 0
    repo.snapshot.version = 1
    repo.put("snapshot")
    repo.publish("timestamp")
    assert client.refresh() == 1
    assert (client.version("timestamp"), client.version("snapshot")) == (2, 2)
    assert repo.asked[-1] == ("timestamp", None)


@HASHES
def test_older_targets_are_refused(client: Client, repo: Repository, hashes: bool) -> None:
    repo.hashes = hashes
    repo.publish(*ALL)
    assert client.refresh() == 0
    repo.targets.version = 1
    repo.put("targets")
    repo.publish("snapshot", "timestamp")
    assert client.refresh() == 1
    assert (client.version("snapshot"), client.version("targets")) == (2, 2)


def test_targets_that_vanish_from_the_snapshot_are_refused(client: Client, repo: Repository) -> None:
    repo.delegate("targets", "role")
    repo.publish("role", *ALL)
    assert client.refresh() == 0
    del repo.snapshot.meta["role.json"]
    repo.publish("snapshot", "timestamp")
    assert client.refresh() == 1
    assert client.version("snapshot") == 2


def test_targets_recover_with_a_new_snapshot_key(client: Client, repo: Repository) -> None:
    repo.targets.version = 99
    repo.publish(*ALL)
    assert client.refresh() == 0
    assert client.version("targets") == 100
    repo.rotate("snapshot")
    repo.publish("root")
    repo.targets.version = 1
    repo.put("targets")
    repo.publish("snapshot", "timestamp")
    assert client.refresh() == 0
    assert client.version("targets") == 1


def test_a_snapshot_recovers_with_new_keys(client: Client, repo: Repository) -> None:
    repo.snapshot.version = 99_998
    repo.publish("snapshot", "timestamp")
    assert client.refresh() == 0
    assert client.version("snapshot") == 99_999
    repo.rotate("snapshot")
    repo.rotate("timestamp")
    repo.publish("root")
    repo.snapshot.version = 1
    repo.put("snapshot")
    repo.publish("timestamp")
    assert client.refresh() == 0
    assert client.version("snapshot") == 1


def test_a_snapshot_recovers_with_a_new_timestamp_key_alone(client: Client, repo: Repository) -> None:
    repo.snapshot.version = 99_998
    repo.publish("snapshot", "timestamp")
    assert client.refresh() == 0
    repo.rotate("timestamp")
    repo.publish("root")
    repo.snapshot.version = 1
    repo.put("snapshot")
    repo.publish("timestamp")
    assert client.refresh() == 0
    assert client.version("snapshot") == 1


def test_a_timestamp_recovers_with_a_new_key(client: Client, repo: Repository) -> None:
    repo.timestamp.version = 99
    repo.publish("timestamp")
    assert client.refresh() == 0
    assert client.version("timestamp") == 100
    repo.rotate("timestamp")
    repo.publish("root")
    repo.timestamp.version = 1
    repo.put("timestamp")
    assert client.refresh() == 0
    assert client.version("timestamp") == 1
