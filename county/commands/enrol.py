"""county enrol"""

import os
from argparse import ArgumentParser, Namespace

from county.commands.session import Session
from county.database.engine import writing
from county.fleet import kiosks
from county.fleet.kiosks import Kiosk
from county.repository import Repository

NAME = "enrol"
SUMMARY = "make a code with which a box becomes a kiosk of this county"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("name", help="what the kiosk is called, such as 大厅一号机")
    parser.add_argument("--zone", default="", metavar="ID", help="the zone where it stands")
    parser.add_argument("--group", default="", help="a group that editions may go to first")
    parser.add_argument(
        "--replaces", default="", metavar="KIOSK", help="id of the kiosk that gets another box"
    )


def run(session: Session, arguments: Namespace) -> int:
    """Make the code and print it, alone on its line."""
    root = Repository(session.settings.repository).root().signed.version
    data = Repository(session.settings.repository).metadata(f"{root}.root.json").read_bytes()
    place = Kiosk(arguments.replaces, arguments.name, arguments.zone, arguments.group, "", "")
    with writing(session.open_database()) as connection:
        code = kiosks.make_code(connection, place, (root, data), session.person, session.now, os.urandom)
    print(f"登记码（只显示这一次，24 小时内有效，只能用一次）：\n{code.text}")
    print(f"在终端上运行：python -m sync enrol {session.settings.public_url} {code.text}")
    return 0
