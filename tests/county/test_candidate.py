"""Signing away from the server: what is shown is computed from what is signed, and nothing else comes back."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from catalog.box import read_active
from county import editions
from county.__main__ import main
from county.building import abandon, build
from county.editions import Edition
from county.errors import Refused
from county.publishing import publish, show_due
from county.settings import Settings
from county.signing.approval import add_signatures, signatures
from county.signing.candidate import export_candidate, open_candidate, read_signatures, sign_candidate
from county.signing.keys import read_signers
from tests.county.catalogue import NOW, approve, later, organisation
from tests.county.clients import Client
from tests.county.test_publishing import release, shown

pytestmark = pytest.mark.slow


def built(engine: Engine, settings: Settings) -> Edition:
    edition = build(engine, settings, "tester", NOW).edition
    assert edition is not None
    return edition


def exported(engine: Engine, settings: Settings, folder: Path) -> Path:
    path = folder / "candidate.zip"
    path.write_bytes(export_candidate(engine, settings, built(engine, settings), NOW))
    return path


def test_from_server_to_signer_and_back(county: Engine, settings: Settings, tmp_path: Path) -> None:
    approve(county, [organisation(1), organisation(2)])
    release(county, settings)
    approve(county, [organisation(1, "1")])
    path = exported(county, settings, tmp_path)
    keys = settings.keys.rename(tmp_path / "elsewhere")
    candidate = open_candidate(path)
    assert [change.id for change in candidate.difference.changed] == ["office-1"]
    assert candidate.difference.unchanged >= 2
    sent = sign_candidate(candidate, read_signers(keys, "targets"))
    keys.rename(settings.keys)
    edition = built(county, settings)
    assert signatures(settings, edition).signatures == 0
    signed = add_signatures(county, settings, edition, read_signatures(sent, edition), "approver", NOW)
    assert signed.complete
    assert signatures(settings, edition).keys == signed.keys
    publish(county, settings, "tester", NOW)
    assert Client(settings.repository, tmp_path / "client").pull() == edition.manifest


def test_the_file_is_the_same_for_all_signers(county: Engine, settings: Settings) -> None:
    edition = built(county, settings)
    assert export_candidate(county, settings, edition, NOW) == export_candidate(
        county, settings, edition, later(1)
    )


def _spoil(path: Path, name: str, change: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    chosen = next(part for part in parts if part.startswith(name))
    parts[chosen] = parts[chosen].replace(change, change[::-1]) if change else b""
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)


@pytest.mark.parametrize(
    ("name", "change"), [("manifest.json", b"2026"), ("objects/", b""), ("targets.json", b"sha256")]
)
def test_a_spoiled_file_is_not_signed(
    county: Engine, settings: Settings, tmp_path: Path, name: str, change: bytes
) -> None:
    path = exported(county, settings, tmp_path)
    _spoil(path, name, change)
    with pytest.raises(Refused, match="待签文件"):
        open_candidate(path)


def test_what_comes_back_must_be_signatures_of_this_edition(
    county: Engine, settings: Settings, tmp_path: Path
) -> None:
    path = exported(county, settings, tmp_path)
    candidate = open_candidate(path)
    sent = sign_candidate(candidate, read_signers(settings.keys, "targets"))
    stranger = sign_candidate(candidate, read_signers(settings.keys, "snapshot"))
    edition = built(county, settings)
    wrong = json.loads(sent)
    wrong["signatures"][0]["sig"] = "00" * 64
    for data in (
        b"{}",
        b"\xff",
        b'{"edition":1,"digest":"x","signatures":[]}',
        sent.replace(b'"edition":1', b'"edition":2'),
    ):
        with pytest.raises(Refused):
            read_signatures(data, edition)
    for data in (stranger, json.dumps(wrong).encode()):
        with pytest.raises(Refused):
            add_signatures(county, settings, edition, read_signatures(data, edition), "x", NOW)
    with county.connect() as connection:
        waiting = editions.candidate(connection)
    assert waiting is not None
    assert waiting.state == "built"


def test_the_commands(
    county: Engine, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--state", settings.state, "--database", settings.database]
    built(county, settings)
    path = str(tmp_path / "candidate.zip")
    assert main(["candidate", "export", path, *options]) == 0
    assert "county sign --candidate candidate.zip" in capsys.readouterr().out
    key = str(settings.keys / "targets-1.pem")
    assert main(["candidate", "export", path, *options]) == 2
    assert main(["sign", "--candidate", path, "--yes"]) == 2
    assert main(["sign", "--candidate", path, "--key", key, "--digest", "0" * 64]) == 1
    assert main(["sign", "--candidate", path, "--key", key, "--yes"]) == 0
    assert "新增" in capsys.readouterr().out
    assert main(["candidate", "import-signature", str(tmp_path / "candidate.signature.json"), *options]) == 0
    assert main(["publish", *options]) == 0


def test_an_edition_for_later_is_shown_later(county: Engine, settings: Settings, tmp_path: Path) -> None:
    approve(county, [organisation(1)])
    release(county, settings)
    approve(county, [organisation(1, "1")])
    edition = build(county, settings, "tester", NOW, effective=later(1)).edition
    assert edition is not None
    assert build(county, settings, "tester", NOW, effective=later(1)).edition == edition
    path = tmp_path / "candidate.zip"
    path.write_bytes(export_candidate(county, settings, edition, NOW))
    sent = sign_candidate(open_candidate(path), read_signers(settings.keys, "targets"))
    add_signatures(county, settings, edition, read_signatures(sent, edition), "approver", NOW)
    assert publish(county, settings, "tester", NOW).edition.digest == edition.digest
    assert shown(settings) == [organisation(1)]
    show_due(county, settings, later(1) - timedelta(seconds=1))
    assert shown(settings) == [organisation(1)]
    show_due(county, settings, later(1))
    assert shown(settings) == [organisation(1, "1")]
    active = read_active(settings.folder)
    assert active is not None
    assert active.edition == edition.number


def test_a_candidate_is_given_up_once(county: Engine, settings: Settings) -> None:
    edition = built(county, settings)
    abandon(county, settings, edition.number, "approver", NOW)
    with pytest.raises(Refused, match="待发布"):
        abandon(county, settings, edition.number, "approver", NOW)
    again = built(county, settings)
    assert again.number == edition.number + 1
