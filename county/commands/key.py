"""county key: the ceremony step by step is in docs/keys.md"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from tuf.api.metadata import Root

from catalog.text import encode
from county import audit
from county.commands.passphrase import ask_passphrase, new_passphrase
from county.commands.session import Session
from county.database.engine import writing
from county.errors import Misused, Refused
from county.repository import Repository
from county.signing import ceremony, metadata, rotation
from county.signing.ceremony import Change, Draft
from county.signing.keys import add_key, read_keys, read_public_key, write_key

NAME = "key"
SUMMARY = "make, list, rotate and revoke keys; see docs/keys.md"
ROLES = ("root", "targets", "snapshot", "timestamp")
ONLINE = ("snapshot", "timestamp", metadata.RINGS)


def add(parser: ArgumentParser) -> None:
    """Declare the actions."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    make = actions.add_parser("make", help="make a person's key, under a passphrase; away from the server")
    make.add_argument("file", type=Path, help="such as /media/usb/wang.pem; the public key goes to wang.pub")
    make.add_argument("--no-passphrase", action="store_true", help="leave it open; for trials only")
    make.set_defaults(act=_make)
    shown = actions.add_parser("list", help="the roles, their keys, and until when their signatures hold")
    shown.add_argument("--json", action="store_true")
    shown.set_defaults(act=_list)
    propose = actions.add_parser("propose", help="draft other keys, for people to sign")
    propose.add_argument("draft", type=Path, help="file for the draft")
    propose.add_argument("--add", action="append", default=[], metavar="ROLE=FILE.pub", help="a key more")
    propose.add_argument("--revoke", action="append", default=[], metavar="KEYID", help="a key less")
    propose.add_argument("--threshold", action="append", default=[], metavar="ROLE=N", help="who must sign")
    propose.add_argument(
        "--rotate", action="append", default=[], choices=ONLINE, help="a new key for what the server signs"
    )
    propose.add_argument("--targets", action="store_true", help="sign the present editions anew instead")
    propose.add_argument(
        "--under",
        type=Path,
        metavar="DRAFT",
        help="with --targets: the draft of the root whose approvers sign",
    )
    propose.set_defaults(act=_propose)
    sign = actions.add_parser("sign", help="show a draft and sign it; needs no server")
    sign.add_argument("draft", type=Path)
    sign.add_argument("--key", type=Path, action="append", required=True, metavar="FILE")
    sign.add_argument("--yes", action="store_true", help="without asking")
    sign.set_defaults(act=_sign)
    join = actions.add_parser("join", help="bring the signatures of several copies together in the first")
    join.add_argument("drafts", type=Path, nargs="+")
    join.set_defaults(act=_join)
    put = actions.add_parser("apply", help="put signed drafts into force")
    put.add_argument("drafts", type=Path, nargs="+")
    put.set_defaults(act=_apply)


def run(session: Session, arguments: Namespace) -> int:
    """Carry out an action."""
    code: int = arguments.act(session, arguments)
    return code


def _make(session: Session, arguments: Namespace) -> int:
    passphrase = b"" if arguments.no_passphrase else new_passphrase(arguments.file)
    signer = write_key(arguments.file, passphrase)
    print(f"密钥 {arguments.file}：由本人保管，不要复制到服务器上")
    print(f"公钥 {arguments.file.with_suffix('.pub')}：交给管理员")
    print(f"编号 {signer.public_key.keyid}")
    return 0


