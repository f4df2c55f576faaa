"""Asking a person for the passphrase of a key."""

import getpass
import os
import sys
from pathlib import Path

from county.errors import Misused, Refused

SHORTEST = 12
"""Characters of a new passphrase."""
FILE = "OPENHALL_PASSPHRASE_FILE"
"""Names a file with the passphrase, for places without a terminal."""


def ask_passphrase(path: Path) -> bytes:
    """The passphrase of the key at `path`. Raises Misused where nobody can be asked."""
    return _given() or _asked(f"密钥 {path.name} 的口令：")


def new_passphrase(path: Path) -> bytes:
    """A passphrase for a new key, asked for twice. Raises Misused, Refused."""
    given = _given()
    passphrase = given or _asked(f"新密钥 {path.name} 的口令（至少 {SHORTEST} 个字符）：")
    if len(passphrase.decode()) < SHORTEST:
        raise Refused(f"口令至少要有 {SHORTEST} 个字符")
    if not given and _asked("再输入一遍：") != passphrase:
        raise Refused("两次输入的口令不同")
    return passphrase


def _given() -> bytes:
    file = os.environ.get(FILE, "")
    return Path(file).read_bytes().strip() if file else b""


def _asked(prompt: str) -> bytes:
    if not sys.stdin.isatty():
        raise Misused(f"没有终端可供输入口令：请在终端上运行，或用环境变量 {FILE} 指明口令文件")
    return getpass.getpass(prompt).encode()
