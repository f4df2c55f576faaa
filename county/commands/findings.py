"""Printing findings."""

from collections import Counter
from collections.abc import Sequence

from catalog.findings import Finding, Severity

_WORDS: dict[Severity, str] = {"error": "错误", "warning": "警告", "info": "提示"}


def print_findings(findings: Sequence[Finding]) -> None:
    """Print errors and warnings one a line, with their place and what to do; other findings are counted."""
    for finding in findings:
        if finding.severity != "info":
            print(f"{_WORDS[finding.severity]} {_place(finding)}{finding.message} [{finding.code}]")
            if finding.advice:
                print(f"     {finding.advice}")
    counted = Counter(finding.severity for finding in findings)
    print("，".join(f"{word} {counted[severity]}" for severity, word in _WORDS.items()))


def _place(finding: Finding) -> str:
    if finding.at is not None:
        at = finding.at
        row = f"第 {at.row} 行" if at.row else ""
        return " · ".join(part for part in (at.file, at.sheet, at.cell or row) if part) + ":"
    return f"{finding.kind}/{finding.record}:" if finding.record else ""
