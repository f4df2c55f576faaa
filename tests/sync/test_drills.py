"""Drills of docs/keys.md, with the commands that people use and a box that follows: T-C6, T-C7, T-C8, F13."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine
from tuf.api.metadata import Metadata, Targets, Timestamp

from catalog.box import read_active, read_status
from county.__main__ import main as county_main
from county.building import build
from county.errors import Refused
from county.founding import found
from county.publishing import publish
from county.repository import Repository, put
from county.settings import Settings, read_settings
from county.signing import ceremony, metadata, online
from county.signing.approval import sign
from county.signing.keys import read_keys
from county.web.admin.shell import Desk
from county.web.app import create_app
from sync.__main__ import main as sync_main
from tests.county.catalogue import approve, organisation
from tests.sync.served import ServedCounty, now
from tests.web.serving import serving

pytestmark = pytest.mark.slow
ROLES = ("root", "targets")


@dataclass
class Drill:
    """A county with 2-of-3 roots and approvers, whose keys lie in a folder of their own, and a box that follows it."""

    settings: Settings
    engine: Engine
    people: Path
    box: Path
    url: str = ""
    records: int = 0

    def key(self, action: str, *arguments: str) -> int:
        """`county key …`, on the server only what needs it."""
        folder = self.settings.folder
        server = ["--state", str(folder), "--config", str(folder.parent / "county.toml")]
        elsewhere = action in ("make", "sign", "join")
        return county_main(["key", *([] if elsewhere else server), action, *arguments])

    def sign_by(self, draft: Path, *names: str) -> int:
        """Each of these people signs a draft, one after another."""
        keys = [part for name in names for part in ("--key", str(self.people / f"{name}.pem"))]
        return self.key("sign", str(draft), "--yes", *keys)

    def publish(self, *approvers: str, after: int = 0) -> None:
        """A new edition with a number higher than `after`, signed by these people."""
        self.records += 1
        approve(self.engine, [organisation(number) for number in range(self.records)])
        edition = build(self.engine, self.settings, "tester", now(), force=True, after=after).edition
        assert edition
        keys = read_keys([self.people / f"{name}.pem" for name in approvers])
        sign(self.engine, self.settings, edition, keys, "approver", now())
        publish(self.engine, self.settings, "tester", now())

    def look(self) -> int:
        """The box syncs; the edition it shows then."""
        sync_main(["--once", "--state", str(self.box), "--url", self.url])
        active = read_active(self.box)
        return active.edition if active else 0

    @property
    def network(self) -> str:
        status = read_status(self.box)
        return status.network if status else ""

    @property
    def event(self) -> str:
        status = read_status(self.box)
        return status.event if status else ""


@pytest.fixture
def drill(tmp_path: Path) -> Iterator[Drill]:
    (tmp_path / "county.toml").write_text(
        "root_keys = 3\nroot_threshold = 2\ntargets_keys = 3\ntargets_threshold = 2\n"
    )
    settings = read_settings(tmp_path / "county", tmp_path / "county.toml", title="测试县")
    engine = found(settings, {}, "tester", now()).engine
    people = tmp_path / "people"
    people.mkdir()
    for role in ROLES:
        for path in settings.keys.glob(f"{role}-*.pem"):
            path.rename(people / path.name)
    drill = Drill(settings, engine, people, tmp_path / "box")
    root = str(settings.repository / "metadata" / "1.root.json")
    assert sync_main(["--state", str(drill.box), "trust", root]) == 0
    with serving(create_app(settings.folder, now, desk=Desk(engine, settings, now))) as address:
        drill.url = address + "/repository/"
        drill.publish("targets-1", "targets-2")
        assert drill.look() == 1
        yield drill
    engine.dispose()


def test_a_stolen_timestamp_key_is_replaced_and_boxes_recover(drill: Drill, tmp_path: Path) -> None:
    """T-C6: the thief signs the highest version there is."""
    repository = Repository(drill.settings.repository)
    stolen = read_keys([drill.settings.keys / "timestamp-1.pem"])
    timestamp: Metadata[Timestamp] = repository.timestamp()
    timestamp.signed.version = 2**31 - 1
    timestamp.signatures.clear()
    metadata.sign(timestamp, stolen)
    repository.metadata("timestamp.json").write_bytes(timestamp.to_bytes())
    assert drill.look() == 1
    draft = tmp_path / "draft.json"
    assert drill.key("propose", str(draft), "--rotate", "timestamp") == 0
    assert drill.key("apply", str(draft)) == 1
    assert drill.sign_by(draft, "root-1") == 0
    assert drill.key("apply", str(draft)) == 1
    assert drill.sign_by(draft, "root-3") == 0
    assert drill.key("apply", str(draft)) == 0
    drill.publish("targets-2", "targets-3")
    assert drill.look() == 2
    assert drill.network == "ok"
    assert not (drill.settings.keys / "timestamp-1.pem").exists()
    late = repository.timestamp()
    late.signed.version += 1
    late.signatures.clear()
    metadata.sign(late, stolen)
    repository.metadata("timestamp.json").write_bytes(late.to_bytes())
    assert drill.look() == 2
    assert drill.network == "untrusted"


def test_one_approver_alone_is_refused(drill: Drill) -> None:
    """T-C7: at the county's own door, and at the box when somebody goes round it."""
    with pytest.raises(Refused, match="没有已签名"):
        drill.publish("targets-1")
    repository = Repository(drill.settings.repository)
    staged: Metadata[Targets] = Metadata.from_bytes((drill.settings.candidate / "targets.json").read_bytes())
    version = staged.signed.version
    assert len(staged.signatures) == 1
    put(repository.metadata(f"{version}.targets.json"), staged.to_bytes())
    versions = {**online.current(repository), "targets": version}
    online.lead_to(drill.settings, repository, versions, now(), put)
    assert drill.look() == 1
    assert drill.network == "untrusted"


