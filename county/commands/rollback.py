"""county rollback"""

from argparse import ArgumentParser, Namespace

from county.building import build
from county.commands.build import print_built
from county.commands.publish import print_published
from county.commands.session import Session
from county.publishing import publish
from county.signing.approval import sign
from county.signing.keys import read_signers

NAME = "rollback"
SUMMARY = "make a new edition with the content of an earlier one"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("number", type=int, metavar="N", help="the edition whose content shall come back")
    parser.add_argument("--yes", action="store_true", help="sign and publish it at once")


def run(session: Session, arguments: Namespace) -> int:
    """Build from the old edition's revisions; sign and publish only when told so."""
    engine, settings = session.open_database(), session.settings
    built = build(engine, settings, session.person, session.now, copy_of=arguments.number)
    print_built(built)
    if built.edition is None:
        return 0
    if not arguments.yes:
        print("尚未发布，请继续运行 sign 和 publish")
        return 0
    keys = read_signers(settings.keys, "targets")
    sign(engine, settings, built.edition, keys, session.person, session.now)
    print_published(publish(engine, settings, session.person, session.now))
    return 0
