"""county user add"""

from argparse import ArgumentParser, Namespace

from county.accounts.people import add_person, new_password
from county.accounts.roles import ROLES
from county.commands.session import Session
from county.database.engine import writing

NAME = "user"
SUMMARY = "add a member of staff"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("action", choices=["add"])
    parser.add_argument("name")
    parser.add_argument("--role", choices=ROLES, default="clerk")


def run(session: Session, arguments: Namespace) -> int:
    """Add the person and print the one-time password."""
    password = new_password()
    with writing(session.open_database()) as connection:
        add_person(connection, arguments.name, [arguments.role], password, session.person, session.now)
    print(f"用户 {arguments.name} 的一次性密码(只显示这一次):{password}")
    return 0
