"""county sign"""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from county import editions
from county.building import difference_of
from county.commands.changes import print_difference
from county.commands.session import Session
from county.editions import Edition
from county.errors import Misused, Refused
from county.signing.approval import sign
from county.signing.keys import read_keys, read_signers

NAME = "sign"
SUMMARY = "approve the built edition with the approvers' keys"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--digest", metavar="D", help="sign only the edition with this digest, without asking"
    )
    parser.add_argument("--yes", action="store_true", help="sign without asking")
    parser.add_argument(
        "--key", type=Path, action="append", metavar="FILE", help="an approver's key; may be repeated"
    )


def run(session: Session, arguments: Namespace) -> int:
    """Show what is to be signed, ask, sign."""
    engine = session.open_database()
    with engine.connect() as connection:
        edition = editions.candidate(connection)
    if edition is None:
        raise Refused("没有待签的版本,请先运行 build")
    if arguments.digest not in (None, edition.digest):
        raise Refused(f"待签版本的摘要是 {edition.digest},与所给的不同,不予签名")
    print_difference(difference_of(engine, edition))
    print(f"第 {edition.number} 版 {edition.digest}")
    if not (arguments.yes or arguments.digest or _agreed(edition)):
        raise Refused("未签名")
    keys = read_keys(arguments.key) if arguments.key else read_signers(session.settings.keys, "targets")
    signed = sign(engine, session.settings, edition, keys, session.person, session.now)
    print(f"签名 {signed.signatures}/{signed.threshold}{'' if signed.complete else ',还需其他批准人签名'}")
    return 0


def _agreed(edition: Edition) -> bool:
    if not sys.stdin.isatty():
        raise Misused("没有终端可供确认:请加 --digest 摘要 或 --yes")
    return input(f"确认签发请输入摘要的前 8 位({edition.digest[:8]}):").strip() == edition.digest[:8]
