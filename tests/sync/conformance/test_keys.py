"""The cases of the suite's test_keys and test_updater_key_rotations."""

import json
from collections.abc import Callable

import pytest
from securesystemslib.signer import CryptoSigner

from tests.sync.conformance.conftest import Client
from tests.sync.conformance.repository import ALL, Repository

Version = tuple[str, int, str]
"""The role's keys by digit, its threshold, and who signs."""

ROOTS: dict[str, tuple[list[Version], bool]] = {
    "key rotated": ([("1", 1, "1"), ("2", 1, "21"), ("2", 1, "2")], True),
    "unused signatures": ([("1", 1, "314"), ("2", 1, "3214"), ("2", 1, "324")], True),
    "other signers": ([("01234", 3, "024"), ("01234", 3, "041"), ("01234", 3, "013")], True),
    "one of five": ([("01234", 3, "024"), ("01345", 3, "041")], True),
    "one of five in steps": ([("01234", 3, "024"), ("01345", 3, "0245"), ("01345", 3, "045")], True),
    "all in steps": ([("01234", 3, "024"), ("56789", 3, "024567"), ("56789", 3, "567")], True),
    "threshold up of three": ([("123", 1, "1"), ("123", 2, "12")], True),
    "threshold down": ([("123", 2, "12"), ("123", 1, "12"), ("123", 1, "1")], True),
    "threshold up of two": ([("1", 1, "1"), ("12", 2, "12")], True),
    "not by old": ([("1", 1, "1"), ("2", 1, "234")], False),
    "not by new": ([("1", 1, "1"), ("2", 1, "134")], False),
    "not by three new": ([("01234", 3, "024"), ("01345", 3, "024")], False),
    "not by three old": ([("01234", 3, "024"), ("01345", 3, "045")], False),
    "new threshold missed": ([("123", 1, "1"), ("123", 2, "2")], False),
    "old threshold missed": ([("123", 2, "12"), ("123", 1, "1")], False),
}
OTHERS: dict[str, tuple[Version, bool]] = {
    "key rotated": (("2", 1, "2"), True),
    "unused signatures": (("1", 1, "314"), True),
    "not by new": (("2", 1, "134"), False),
    "one of three wrong": (("01345", 3, "024"), False),
    "one too few": (("01345", 3, "04"), False),
    "first": (("01234", 3, "024"), True),
    "second": (("01234", 3, "041"), True),
    "third": (("01234", 3, "013"), True),
    "fourth": (("01234", 3, "123"), True),
    "fifth": (("01234", 3, "234"), True),
}
SIGNERS = [CryptoSigner.generate_ed25519() for _ in range(10)]


def _set(repo: Repository, role: str, version: Version) -> None:
    keys, threshold, signers = version
    repo.root.roles[role].keyids.clear()
    repo.root.roles[role].threshold = threshold
    for digit in keys:
        repo.root.add_key(SIGNERS[int(digit)].public_key, role)
    repo.signers[role] = [SIGNERS[int(digit)] for digit in signers]


@pytest.mark.parametrize("case", ROOTS)
def test_root_rotation(fresh: Client, repo: Repository, case: str) -> None:
    versions, accepted = ROOTS[case]
    repo.signed["root"].clear()
    for number, version in enumerate(versions, 1):
        _set(repo, "root", version)
        repo.root.version = number
        repo.put("root")
    assert fresh.init() == 0
    assert fresh.refresh() == (0 if accepted else 1)
    assert fresh.data("root") == repo.signed["root"][-1 if accepted else -2]


@pytest.mark.parametrize("case", OTHERS)
def test_other_rotations(client: Client, repo: Repository, case: str) -> None:
    version, accepted = OTHERS[case]
    for role in ("timestamp", "snapshot", "targets"):
        _set(repo, role, version)
        repo.publish("root", *ALL)
        assert client.refresh() == (0 if accepted else 1)
        if accepted:
            assert client.data(role) == repo.signed[role][-1]


def test_too_few_signatures_are_refused(client: Client, repo: Repository) -> None:
    client.refresh()
    repo.root.roles["snapshot"].threshold = 3
    repo.add_key("snapshot")
    repo.publish("root", *ALL)
    assert client.refresh() == 1
    assert (client.version("root"), client.version("snapshot")) == (2, 1)
    repo.add_key("snapshot")
    repo.publish("root", *ALL)
    assert client.refresh() == 0
    assert client.version("snapshot") == 3


def test_a_threshold_above_the_number_of_keys_is_never_met(client: Client, repo: Repository) -> None:
    client.refresh()
    repo.root.roles["snapshot"].threshold = 5
    for _ in range(3):
        repo.add_key("snapshot")
    repo.publish("root", *ALL)
    repo.root.roles["snapshot"].keyids.append(CryptoSigner.generate_ed25519().public_key.keyid)
    repo.publish("root")
    assert client.refresh() == 1
    assert client.version("snapshot") == 1


def _twice_the_key(metadata: dict[str, object], keyid: str) -> None:
    keys = metadata["signed"]["roles"]["snapshot"]["keyids"]  # type: ignore[index]
    keys.append(keyid)


def _twice_the_signature(metadata: dict[str, object], keyid: str) -> None:
    signatures = metadata["signatures"]
    assert isinstance(signatures, list)
    signatures.append(dict(signatures[0]))


@pytest.mark.parametrize(("role", "spoil"), [("root", _twice_the_key), ("snapshot", _twice_the_signature)])
def test_a_key_counts_once(
    client: Client, repo: Repository, role: str, spoil: Callable[[dict[str, object], str], None]
) -> None:
    client.refresh()
    repo.root.roles["snapshot"].threshold = 2
    repo.publish("root", *ALL)
    metadata = json.loads(repo.signed[role][-1])
    spoil(metadata, repo.signers["snapshot"][0].public_key.keyid)
    repo.serve(role, 2, json.dumps(metadata).encode())
    assert client.refresh() == 1
    assert client.version("snapshot") == 1


@pytest.mark.parametrize(
    "generate",
    [CryptoSigner.generate_rsa, CryptoSigner.generate_ecdsa, CryptoSigner.generate_ed25519],
)
def test_kinds_of_keys(client: Client, repo: Repository, generate: Callable[[], CryptoSigner]) -> None:
    repo.root.roles["snapshot"].keyids.clear()
    repo.signers["snapshot"].clear()
    repo.add_key("snapshot", generate())
    repo.publish("root", *ALL)
    assert client.refresh() == 0
    assert client.version("snapshot") == 2


def test_a_wrong_signature_beside_enough_right_ones_does_no_harm(client: Client, repo: Repository) -> None:
    repo.add_key("snapshot")
    repo.publish("root", *ALL)
    metadata = json.loads(repo.signed["snapshot"][-1])
    metadata["signatures"][1]["sig"] = "00" * 64
    repo.serve("snapshot", 2, json.dumps(metadata).encode())
    assert client.refresh() == 0
    assert client.version("snapshot") == 2