def test_a_revoked_approver_signs_no_more(drill: Drill, tmp_path: Path) -> None:
    """T-C7: the key of one approver is stolen; the root revokes it and takes a new person in."""
    new = drill.people / "new.pem"
    assert drill.key("make", str(new), "--no-passphrase") == 0
    stolen = read_keys([drill.people / "targets-1.pem"])[0].public_key.keyid
    root, targets = tmp_path / "root.json", tmp_path / "targets.json"
    add = f"targets={new.with_suffix('.pub')}"
    assert drill.key("propose", str(root), "--add", add, "--revoke", stolen[:12]) == 0
    assert drill.sign_by(root, "root-2", "root-3") == 0
    assert drill.key("apply", str(root)) == 1
    assert drill.key("propose", str(targets), "--targets", "--under", str(root)) == 0
    assert drill.sign_by(targets, "targets-1") == 1
    assert drill.sign_by(targets, "targets-2", "new") == 0
    assert drill.key("apply", str(root), str(targets)) == 0
    assert drill.look() == 1
    assert drill.network == "ok"
    with pytest.raises(Refused, match="不是批准密钥"):
        drill.publish("targets-1", "targets-2")
    drill.publish("targets-2", "new")
    assert drill.look() == 3


def test_a_stolen_root_key_alone_changes_nothing_and_is_replaced(drill: Drill, tmp_path: Path) -> None:
    """T-C8."""
    new, draft = drill.people / "new.pem", tmp_path / "draft.json"
    assert drill.key("make", str(new), "--no-passphrase") == 0
    stolen = read_keys([drill.people / "root-1.pem"])[0].public_key.keyid
    add = ("--add", f"root={new.with_suffix('.pub')}", "--threshold", "root=1")
    assert drill.key("propose", str(draft), *add) == 0
    assert drill.sign_by(draft, "root-1", "new") == 0
    assert drill.key("apply", str(draft)) == 1
    assert drill.key("propose", str(draft), *add[:2], "--revoke", stolen) == 0
    copy = tmp_path / "copy.json"
    copy.write_bytes(draft.read_bytes())
    assert drill.sign_by(draft, "root-2") == 0
    assert drill.sign_by(copy, "root-3", "new") == 0
    assert drill.key("join", str(draft), str(copy)) == 0
    assert drill.key("apply", str(draft)) == 0
    drill.publish("targets-1", "targets-2")
    assert drill.look() == 2
    assert drill.network == "ok"


def test_the_first_ceremony_takes_every_key_off_the_server(drill: Drill, tmp_path: Path) -> None:
    """docs/keys.md, from the keys of a demonstration to those of people."""
    root, targets, changes = tmp_path / "root.json", tmp_path / "targets.json", []
    before = Repository(drill.settings.repository).root().signed
    for role in ROLES:
        for number in range(3):
            key = drill.people / f"new-{role}-{number}.pem"
            assert drill.key("make", str(key), "--no-passphrase") == 0
            changes += ["--add", f"{role}={key.with_suffix('.pub')}"]
        changes += [part for keyid in before.roles[role].keyids for part in ("--revoke", keyid[:12])]
    assert drill.key("propose", str(root), *changes) == 0
    assert drill.sign_by(root, "root-1", "root-2", "new-root-0", "new-root-2") == 0
    assert drill.key("propose", str(targets), "--targets", "--under", str(root)) == 0
    assert drill.sign_by(targets, "new-targets-0") == 0
    assert drill.key("apply", str(root), str(targets)) == 1
    assert drill.sign_by(targets, "new-targets-1") == 0
    assert drill.key("apply", str(root), str(targets)) == 0
    drill.publish("new-targets-0", "new-targets-2")
    assert drill.look() == 2
    assert drill.network == "ok"


