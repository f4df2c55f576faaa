"""What is sent stays in its job's folder, under names of our own, and not too much of it."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from county.errors import Refused
from county.importing import folder
from county.importing.folder import Sent, job_folder, keep, shown_name

NASTY = (
    "../../etc/passwd",
    "..\\..\\windows\\系统.xlsx",
    "/root/机构.xlsx",
    "a\x00b\r\nc.xlsx",
    ".htaccess",
    "~$机构.xlsx",
    "机构.xlsx/..",
    "x" * 300 + ".xlsx",
    "",
    ".",
    "..",
    "表\u202exslx.exe",
    "a.x/../../y",
    "<script>alert(1)</script>.xlsx",
)


def files(path: Path) -> Iterator[Path]:
    return (file for file in path.rglob("*") if file.is_file())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=30)), min_size=1, max_size=4))
def test_names_are_never_paths(tmp_path: Path, names: list[str]) -> None:
    before = set(files(tmp_path))
    job, kept = keep(tmp_path, [Sent(name, BytesIO(b"x")) for name in names])
    inside = job_folder(tmp_path, job)
    added = set(files(tmp_path)) - before
    assert {path.parent for path in added} == {inside.path / "files", inside.path}
    assert all(
        path.name[:3].isdecimal() and path.name.isascii() for path in added if path.parent != inside.path
    )
    assert list(inside.called().values()) == kept
    assert len(set(kept)) == len(names)
    assert all(name.isprintable() and "/" not in name and len(name) <= 140 for name in kept)


def test_what_people_see() -> None:
    assert shown_name("C:\\文件\\机构.xlsx") == "机构.xlsx"
    assert shown_name("../..") == "未命名"


@pytest.mark.parametrize(
    ("sent", "limits", "reason"),
    [
        ([], {}, "没有选择"),
        ([b"x"] * 3, {"MAX_FILES": 2}, "最多 2 个"),
        ([b"x" * 11], {"MAX_FILE": 10}, "超过"),
        ([b"x" * 9, b"x" * 9], {"MAX_TOTAL": 10}, "合计"),
    ],
)
def test_too_much_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: list[bytes], limits: dict[str, int], reason: str
) -> None:
    for name, limit in limits.items():
        monkeypatch.setattr(folder, name, limit)
    with pytest.raises(Refused, match=reason):
        keep(tmp_path, [Sent("机构.xlsx", BytesIO(data)) for data in sent])
    assert list(files(tmp_path)) == []


@pytest.mark.parametrize("job", ["", "..", "../x", "A" * 32, "0" * 31])
def test_only_our_ids_are_jobs(tmp_path: Path, job: str) -> None:
    with pytest.raises(Refused):
        job_folder(tmp_path, job)
