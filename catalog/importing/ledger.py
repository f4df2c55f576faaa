"""The account of an import: what became of every row, and what there is to say about it."""

from collections.abc import Sequence
from typing import Literal

from catalog.findings import Finding, Location, Severity
from catalog.importing.sheet import Row

RowUse = Literal["record", "part", "title", "header", "note", "instruction", "reported"]
"""What a row became: a record of its own, a part of one, something read but not data, or a finding."""


class Refused(Exception):
    """Something cannot be read; carries the finding that says so."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def refusal(code: str, message: str, at: Location, advice: str, *, field: str = "") -> Refused:
    """A blocking error: the whole import is refused."""
    return Refused(
        Finding(
            code=code, severity="error", message=message, advice=advice, at=at, field=field, blocking=True
        )
    )


class Ledger:
    """Collects findings and row uses. Every non-empty row gets exactly one use."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.uses: dict[Location, RowUse] = {}

    def use(self, row: Row, use: RowUse) -> None:
        """Say what a row became."""
        self.uses[row.at()] = use

    def say(
        self,
        severity: Severity,
        code: str,
        message: str,
        at: Location,
        advice: str = "",
        *,
        related: Sequence[Location] = (),
    ) -> None:
        """Add a finding that does not refuse the import."""
        self.findings.append(
            Finding(
                code=code, severity=severity, message=message, advice=advice, at=at, related=tuple(related)
            )
        )

    def refuse(self, row: Row, refused: Refused) -> None:
        """A row that could not be read."""
        self.use(row, "reported")
        self.findings.append(refused.finding)
