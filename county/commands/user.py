"""county user"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from sqlalchemy import Connection

from county.accounts import people
from county.accounts.roles import CHINESE, ROLES
from county.commands.session import Session
from county.database.engine import writing
from county.errors import Misused

NAME = "user"
SUMMARY = "add, list and disable members of staff; reset their passwords and one-time codes"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("action", choices=sorted(_ACTIONS))
    parser.add_argument("name", nargs="?", default="", help="user name; all actions but list need it")
    parser.add_argument(
        "--role", choices=ROLES, action="append", help="for add; several may be given (default: none)"
    )
    parser.add_argument("--organisation", default="", metavar="ID", help="for add: the office of a clerk")
    parser.add_argument("--display-name", default="", metavar="NAME", help="for add: the name on pages")


def run(session: Session, arguments: Namespace) -> int:
    """Carry out the action and say what came of it."""
    if arguments.action != "list" and not arguments.name:
        raise Misused(f"请给出用户名：python -m county user {arguments.action} NAME")
    with writing(session.open_database()) as connection:
        print(_ACTIONS[arguments.action](connection, session, arguments))
    return 0


def _add(connection: Connection, session: Session, arguments: Namespace) -> str:
    password = people.new_password()
    people.add_person(
        connection,
        arguments.name,
        arguments.role or (),
        password,
        session.person,
        session.now,
        arguments.organisation,
        arguments.display_name,
    )
    return f"用户 {arguments.name} 的一次性密码（只显示这一次）：{password}"


def _list(connection: Connection, session: Session, arguments: Namespace) -> str:
    lines = []
    for person in people.people(connection):
        roles = "、".join(CHINESE[role] for role in ROLES if role in person.roles) or "无角色"
        marks = [roles, person.organisation, "已停用" if person.disabled else ""]
        marks.append("已设动态验证码" if person.enrolled else "")
        lines.append(f"{person.name}  {'  '.join(mark for mark in marks if mark)}")
    return "\n".join(lines)


def _disable(connection: Connection, session: Session, arguments: Namespace) -> str:
    people.set_disabled(connection, arguments.name, True, session.person, session.now)
    return f"已停用 {arguments.name}，其登录已全部退出"


def _enable(connection: Connection, session: Session, arguments: Namespace) -> str:
    people.set_disabled(connection, arguments.name, False, session.person, session.now)
    return f"已启用 {arguments.name}"


def _reset_password(connection: Connection, session: Session, arguments: Namespace) -> str:
    password = people.reset_password(connection, arguments.name, session.person, session.now)
    return f"用户 {arguments.name} 的一次性密码（只显示这一次）：{password}"


def _reset_totp(connection: Connection, session: Session, arguments: Namespace) -> str:
    people.reset_device(connection, arguments.name, session.person, session.now)
    return f"{arguments.name} 的动态验证码已清除，下次登录时重新设置"


_ACTIONS: dict[str, Callable[[Connection, Session, Namespace], str]] = {
    "add": _add,
    "list": _list,
    "disable": _disable,
    "enable": _enable,
    "reset-password": _reset_password,
    "reset-totp": _reset_totp,
}
