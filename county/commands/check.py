"""county check"""

import sys
from argparse import ArgumentParser, Namespace

import msgspec

from catalog.checks.check import check
from catalog.checks.rules import load_rules
from county import revisions
from county.clock import local
from county.commands.findings import print_findings
from county.commands.session import Session
from county.editing.templates import load_templates

NAME = "check"
SUMMARY = "check the approved catalogue as it would be published"


def add(parser: ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="print the report of docs/json.md")


def run(session: Session, arguments: Namespace) -> int:
    """Check; 1 when there is an error."""
    with session.open_database().connect() as connection:
        records, rules = revisions.published(connection), load_rules()
        templates = load_templates(connection, rules.similar_template)
    findings = check(records, local(session.now).date(), rules, templates)
    if arguments.json:
        report = msgspec.json.encode({"format": 1, "findings": findings})
        sys.stdout.buffer.write(msgspec.json.format(report, indent=1) + b"\n")
    else:
        print_findings(findings)
    return 1 if any(finding.severity == "error" for finding in findings) else 0
