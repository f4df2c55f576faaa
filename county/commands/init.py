"""county init"""

from argparse import ArgumentParser, BooleanOptionalAction, Namespace

from county.commands.session import Session
from county.founding import ADMINISTRATOR, found
from county.seeds import PROFILE

NAME = "init"
SUMMARY = "make the database, the keys, an empty signed repository and the county's record"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    for name in PROFILE:
        flag = "--" + name.replace("_", "-")
        if name == "demonstration":
            parser.add_argument(
                flag, action=BooleanOptionalAction, default=None, help="the content is fictional"
            )
        else:
            parser.add_argument(flag, metavar="TEXT", help="of the county's record; see config/county.toml")


def run(session: Session, arguments: Namespace) -> int:
    """Found the server."""
    given = {name: getattr(arguments, name) for name in PROFILE}
    founded = found(session.settings, given, session.person, session.now)
    settings = session.settings
    print(f"状态目录：{settings.folder}")
    print(f"根元数据（交给每台终端）：{settings.repository / 'metadata' / '1.root.json'}")
    print(f"密钥：{settings.keys}(批准 {settings.targets_threshold}/{settings.targets_keys},")
    print(f"     根 {settings.root_threshold}/{settings.root_keys})")
    if settings.targets_threshold == 1:
        print("注意：一把密钥即可批准发布，只适合演示；正式使用请设 targets_keys = 3、targets_threshold = 2")
    if founded.drafts:
        print(f"已发布过版本，{founded.drafts} 条记录存为草稿：请在网页上提交，经三级审核后再发布")
    if founded.password:
        print(f"管理员 {ADMINISTRATOR} 的一次性密码（只显示这一次）：{founded.password}")
    return 0
