"""The command line: what it prints, what it returns, what it leaves alone."""

import json
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from argon2 import PasswordHasher
from openpyxl import load_workbook
from sqlalchemy import Engine, select, text

from catalog.box import read_active
from catalog.fleet import WAIT
from county.__main__ import main
from county.accounts.people import add_person
from county.database.accounts import person
from county.database.engine import open_database, writing
from county.errors import Refused
from county.repository import Repository
from county.settings import read_settings
from county.web.server import GRACE
from tests.county.catalogue import NOW
from tests.sample import SAMPLE
from tools.reviewing import review_drafts

pytestmark = pytest.mark.slow

OFFICES = str(SAMPLE / "机构.xlsx")


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state folder of a county just founded; to be copied, not to be used."""
    folder = tmp_path_factory.mktemp("founded")
    assert main(["init", "--state", str(folder), "--title", "测试县", "--demonstration"]) == 0
    return folder


@pytest.fixture
def state(founded: Path, tmp_path: Path) -> list[str]:
    """Options that name a founded county."""
    return ["--state", str(shutil.copytree(founded, tmp_path / "state"))]


def test_init_prints_the_password_once_and_keeps_only_its_hash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--state", str(tmp_path)]
    assert main(["init", *options, "--title", "测试县"]) == 0
    password = capsys.readouterr().out.splitlines()[-1].split("：")[-1]
    assert main(["init", *options]) == 0
    assert password not in capsys.readouterr().out
    engine = open_database(read_settings(tmp_path).database_url)
    with engine.connect() as connection:
        (row,) = connection.execute(select(person)).all()
    engine.dispose()
    assert (row.name, row.one_time) == ("admin", True)
    assert PasswordHasher().verify(row.password, password)
    for path in (tmp_path / "keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert password.encode() not in (tmp_path / "county.db").read_bytes()


def test_from_workbook_to_edition_and_back(
    state: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (
        ["import", OFFICES],
        ["build"],
        ["sign", "--yes"],
        ["publish"],
        ["publish", "--refresh"],
    ):
        assert main([arguments[0], *state, *arguments[1:]]) == 0, capsys.readouterr()
    assert "第 1 版" in capsys.readouterr().out
    active = read_active(Path(state[1]))
    assert active is not None
    assert active.edition == 1
    assert main(["init", *state, "--zone-title", "新名称"]) == 0
    assert main(["import", *state, OFFICES]) == 0
    assert "1 条记录存为草稿" in capsys.readouterr().out
    assert main(["sign", *state, "--yes"]) == 1
    review_drafts(Path(state[1]))
    for arguments in (["build"], ["sign", "--yes"], ["publish"], ["rollback", "1"]):
        assert main([arguments[0], *state, *arguments[1:]]) == 0
    assert "zone_title: 新名称 → 政务公开体验区" in capsys.readouterr().out
    assert main(["export", *state, str(tmp_path / "lines")]) == 0
    assert len((tmp_path / "lines" / "organisation.jsonl").read_text().splitlines()) == 34
    assert main(["export", *state, "--format", "csv", str(tmp_path / "tables")]) == 0
    assert len((tmp_path / "tables" / "organisation.csv").read_text("utf-8-sig").splitlines()) >= 35
    assert main(["export", *state, "--format", "jsonld", str(tmp_path / "linked")]) == 0
    assert b"cv:PublicOrganisation" in (tmp_path / "linked" / "cpsv-ap.jsonld").read_bytes()
    assert main(["export", *state, "--format", "open-data", str(tmp_path / "open")]) == 0
    assert {"listing.json", "dcat.jsonld", "organisation.csv"} <= {
        path.name for path in (tmp_path / "open").iterdir()
    }
    assert main(["export", *state, "--format", "xlsx", str(tmp_path / "books")]) == 0
    capsys.readouterr()
    assert main(["import", *state, "--json", str(tmp_path / "books")]) == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert changes == {"added": [], "changed": [], "unchanged": 38, "missing": []}


def test_importing_without_a_county_only_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--state", str(tmp_path / "none")]
    assert main(["import", *options, "--json", OFFICES]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["format"], report["outcome"], report["counts"]["organisations"]) == (1, "dry_run", 34)
    assert main(["import", *options, OFFICES]) == 3
    assert "init" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["import", "no-such-file.xlsx"], 2, "no-such-file.xlsx"),
        (["sign", "--yes"], 1, "build"),
        (["publish"], 1, "sign"),
        (["rollback", "7"], 1, "第 7 版"),
        (["build", "--config", "no-such-file.toml"], 2, "no-such-file.toml"),
        (["build", "--database", "nonsense"], 2, "数据库地址"),
        (["export", "."], 1, "空文件夹"),
        (["export", "--format", "open-data", "no-such-folder"], 1, "publish"),
        (["user", "add", "有 空格"], 1, "用户名"),
    ],
)
def test_errors_say_what_to_do(
    state: list[str], arguments: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([arguments[0], *state, *arguments[1:]]) == code
    assert words in capsys.readouterr().err


def test_another_digest_is_not_signed(state: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", *state]) == 0
    digest = capsys.readouterr().out.splitlines()[-1].split()[-1]
    assert main(["sign", *state, "--digest", "0" * 64]) == 1
    assert main(["sign", *state]) == 2
    assert main(["publish", *state]) == 1
    assert main(["sign", *state, "--digest", digest]) == 0
    assert main(["publish", *state]) == 0


def test_a_bad_workbook_is_refused(
    state: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"no workbook")
    assert main(["import", *state, str(broken), OFFICES]) == 1
    assert "坏.xlsx" in capsys.readouterr().out
    assert main(["build", *state]) == 0
    assert "organisation" not in capsys.readouterr().out


def test_checks_return_one_for_an_error(state: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *state, "--json"]) in (0, 1)
    report = json.loads(capsys.readouterr().out)
    assert report["format"] == 1
    assert isinstance(report["findings"], list)


def test_a_name_is_taken_once(county: Engine) -> None:
    with writing(county) as connection:
        add_person(connection, "王芳", ["reviewer"], "secret", "admin", NOW)
    with pytest.raises(Refused, match="已存在"), writing(county) as connection:
        add_person(connection, "王芳", ["supervisor"], "secret", "admin", NOW)


@contextmanager
def serving(state: list[str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server and the address of its repository; a server that has not ended in the end is killed."""
    command = [sys.executable, "-m", "county", "serve", *state, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield server, server.stdout.readline().strip().removeprefix("签名仓库：")
        finally:
            server.kill()


def test_serving_ends_gracefully(state: list[str]) -> None:
    main(["build", *state])
    main(["sign", *state, "--yes"])
    main(["publish", *state])
    with serving(state) as (server, address):
        with urllib.request.urlopen(address + "metadata/timestamp.json") as answer:
            assert answer.status == 200
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) in (0, -signal.SIGTERM)


