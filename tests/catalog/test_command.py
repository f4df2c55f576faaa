"""The command line that looks into one edition."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog.__main__ import main
from catalog.edition import encode_manifest, pack_edition, unpack
from catalog.records import Place, PublicService
from catalog.store import build

CREATED = datetime(2026, 11, 21, tzinfo=UTC)
RECORDS = [
    PublicService(id="id-card-renewal", title="居民身份证换领", competent_authority="police"),
    Place(id="hall", title="政务服务中心", category="中心", latitude=36.0, longitude=117.0),
]


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    objects: dict[str, bytes] = {}
    manifest = pack_edition(RECORDS, objects.__setitem__, edition=5, created=CREATED)
    path = tmp_path / "edition.db"
    build(path, encode_manifest(manifest), lambda reference: unpack(objects[reference.digest], reference))
    return path


def test_searches(edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", str(edition), "sfz"]) == 0
    assert "service/id-card-renewal  居民身份证换领" in capsys.readouterr().out


def test_searches_for_programs(edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", str(edition), "sfz", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["query"] == "sfz"
    (hit,) = answer["hits"]
    assert hit.pop("score") > 0
    expected = {
        "kind": "service",
        "id": "id-card-renewal",
        "title": "居民身份证换领",
        "reason": "",
        "spans": [[2, 5]],
        "field": "title",
    }
    assert hit == expected


def test_nothing_found_is_no_success(edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", str(edition), "护照", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["hits"] == []
    assert main(["search", str(edition), "身份证", "--kind", "place"]) == 1


def test_shows_a_record(edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(edition), "place", "hall"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "政务服务中心"
    assert main(["show", str(edition), "place", "nowhere"]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_verifies(edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(edition), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["edition"], answer["records"], answer["sound"]) == (5, 2, True)
    edition.write_bytes(edition.read_bytes().replace("身份证换领".encode(), "身份证换给".encode()))
    assert main(["verify", str(edition)]) == 1
    assert "damaged" in capsys.readouterr().err


def test_a_file_that_is_no_edition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.db").write_text("hello")
    assert main(["search", str(tmp_path / "x.db"), "sfz"]) == 1
    assert "no edition" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["missing.db", "."])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path / name)]) == 3
    assert str(tmp_path) in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [[], ["search"], ["show", "x.db", "hologram", "h1"], ["search", "x.db", "q", "--limit", "no"]],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert "usage" in capsys.readouterr().err
