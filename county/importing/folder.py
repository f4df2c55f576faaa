"""Where the files of an import job lie, below the state folder's `imports/`, until it is applied or cancelled.

    <job>/files/000.xlsx …   what was sent; the names that people gave stand in `files.json` and are never paths
    <job>/lock               held by the process that reads them, for as long as it lives
    <job>/progress.json      how far it is
    <job>/report.json        what it found; without it and without a holder of the lock the reading was interrupted

A job's id is made by this program. Nothing outside its folder is written.
"""

import re
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from catalog.durable import replace
from county.errors import Refused

MAX_FILES = 200
MAX_FILE = 20 * 1024 * 1024
MAX_TOTAL = 100 * 1024 * 1024
"""Files of one job, bytes of one, bytes of all."""

_ID = re.compile(r"[0-9a-f]{32}")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it arrives: what its owner calls it, and its bytes."""

    name: str
    data: BinaryIO


class Progress(msgspec.Struct, frozen=True):
    """Which file was read last, how many are done and how many there are."""

    name: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class JobFolder:
    """The folder of one job."""

    path: Path

    @property
    def lock(self) -> Path:
        """Held while somebody reads the files."""
        return self.path / "lock"

    @property
    def report(self) -> Path:
        """What was found."""
        return self.path / "report.json"

    def called(self) -> dict[Path, str]:
        """The files and what their owner calls them, in the order in which they were sent."""
        names = msgspec.json.decode((self.path / "files.json").read_bytes(), type=dict[str, str])
        return {self.path / "files" / file: name for file, name in names.items()}

    def progress(self) -> Progress:
        """How far the reading is."""
        try:
            return msgspec.json.decode((self.path / "progress.json").read_bytes(), type=Progress)
        except (FileNotFoundError, msgspec.DecodeError):
            return Progress()

    def say_progress(self, progress: Progress) -> None:
        """Let others see how far the reading is."""
        draft = self.path / "progress.new"
        draft.write_bytes(msgspec.json.encode(progress))
        draft.rename(self.path / "progress.json")

    def remove(self) -> None:
        """Remove everything that was sent."""
        shutil.rmtree(self.path, ignore_errors=True)


def job_folder(state: Path, job: str) -> JobFolder:
    """The folder of the job with this id. Raises Refused for what is no id."""
    if not _ID.fullmatch(job):
        raise Refused("没有这次导入")
    return JobFolder(state / "imports" / job)


def keep(state: Path, sent: Sequence[Sent]) -> tuple[str, list[str]]:
    """Keep what was sent in a new job's folder. Returns its id and the names of the files.

    Raises Refused, leaving nothing, when it is too much or nothing.
    """
    if not sent:
        raise Refused("没有选择文件：请选择或拖入工作簿")
    if len(sent) > MAX_FILES:
        raise Refused(f"一次最多 {MAX_FILES} 个文件，请分几次导入")
    job = secrets.token_hex(16)
    folder = job_folder(state, job)
    (folder.path / "files").mkdir(parents=True, mode=0o700)
    with ExitStack() as undo:
        undo.callback(folder.remove)
        names = dict(_keep_all(folder.path / "files", sent))
        replace(folder.path / "files.json", msgspec.json.encode(names))
        undo.pop_all()
    return job, list(names.values())


def _keep_all(folder: Path, sent: Sequence[Sent]) -> Iterator[tuple[str, str]]:
    total = 0
    taken: set[str] = set()
    for number, each in enumerate(sent):
        name = _free(shown_name(each.name), taken)
        suffix = Path(name).suffix.lower()
        file = f"{number:03}{suffix if _SUFFIX.fullmatch(suffix) else ''}"
        size = 0
        with (folder / file).open("xb") as kept:
            while data := each.data.read(_CHUNK):
                size += len(data)
                if size > MAX_FILE:
                    raise Refused(f"文件 {name} 超过 {MAX_FILE >> 20} MB，请删除多余的空行空列或分成几个文件")
                kept.write(data)
        total += size
        if total > MAX_TOTAL:
            raise Refused(f"文件合计超过 {MAX_TOTAL >> 20} MB，请分几次导入")
        yield file, name


def shown_name(given: str) -> str:
    """A file's name as people may see it: no folders, no control characters, 120 characters at most."""
    last = re.split(r"[/\\]", given)[-1]
    plain = "".join(letter for letter in last if letter.isprintable()).strip().lstrip(".~$")
    stem, dot, suffix = plain.rpartition(".")
    if len(plain) > 120:
        plain = f"{stem[:110]}…{dot}{suffix[:8]}"
    return plain or "未命名"


def _free(name: str, taken: set[str]) -> str:
    path, free, number = Path(name), name, 2
    while free in taken:
        free = f"{path.stem} ({number}){path.suffix}"
        number += 1
    taken.add(free)
    return free
