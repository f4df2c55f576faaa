"""county sign"""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from county import editions
from county.building import difference_of
from county.clock import local
from county.commands.changes import print_difference
from county.commands.passphrase import ask_passphrase
from county.commands.session import Session
from county.difference import Difference
from county.errors import Misused, Refused
from county.signing.approval import sign
from county.signing.candidate import open_candidate, sign_candidate
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
    parser.add_argument(
        "--candidate", type=Path, metavar="FILE", help="sign what the server exported, away from the server"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where the signature goes (default: beside the candidate)"
    )


def run(session: Session, arguments: Namespace) -> int:
    """Show what is to be signed, ask, sign."""
    if arguments.candidate:
        return _sign_elsewhere(arguments)
    engine = session.open_database()
    with engine.connect() as connection:
        edition = editions.candidate(connection)
    if edition is None:
        raise Refused("没有待签的版本，请先运行 build")
    _ask(arguments, difference_of(engine, edition), edition.number, edition.digest)
    keys = (
        read_keys(arguments.key, ask_passphrase)
        if arguments.key
        else read_signers(session.settings.keys, "targets")
    )
    signed = sign(engine, session.settings, edition, keys, session.person, session.now)
    print(f"签名 {signed.signatures}/{signed.threshold}{'' if signed.complete else ',还需其他批准人签名'}")
    return 0


def _sign_elsewhere(arguments: Namespace) -> int:
    if not arguments.key:
        raise Misused("请用 --key 指明批准密钥的文件")
    candidate = open_candidate(arguments.candidate)
    number = candidate.manifest.edition
    listed = sorted(path.removeprefix("editions/") for path in candidate.targets.signed.targets)
    print(f"生效时间 {local(candidate.manifest.effective):%Y-%m-%d %H:%M}")
    print(f"签名后终端可取的版本：{'、'.join(name.removesuffix('.json') for name in listed)}")
    _ask(arguments, candidate.difference, number, candidate.digest)
    out: Path = arguments.out or arguments.candidate.with_suffix(".signature.json")
    out.write_bytes(sign_candidate(candidate, read_keys(arguments.key, ask_passphrase)))
    print(f"签名已写入 {out}：请在发布页上传它，或在服务器上运行 county candidate import-signature")
    return 0


def _ask(arguments: Namespace, difference: Difference, number: int, digest: str) -> None:
    """Show the change list and the digest, and go on only when that is what is to be signed."""
    if arguments.digest not in (None, digest):
        raise Refused(f"待签版本的摘要是 {digest}，与所给的不同，不予签名")
    print_difference(difference)
    print(f"第 {number} 版 {digest}")
    if not (arguments.yes or arguments.digest or _agreed(digest)):
        raise Refused("未签名")


def _agreed(digest: str) -> bool:
    if not sys.stdin.isatty():
        raise Misused("没有终端可供确认：请加 --digest 摘要 或 --yes")
    return input(f"确认签发请输入摘要的前 8 位（{digest[:8]}）：").strip() == digest[:8]
