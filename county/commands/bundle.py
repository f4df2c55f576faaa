"""county bundle"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from county.bundling import bundle
from county.commands.session import Session

NAME = "bundle"
SUMMARY = "write what is published into a folder, for kiosks without a network"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="new, empty, or an older bundle")


def run(session: Session, arguments: Namespace) -> int:
    """Write the bundle and say how to use it."""
    made = bundle(session.settings, arguments.folder, session.now)
    print(f"{arguments.folder}：第 {made.edition} 版，{made.files} 个文件，{made.bytes / 1e6:.1f} MB")
    print(f"请在 {made.expires:%Y-%m-%d} 前拷到优盘，在一体机上运行：python -m sync --bundle 文件夹")
    return 0
