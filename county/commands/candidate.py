"""county candidate"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from county import editions
from county.commands.session import Session
from county.errors import Misused, Refused
from county.signing.approval import add_signatures
from county.signing.candidate import export_candidate, read_signatures

NAME = "candidate"
SUMMARY = "carry the built edition to those who sign it elsewhere, and their signatures back"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("action", choices=["export", "import-signature"])
    parser.add_argument("file", type=Path, metavar="FILE")


def run(session: Session, arguments: Namespace) -> int:
    """Write the candidate into a new file, or take signatures in."""
    engine, settings = session.open_database(), session.settings
    with engine.connect() as connection:
        edition = editions.candidate(connection)
    if edition is None:
        raise Refused("没有待签的版本，请先运行 build")
    path: Path = arguments.file
    if arguments.action == "export":
        if path.exists():
            raise Misused(f"{path} 已存在，请换一个文件名")
        path.write_bytes(export_candidate(engine, settings, edition, session.now))
        print(f"第 {edition.number} 版 {edition.digest}")
        print(f"已写入 {path}。请批准人在自己的电脑上运行：")
        print(f"  python -m county sign --candidate {path.name} --key 批准密钥.pem")
        return 0
    made = read_signatures(path.read_bytes(), edition)
    signed = add_signatures(engine, settings, edition, made, session.person, session.now)
    print(f"签名 {signed.signatures}/{signed.threshold}{'' if signed.complete else ',还需其他批准人签名'}")
    return 0
