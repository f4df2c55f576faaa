"""Reading a hand-over: files and folders become records and findings, in an order that does not depend on theirs.

Nothing is ever dropped silently. Every non-empty row of every sheet becomes a record, a part of one, a line
recognised as no data (these are counted in the findings of severity info), or a finding with its place.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from catalog.findings import Finding, Location
from catalog.importing.collection import Collection
from catalog.importing.files import Opened, file_names, open_file
from catalog.importing.ledger import Ledger, Refused, RowUse
from catalog.importing.references import check_ids, check_references
from catalog.records import KIND_OF, Record

Progress = Callable[[str, int, int], None]
"""Called with a file's name, how many files are done, and how many there are."""

_USES = {
    "record": "数据行",
    "part": "明细行",
    "title": "标题行",
    "header": "表头行",
    "note": "备注和签章行",
    "instruction": "说明行",
    "reported": "已提示的行",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. With a blocking finding among them, the import is refused and nothing may change.

    `rows` says of every non-empty row what became of it.
    """

    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    rows: dict[Location, RowUse] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether the import must not change anything."""
        return any(finding.blocking for finding in self.findings)


def read_files(
    paths: Sequence[Path],
    known: Sequence[Record] = (),
    progress: Progress | None = None,
    called: Mapping[Path, str] | None = None,
) -> Reading:
    """Read files and folders. `known` are records that references may point to besides those read.

    `called` has the names of files that are kept under another name than their owner's.
    """
    ledger = Ledger()
    collection = Collection(ledger, known)
    own = called or {}
    names = sorted((own.get(path, name), path, asked_for) for name, path, asked_for in file_names(paths))
    for number, (name, path, asked_for) in enumerate(names, start=1):
        try:
            _take(open_file(path, name, asked_for=asked_for), collection, ledger)
        except Refused as refused:
            ledger.findings.append(refused.finding)
        if progress is not None:
            progress(name, number, len(names))
    records = check_ids(collection.join(), ledger)
    check_references(records, known, ledger)
    findings = itertools.chain(ledger.findings, _account(ledger))
    return Reading(
        tuple(sorted(records, key=lambda record: (KIND_OF[type(record)], record.id))),
        tuple(sorted(findings, key=_place)),
        ledger.uses,
    )


def _take(opened: Opened, collection: Collection, ledger: Ledger) -> None:
    for sheet in opened.sheets:
        for location, problem in sheet.broken:
            ledger.findings.append(
                Finding(
                    code="formula-error",
                    severity="error",
                    message=f"单元格 {location.cell} 的公式有误：{problem}",
                    advice="改正公式，或粘贴为数值后保存",
                    at=location,
                    blocking=True,
                )
            )
    if opened.skipped:
        ledger.say("info", "file-skipped", f"没有读取：{opened.skipped}", Location(file=opened.name))
    elif opened.text:
        collection.take_text(opened)
    else:
        collection.take_sheets(opened)


def _account(ledger: Ledger) -> Iterator[Finding]:
    """For every sheet, how many rows became what, and which were taken for something other than data."""
    places = sorted(ledger.uses.items(), key=lambda entry: (entry[0].file, entry[0].sheet, entry[0].row))
    for (file, sheet), entries in itertools.groupby(
        places, key=lambda entry: (entry[0].file, entry[0].sheet)
    ):
        rows: dict[RowUse, list[int]] = {}
        for location, use in entries:
            rows.setdefault(use, []).append(location.row)
        parts = [
            f"{_USES[use]} {len(numbers)}"
            + ("" if use in ("record", "part") else f"（第 {_spans(numbers)} 行）")
            for use, numbers in rows.items()
        ]
        yield Finding(
            code="rows-read",
            severity="info",
            message="；".join(parts),
            at=Location(file=file, sheet=sheet),
        )


def _spans(numbers: Sequence[int]) -> str:
    """`[1, 2, 3, 7]` → `1–3、7`."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return "、".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)


def _place(finding: Finding) -> tuple[str, str, int, str, str, str]:
    at = finding.at or Location(file="")
    return at.file, at.sheet, at.row, at.cell, finding.code, finding.message
