"""The cases of the suite's test_expiration."""

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
