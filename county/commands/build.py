"""county build"""

from argparse import ArgumentParser, Namespace

from county.building import Built, build
from county.commands.changes import print_difference
from county.commands.session import Session

NAME = "build"
SUMMARY = "make the next edition from the approved records, unsigned"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--force", action="store_true", help="build without a change, or in place of a signed edition"
    )
    parser.add_argument(
        "--after",
        type=int,
        default=0,
        metavar="N",
        help="number it after N, which kiosks know, after a restore",
    )


def run(session: Session, arguments: Namespace) -> int:
    """Build and say what changed."""
    engine = session.open_database()
    built = build(
        engine, session.settings, session.person, session.now, force=arguments.force, after=arguments.after
    )
    print_built(built)
    return 0


def print_built(built: Built) -> None:
    """Print the change list and the digest that the approvers are to sign."""
    print_difference(built.difference)
    if built.edition is None:
        print("与已发布的版本相同，没有生成新版本")
        return
    print(f"新对象 {built.new_objects} 个，{built.new_bytes} 字节")
    print(f"第 {built.edition.number} 版 {built.edition.digest}")