def test_the_key_of_the_rings_is_replaced_by_the_approvers(drill: Drill, tmp_path: Path) -> None:
    draft = tmp_path / "draft.json"
    assert drill.key("propose", str(draft), "--rotate", "rings") == 0
    assert drill.sign_by(draft, "targets-1", "targets-3") == 0
    assert drill.key("apply", str(draft)) == 0
    assert [path.name for path in sorted(drill.settings.keys.glob("rings-*"))] == [
        "rings-1.retired",
        "rings-2.pem",
    ]
    drill.publish("targets-1", "targets-2")
    assert drill.look() == 2


@pytest.fixture
def restored(drill: Drill, tmp_path: Path) -> Drill:
    """A box of the fleet is at edition 3 when the county comes back from a backup in which there was but one."""
    county = drill.url.removesuffix("repository/")
    code = ServedCounty(drill.settings, drill.engine, county).code()
    assert sync_main(["enrol", "--state", str(drill.box), county, code.text]) == 0
    backup = shutil.copytree(
        drill.settings.folder, tmp_path / "backup", ignore=shutil.ignore_patterns("*-journal")
    )
    for _ in range(2):
        drill.publish("targets-1", "targets-2")
    assert drill.look() == 3
    drill.engine.dispose()
    shutil.rmtree(drill.settings.folder)
    shutil.copytree(backup, drill.settings.folder)
    assert (drill.look(), drill.event) == (3, "rollback")
    return drill


def test_after_a_restore_the_keys_are_rotated_and_the_fleet_goes_on(restored: Drill, tmp_path: Path) -> None:
    """F13: the box's heartbeat says which numbers are taken; it never shows anything older meanwhile."""
    draft = tmp_path / "draft.json"
    assert restored.key("propose", str(draft), "--rotate", "timestamp", "--rotate", "snapshot") == 0
    assert restored.sign_by(draft, "root-1", "root-2") == 0
    assert restored.key("apply", str(draft)) == 0
    assert (restored.look(), restored.event) == (3, "rollback")
    with pytest.raises(Refused, match="build --after 3 "):
        restored.publish("targets-1", "targets-2")
    restored.publish("targets-1", "targets-2", after=3)
    assert (restored.look(), restored.network) == (4, "ok")
    restored.publish("targets-1", "targets-2")
    assert (restored.look(), restored.network) == (5, "ok")


def test_a_higher_number_alone_does_not_help_after_a_restore(restored: Drill) -> None:
    """Control: what the server signs for itself has gone back, too, and only other keys begin it anew."""
    restored.publish("targets-1", "targets-2", after=3)
    assert (restored.look(), restored.event) == (3, "rollback")


def test_a_draft_for_an_earlier_root_is_refused(
    drill: Drill, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    for draft, role in ((first, "timestamp"), (second, "snapshot")):
        assert drill.key("propose", str(draft), "--rotate", role) == 0
        assert drill.sign_by(draft, "root-1", "root-2") == 0
    assert drill.key("apply", str(first)) == 0
    assert drill.key("apply", str(second)) == 1
    assert "重新起草" in capsys.readouterr().err


@pytest.mark.parametrize(
    "change",
    [
        ("--threshold", "root=4"),
        ("--threshold", "root=0"),
        ("--revoke", "abcdef"),
        ("--revoke", ""),
        ("--add", "root=/nowhere.pub"),
    ],
)
def test_an_impossible_change_is_refused(drill: Drill, tmp_path: Path, change: tuple[str, str]) -> None:
    assert drill.key("propose", str(tmp_path / "draft.json"), *change) in (1, 3)


def test_a_key_without_a_say_cannot_sign(drill: Drill, tmp_path: Path) -> None:
    draft = tmp_path / "draft.json"
    assert drill.key("propose", str(draft), "--rotate", "timestamp") == 0
    assert drill.sign_by(draft, "targets-1") == 1
    assert not ceremony.read_draft(draft).role.signatures
    for content in (b"", b"{}", b"[]", b'{"before":1,"role":2}'):
        draft.write_bytes(content)
        assert drill.sign_by(draft, "root-1") == 1


def test_a_key_under_a_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drill: Drill) -> None:
    secret, key = tmp_path / "passphrase", tmp_path / "wang.pem"
    monkeypatch.setenv("OPENHALL_PASSPHRASE_FILE", str(secret))
    secret.write_text("short")
    assert drill.key("make", str(key)) == 1
    secret.write_text("a long and winding passphrase\n")
    assert drill.key("make", str(key)) == 0
    assert drill.key("make", str(key)) == 3
    assert b"ENCRYPTED" in key.read_bytes()
    assert key.stat().st_mode & 0o077 == 0
    draft = tmp_path / "draft.json"
    assert drill.key("propose", str(draft), "--add", f"root={key.with_suffix('.pub')}") == 0
    assert drill.key("sign", str(draft), "--yes", "--key", str(key)) == 0
    secret.write_text("another passphrase")
    assert drill.key("sign", str(draft), "--yes", "--key", str(key)) == 3
