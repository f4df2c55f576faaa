"""What an import says about its files, apart from what was wrong before."""

from catalog.findings import Finding, Location, Severity
from county.web.admin.importing.report import told


def finding(
    record: str,
    file: str = "",
    severity: Severity = "error",
    blocking: bool = False,
    related: tuple[Location, ...] = (),
) -> Finding:
    at = Location(file=file) if file else None
    kind = "service" if record else ""
    return Finding(
        code="x",
        severity=severity,
        message="x",
        kind=kind,
        record=record,
        at=at,
        blocking=blocking,
        related=related,
    )


def test_only_what_the_files_bring_is_listed() -> None:
    unread, mine, touched = finding("", "new.xlsx"), finding("a", "new.xlsx"), finding("b", "old.xlsx")
    grave, old, hint = (
        finding("c", "old.xlsx", blocking=True),
        finding("d", "old.xlsx"),
        finding("e", severity="info"),
    )
    twin = finding("f", "old.xlsx", related=(Location(file="new.xlsx"),))
    here, elsewhere = told((old, hint, touched, mine, unread, grave, twin), ("new.xlsx",), {"b"})
    assert {each.record for each in here} == {"", "a", "b", "c", "f"}
    assert here[0] is grave
    assert elsewhere == 1
