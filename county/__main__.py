"""The command line of the county server: `python -m county COMMAND`."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from sqlalchemy.exc import OperationalError

from county.commands.session import begin
from county.errors import CountyError

COMMANDS = (
    "init",
    "import_files",
    "check",
    "build",
    "candidate",
    "sign",
    "publish",
    "bundle",
    "rollback",
    "serve",
    "export",
    "user",
    "audit",
    "key",
    "enrol",
    "publications",
)
"""The modules below county.commands, in the order of use."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command. Returns 0, or 1 for a problem in the input, 2 wrong usage, 3 environment."""
    parsed = _parser().parse_args(arguments)
    try:
        with begin(parsed) as session:
            result: int = parsed.run(session, parsed)
    except CountyError as error:
        print(f"错误：{error}", file=sys.stderr)
        return error.exit_code
    except (OSError, OperationalError) as error:
        print(f"错误：{error}", file=sys.stderr)
        return 3
    return result


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m county", description="The county server of OpenHall.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in COMMANDS:
        module = import_module(f"county.commands.{name}")
        command = commands.add_parser(module.NAME, help=module.SUMMARY, description=module.SUMMARY)
        command.add_argument(
            "--state", type=Path, metavar="DIR", help="state folder (default: the user's data folder)"
        )
        command.add_argument(
            "--config", type=Path, metavar="FILE", help="settings that replace those of config/county.toml"
        )
        command.add_argument(
            "--database", metavar="URL", help="database (default: SQLite in the state folder)"
        )
        module.add(command)
        command.set_defaults(run=module.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
