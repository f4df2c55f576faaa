from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.text import digest
from sync.errors import Unreachable, Untrusted
from sync.receive import is_intact, receive

BODY = b"0123456789"
NAME = digest(BODY)


class Source:
    """Gives the body in chunks of three bytes, or what it was told to; remembers the offsets asked for."""

    def __init__(self, *bodies: bytes) -> None:
        self.bodies = list(bodies)
        self.offsets: list[int] = []

    def __call__(self, offset: int) -> Iterator[bytes]:
        self.offsets.append(offset)
        body = self.bodies.pop(0)[offset:]
        return (body[start : start + 3] for start in range(0, len(body), 3))


def test_what_is_right_gets_its_name(tmp_path: Path) -> None:
    receive(tmp_path / NAME, NAME, 10, Source(BODY))
    assert is_intact(tmp_path / NAME, NAME, 10)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_what_is_cut_off_goes_on_from_there(tmp_path: Path) -> None:
    source = Source(BODY[:4], BODY)
    with pytest.raises(Unreachable, match="only 4 of 10"):
        receive(tmp_path / NAME, NAME, 10, source)
    assert not (tmp_path / NAME).exists()
    receive(tmp_path / NAME, NAME, 10, source)
    assert source.offsets == [0, 4]
    assert (tmp_path / NAME).read_bytes() == BODY


@pytest.mark.parametrize("begun", [b"xx", b"x" * 10, b"x" * 11, BODY + b"!"])
def test_a_wrong_beginning_is_thrown_away_once(tmp_path: Path, begun: bytes) -> None:
    (tmp_path / f"{NAME}.part").write_bytes(begun)
    receive(tmp_path / NAME, NAME, 10, Source(BODY, BODY)) if len(begun) < 10 else receive(
        tmp_path / NAME, NAME, 10, Source(BODY)
    )
    assert (tmp_path / NAME).read_bytes() == BODY


@pytest.mark.parametrize("body", [b"012345678x", BODY + b"!", b"x" * 100])
def test_what_is_wrong_leaves_nothing(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(Untrusted):
        receive(tmp_path / NAME, NAME, 10, Source(body))
    assert list(tmp_path.iterdir()) == []


def test_a_part_that_was_complete_needs_no_request(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.part").write_bytes(BODY)
    source = Source()
    receive(tmp_path / NAME, NAME, 10, source)
    assert source.offsets == []
