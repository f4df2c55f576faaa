"""The cases of the suite's test_expiration and test_delegated_expiration."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.sync.conformance.conftest import Client
from tests.sync.conformance.repository import ALL, Repository

PAST = datetime.now(UTC).replace(microsecond=0) - timedelta(days=5)


def test_an_expired_root_is_kept_and_nothing_else(client: Client, repo: Repository) -> None:
    client.refresh()
    repo.publish("root")
    client.refresh()
    repo.root.expires = PAST
    repo.publish("root", *ALL)
    assert client.refresh() == 1
    assert client.roles() == [("root", 3), ("snapshot", 1), ("targets", 1), ("timestamp", 1)]


@pytest.mark.parametrize("role", ALL)
def test_expired_metadata_is_refused(client: Client, repo: Repository, role: str) -> None:
    client.refresh()
    repo.roles[role].expires = PAST
    repo.publish(*ALL)
    assert client.refresh() == 1
    assert client.version("targets") == 1
    assert client.version(role) == 1


def test_an_expired_first_root_leads_to_the_next(fresh: Client, repo: Repository) -> None:
    good = repo.root.expires
    repo.root.expires = PAST
    repo.publish("root")
    expired = repo.signed["root"][1]
    repo.root.expires = good
    repo.publish("root")
    assert fresh.init(expired) == 0
    assert fresh.refresh() == 0
    assert fresh.version("root") == 3


@pytest.mark.slow
def test_an_expired_local_timestamp_leads_to_the_next(client: Client, repo: Repository) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    repo.timestamp.expires = now + timedelta(days=7)
    repo.publish("timestamp")
    assert client.refresh() == 0
    repo.timestamp.expires = now + timedelta(days=21)
    repo.publish(*ALL)
    assert client.refresh(now + timedelta(days=18)) == 0
    assert client.roles() == [("root", 1), ("snapshot", 2), ("targets", 2), ("timestamp", 3)]


def test_an_expired_delegated_role_is_not_used(client: Client, repo: Repository) -> None:
    repo.delegate("targets", "A")
    repo.add_target("file", b"content", "A")
    repo.A.expires = PAST
    repo.publish("A", *ALL)
    assert client.refresh() == 0
    assert client.download("file") == 1
    assert client.downloaded() == []
    assert client.roles() == [("root", 1), ("snapshot", 2), ("targets", 2), ("timestamp", 2)]


@pytest.mark.slow
@pytest.mark.parametrize("renewed", [False, True])
def test_an_expired_cached_delegated_role_is_not_used(
    client: Client, repo: Repository, renewed: bool
) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    repo.delegate("targets", "A")
    repo.A.expires = now + timedelta(days=7)
    for name in ("first", "second"):
        repo.add_target(name, name.encode(), "A")
    repo.publish("A", *ALL)
    assert client.download("first") == 0
    if renewed:
        repo.A.expires = now + timedelta(days=21)
        repo.publish("A", "snapshot", "timestamp")
    assert client.download("second", at=now + timedelta(days=18)) == (0 if renewed else 1)
    assert client.downloaded() == ([b"first", b"second"] if renewed else [b"first"])
