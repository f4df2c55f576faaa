"""county publish"""

import sys
from argparse import ArgumentParser, Namespace

from county.commands.session import Session
from county.publishing import Published, publish, refresh

NAME = "publish"
SUMMARY = "put the signed edition where kiosks find it"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--refresh",
        action="store_true",
        help="only renew the timestamp; to be run daily, for example by a timer",
    )


def run(session: Session, arguments: Namespace) -> int:
    """Publish, or renew."""
    if arguments.refresh:
        for warning in refresh(session.settings, session.now):
            print(warning, file=sys.stderr)
        print("时间戳已更新")
        return 0
    print_published(publish(session.open_database(), session.settings, session.person, session.now))
    return 0


def print_published(published: Published) -> None:
    """Print which edition kiosks now find."""
    word = "已发布" if published.fresh else "没有新内容，已发布的是"
    print(f"{word}第 {published.edition.number} 版 {published.edition.digest}")