def test_boxes_that_wait_for_the_bell_do_not_hold_up_the_end(state: list[str]) -> None:
    """Each is answered that there is nothing; cut off after the grace, it would hear no answer at all."""
    with serving(state) as (server, address), ExitStack() as stack:
        port = urlsplit(address).port or 0
        version = Repository(read_settings(Path(state[1])).repository).timestamp().signed.version
        asked = f"GET {WAIT}?version={version} HTTP/1.1\r\nHost: county\r\n\r\n"
        boxes = [stack.enter_context(socket.create_connection(("127.0.0.1", port), 30)) for _ in range(3)]
        for box in boxes:
            box.sendall(asked.encode())
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/repository/metadata/timestamp.json"):
            server.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert [box.recv(100)[:12] for box in boxes] == [b"HTTP/1.1 204"] * 3
        server.wait(30)
        assert time.monotonic() - began < GRACE


def test_staff_from_the_command_line(state: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    add = ["user", *state, "add", "李娜", "--role", "reviewer", "--role", "supervisor"]
    assert main(add) == 0
    assert main(["user", *state, "disable", "李娜"]) == 0
    assert main(["user", *state, "reset-password", "李娜"]) == 0
    assert main(["user", *state, "reset-totp", "李娜"]) == 0
    capsys.readouterr()
    assert main(["user", *state, "list"]) == 0
    assert "李娜  审核员、督查员  已停用" in capsys.readouterr().out
    assert main(["user", *state, "enable", "李娜"]) == 0
    assert main(["user", *state, "disable"]) == 2
    assert main(["user", *state, "disable", "nobody"]) == 1
    assert main(["user", *state, "add", "x", "--role", "auditor", "--role", "security"]) == 1
    assert main(["user", *state, "add", "x", "--role", "clerk"]) == 1


def test_the_log_is_verified_from_the_command_line(
    state: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["audit", *state, "verify", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["fault"] is None
    assert report["entries"] > 0
    engine = open_database(read_settings(Path(state[1])).database_url)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_is_constant"))
        connection.execute(text("UPDATE audit SET detail = '{}' WHERE number = 2"))
    engine.dispose()
    assert main(["audit", *state, "verify"]) == 1
    assert "第 2 条被改动" in capsys.readouterr().out


def test_publications_from_a_table(
    state: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", *state, OFFICES, str(SAMPLE / "主动公开补充目录.xlsx")]) == 0
    table = tmp_path / "公开.xlsx"
    assert main(["publications", *state, "--blank", str(table)]) == 0
    book = load_workbook(table)
    sheet = book.active
    assert sheet is not None
    column = {cell.value: number for number, cell in enumerate(sheet[1], 1)}
    rows = range(2, sheet.max_row + 1)
    for row in rows[:2]:
        sheet.cell(row, column["公开的是什么"], "一次公开")
        sheet.cell(row, column["形成日期"], "2026-01-05")
    sheet.cell(rows[1], column["公开日期"], "昨天")
    book.save(table)
    capsys.readouterr()

    def report(*more: str) -> tuple[int, dict[str, Any]]:
        code = main(["publications", *state, "--json", *more, str(table)])
        return code, json.loads(capsys.readouterr().out)

    code, refused = report()
    assert (code, refused["outcome"], refused["unfilled"]) == (1, "refused", len(rows) - 2)
    assert refused["findings"][0]["at"]["cell"] == f"G{rows[1]}"
    sheet.cell(rows[1], column["公开日期"], "2026-01-09")
    book.save(table)
    assert report("--dry-run")[1]["outcome"] == "dry_run"
    assert report()[1]["counts"] == {"added": 2, "corrected": 0, "same": 0}
    assert report()[1]["counts"] == {"added": 0, "corrected": 0, "same": 2}
    assert main(["publications", *state, str(tmp_path / "none.xlsx")]) == 2
