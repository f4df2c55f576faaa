"""county audit"""

import sys
from argparse import ArgumentParser, Namespace

import msgspec

from county.auditing import verify
from county.commands.session import Session

NAME = "audit"
SUMMARY = "verify the audit log against itself and against the signed editions"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("action", choices=["verify"])
    parser.add_argument("--json", action="store_true", help="print the report of docs/json.md")


def run(session: Session, arguments: Namespace) -> int:
    """Verify; 1 when the log was tampered with."""
    with session.open_database().connect() as connection:
        verdict = verify(connection, session.settings.repository)
    fault = verdict.fault
    if arguments.json:
        report = msgspec.json.encode({"format": 1, **msgspec.to_builtins(verdict)})
        sys.stdout.buffer.write(msgspec.json.format(report, indent=1) + b"\n")
    elif fault:
        print(f"日志被改动：{fault.message}")
    else:
        print(f"日志完整：{verdict.entries} 条，与 {verdict.anchors} 个已发布版本所签的日志末尾一致")
    return 1 if fault else 0
