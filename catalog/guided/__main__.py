"""Proving guided flows: `python -m catalog.guided PATH… [--known PATH]`.

Each PATH is a file or folder as the county hands it over; every guided flow in it is proven. Services, towns and
offices may be in other files, which `--known` names. Prints a line for each flow, and its flaws below it.
Exit status: 0 all proven, 1 a flaw or a file that cannot be imported, 2 wrong usage.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from catalog.findings import Finding
from catalog.guided.proof.prove import Proof, prove
from catalog.guided.towns import towns_of
from catalog.importing.reading import read_files
from catalog.records import GuidedFlow, Outline, Place, PublicService

PROVEN, FLAWED = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Prove the flows of some files; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        known = read_files(options.known).records
        reading = read_files(options.paths, known)
    except FileNotFoundError as error:
        print(f"找不到文件：{error}。检查路径后重试。", file=sys.stderr)
        return FLAWED
    refused = [finding for finding in reading.findings if finding.blocking]
    for finding in refused:
        print(_place(finding), finding.message, finding.advice, sep="  ", file=sys.stderr)
    records = (*known, *reading.records)
    services = {record.id: record for record in records if isinstance(record, PublicService)}
    towns = towns_of(
        (record for record in records if isinstance(record, Outline)),
        (record for record in records if isinstance(record, Place)),
    )
    flawed = bool(refused)
    for flow in reading.records:
        if isinstance(flow, GuidedFlow):
            proof = prove(flow, services, towns)
            flawed |= not proof.sound
            print(*_lines(flow, proof), sep="\n")
    return FLAWED if flawed else PROVEN


def _lines(flow: GuidedFlow, proof: Proof) -> Iterator[str]:
    if proof.sound:
        walks = "数不清的" if proof.walks is None else f"{proof.walks} 种"
        yield (
            f"{flow.id}  {flow.title}  已证明：{proof.questions} 个问题都问得到，{proof.effects} 条规则都用得上，"
            f"{proof.services} 个事项都得得出，{walks}回答都有结果"
        )
    else:
        yield f"{flow.id}  {flow.title}  没有通过："
    for flaw in proof.flaws:
        yield f"    {flaw.severity}  {flaw.code}  {flaw.at}  {flaw.told(flow)}  {flaw.advice}"


def _place(finding: Finding) -> str:
    return f"{finding.at.file}:{finding.at.row}" if finding.at else finding.record


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m catalog.guided", description="Prove guided flows.")
    parser.add_argument(
        "paths", metavar="PATH", type=Path, nargs="+", help="file or folder with guided flows"
    )
    parser.add_argument(
        "--known", metavar="PATH", type=Path, action="append", default=[], help="file or folder with services"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