def _list(session: Session, arguments: Namespace) -> int:
    repository = Repository(session.settings.repository)
    root, targets, rings = repository.root().signed, repository.targets().signed, repository.rings().signed
    expires = {
        "root": root.expires,
        "targets": targets.expires,
        "snapshot": repository.snapshot().signed.expires,
    }
    expires |= {"timestamp": repository.timestamp().signed.expires, metadata.RINGS: rings.expires}
    roles = {name: (role.threshold, list(role.keyids)) for name, role in root.roles.items()}
    roles[metadata.RINGS] = (1, [key.keyid for key in metadata.rings_keys(targets)])
    if arguments.json:
        listed = {
            name: {"threshold": threshold, "keys": keys, "expires": expires[name]}
            for name, (threshold, keys) in roles.items()
        }
        print(encode({"root_version": root.version, "roles": listed}).decode())
        return 0
    print(f"根元数据第 {root.version} 版")
    for name, (threshold, keys) in roles.items():
        print(f"{name}:{len(keys)} 把密钥，需要 {threshold} 个签名，有效期至 {expires[name]:%Y-%m-%d}")
        for keyid in keys:
            print(f"    {keyid}")
    return 0


def _propose(session: Session, arguments: Namespace) -> int:
    settings, repository = session.settings, Repository(session.settings.repository)
    before = ceremony.read_draft(arguments.under).role if arguments.under else repository.root()
    if arguments.targets or metadata.RINGS in arguments.rotate:
        current = repository.targets().signed
        keys = metadata.rings_keys(current)
        if metadata.RINGS in arguments.rotate:
            keys = [add_key(settings.keys, metadata.RINGS).public_key]
        expires = metadata.after(session.now, settings.targets_days)
        draft = ceremony.renew_targets(before, current, keys, expires)
    else:
        change = Change(
            add=[
                *((role, read_public_key(Path(path))) for role, path in _pairs(arguments.add)),
                *((role, add_key(settings.keys, role).public_key) for role in arguments.rotate),
            ],
            revoke=[
                *arguments.revoke,
                *(keyid for role in arguments.rotate for keyid in before.signed.roles[role].keyids),
            ],
            thresholds={role: int(number) for role, number in _pairs(arguments.threshold)},
        )
        draft = ceremony.propose(before, change, metadata.after(session.now, settings.root_days))
    ceremony.write_draft(arguments.draft, draft)
    _print(draft)
    print(f"草案已写入 {arguments.draft}：请每位签名人运行 county key sign {arguments.draft.name} --key 密钥")
    return 0


def _pairs(given: list[str]) -> list[tuple[str, str]]:
    pairs = [tuple(text.partition("=")[::2]) for text in given]
    for role, value in pairs:
        if role not in ROLES or not value:
            raise Misused(f"{role}={value}：角色应是 {'、'.join(ROLES)} 之一，后面写 = 和内容")
    return [(role, value) for role, value in pairs]


def _sign(session: Session, arguments: Namespace) -> int:
    draft = ceremony.read_draft(arguments.draft)
    _print(draft)
    if not arguments.yes and input("确认签名请输入 yes:").strip() != "yes":
        raise Refused("未签名")
    ceremony.sign(draft, read_keys(arguments.key, ask_passphrase))
    ceremony.write_draft(arguments.draft, draft)
    _print_standing(draft)
    return 0


def _join(session: Session, arguments: Namespace) -> int:
    first, *others = arguments.drafts
    draft = ceremony.read_draft(first)
    for other in others:
        ceremony.join(draft, ceremony.read_draft(other))
    ceremony.write_draft(first, draft)
    _print_standing(draft)
    return 0


def _apply(session: Session, arguments: Namespace) -> int:
    drafts = [ceremony.read_draft(path) for path in arguments.drafts]
    engine = session.open_database()
    written = rotation.apply(session.settings, drafts, session.now)
    with writing(engine) as connection:
        said = [line for draft in drafts for line in ceremony.describe(draft)]
        audit.append(connection, session.person, "keys", session.now, written=written, changes=said)
    print(f"已生效：{'、'.join(written)}")
    return 0


def _print(draft: Draft) -> None:
    for line in ceremony.describe(draft):
        print(line)


def _print_standing(draft: Draft) -> None:
    root = draft.role.signed if isinstance(draft.role.signed, Root) else draft.before.signed
    for who, have, need in ceremony.standing(draft, root):
        print(f"{who}:{have}/{need}{'' if have >= need else ',还需其他人签名'}")
