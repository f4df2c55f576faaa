"""The cases of the suite's test_file_download, test_quoting_issues and test_updater_delegation_graphs."""

import json
from urllib.parse import quote

import pytest

from tests.sync.conformance.conftest import Client
from tests.sync.conformance.repository import ALL, Repository

GRAPHS: dict[str, tuple[list[str], str]] = {
    "basic": (["targets A"], "A"),
    "one level": (["targets A", "targets B"], "AB"),
    "two levels": (["targets A", "targets B", "B C"], "ABC"),
    "two levels in order": (["targets A", "targets B", "A C", "A D"], "ACDB"),
    "three levels in order": (["targets A", "targets B", "A C", "C D"], "ACDB"),
    "two levels, terminating": (["targets A", "targets B", "A C !", "A D"], "AC"),
    "three levels, terminating": (["targets A", "targets B", "A C !", "C D"], "ACD"),
    "two levels, other paths": (["targets A *.py", "targets B", "A C"], "B"),
    "three levels, other paths": (["targets A", "targets B", "A C *.py", "C D"], "AB"),
    "cycle": (["targets A", "targets B", "B C", "C D", "D B"], "ABCD"),
    "diamond": (["targets A", "targets B", "B C", "A C"], "ACB"),
    "diamond with other paths": (["targets A", "targets B", "B C", "A C *.py"], "ABC"),
}
TREE = ["targets A *.doc,*.md", "targets B releases/*/*", "B C releases/x/*", "B D releases/y/*.zip"]
FILES = {
    "targetfile": "targets",
    "README.md": "A",
    "releases/x/x_v1": "C",
    "releases/y/y_v1.zip": "D",
    "releases/z/z_v1.zip": "D",
}
SEARCHES = {
    "targetfile": (True, ""),
    "README.md": (True, "A"),
    "releases/x/x_v1": (True, "BC"),
    "releases/y/y_v1.zip": (True, "BD"),
    "releases/z/z_v1.zip": (False, "B"),
    "releases/x/y/z": (False, ""),
    "releases/x": (False, ""),
    "readme.MD": (False, ""),
    "/README.md": (False, ""),
}


def _delegate(repo: Repository, edges: list[str]) -> None:
    roles = []
    for edge in edges:
        parent, child, *rest = edge.split()
        paths = [path for word in rest if word != "!" for path in word.split(",")]
        repo.delegate(parent, child, paths, terminating="!" in rest)
        roles += [child] if child not in roles else []
    for path, role in FILES.items():
        if role in repo.roles:
            repo.add_target(path, path.encode(), role)
    repo.publish(*roles, *ALL)


@pytest.mark.parametrize("case", GRAPHS)
def test_delegations_are_walked_in_order(client: Client, repo: Repository, case: str) -> None:
    edges, visited = GRAPHS[case]
    _delegate(repo, edges)
    assert client.download("missingpath") == 1
    assert repo.asked[4:] == [(role, 1) for role in visited]


@pytest.mark.parametrize("path", SEARCHES)
def test_targets_are_searched_where_they_are_delegated(client: Client, repo: Repository, path: str) -> None:
    found, visited = SEARCHES[path]
    _delegate(repo, TREE)
    assert client.download(path) == (0 if found else 1)
    assert client.downloaded() == ([path.encode()] if found else [])
    assert repo.asked[4:] == [(role, 1) for role in visited]


def test_a_cached_role_is_held_against_its_present_keys(client: Client, repo: Repository) -> None:
    _delegate(repo, ["targets A"])
    repo.add_target("file", b"content", "A")
    repo.publish("A", *ALL)
    assert client.download("file") == 0
    repo.targets.delegations = None
    repo.signers.pop("A")
    repo.delegate("targets", "A")
    repo.publish(*ALL)
    assert client.download("file") == 1


def test_a_cached_role_is_held_against_its_present_delegator(client: Client, repo: Repository) -> None:
    """Two delegators give the same role different keys; it is signed with those of the second alone."""
    for parent in ("A", "B"):
        repo.delegate("targets", parent, [f"{parent}/*"])
        repo.signers.pop("release", None)
        repo.delegate(parent, "release", [f"{parent}/*"])
        repo.add_target(f"{parent}/file", parent.encode(), "release")
    repo.publish("release", "A", "B", *ALL)
    assert client.download("B/file", "A/file") == 1
    assert client.downloaded() == [b"B"]


def test_a_role_that_the_snapshot_does_not_know_is_refused(client: Client, repo: Repository) -> None:
    repo.delegate("targets", "A")
    repo.publish(*ALL)
    assert client.download("missing") == 1
    assert ("A", 1) not in repo.asked


@pytest.mark.parametrize("role", ["?", "#", "/delegatedrole", "../delegatedrole"])
def test_unusual_role_names_stay_names(client: Client, repo: Repository, role: str) -> None:
    repo.delegate("targets", role)
    repo.publish(role, *ALL)
    assert client.download("missing") == 1
    assert (role, 1) in repo.asked
    assert len(client.roles()) == 5
    assert [path.name for path in client.metadata.glob("*.json") if path.name.startswith(quote(role, ""))]
    outside = {path.name for path in client.folder.iterdir()}
    assert outside == {"metadata", "trusted.json"}


@pytest.mark.parametrize("path", ["target_file.txt", "path/to/a/target_file.txt"])
def test_a_target_is_downloaded(client: Client, repo: Repository, path: str) -> None:
    repo.add_target(path, b"target file contents")
    repo.publish(*ALL)
    assert client.refresh() == 0
    assert client.downloaded() == []
    assert client.download(path) == 0
    assert client.downloaded() == [b"target file contents"]


def test_a_substituted_target_is_refused(client: Client, repo: Repository) -> None:
    for name in ("one", "two"):
        repo.add_target(name, name.encode())
    repo.publish(*ALL)
    assert client.download("one") == 0
    for path in [path for path in repo.files if path.startswith("targets/")]:
        repo.files[path] = b"malicious"
    client.download("one")
    assert client.download("two") == 1
    assert client.downloaded() == [b"one"]


def test_changes_of_a_target_are_followed(client: Client, repo: Repository) -> None:
    for number in range(11):
        repo.add_target("target", f"content {number}".encode())
        repo.publish(*ALL)
        if number % 5 == 0:
            assert client.download("target") == 0
            assert client.downloaded() == [f"content {number}".encode()]
            good = dict(repo.files)
            repo.files |= {path: b"malicious" for path in repo.files if path.startswith("targets/")}
            client.download("target")
            assert client.downloaded() == [f"content {number}".encode()]
            repo.files = good


@pytest.mark.parametrize("hashes", [["sha256"], ["sha512"], ["sha256", "sha512"]])
def test_hash_algorithms_of_targets(client: Client, repo: Repository, hashes: list[str]) -> None:
    repo.add_target("target", b"content", hashes=hashes)
    repo.publish(*ALL)
    assert client.download("target") == 0
    assert client.downloaded() == [b"content"]


def test_an_unknown_hash_algorithm_is_refused(client: Client, repo: Repository) -> None:
    repo.add_target("target", b"content")
    repo.targets.targets["target"].hashes = {"unknown": "ab" * 32}
    repo.files[f"targets/{'ab' * 32}.target"] = b"content"
    repo.publish(*ALL)
    assert json.loads(repo.signed["targets"][-1])
    assert client.download("target") == 1


def test_a_target_is_downloaded_once(client: Client, repo: Repository) -> None:
    repo.add_target("target", b"content")
    repo.publish(*ALL)
    assert client.download("target", "target") == 0
    assert client.download("target") == 0
    assert len(repo.fetched) == 1
