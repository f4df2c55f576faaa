"""Guided flows: the worked examples stored with a flow must come out."""

from collections.abc import Iterator, Sequence

from catalog.checks.note import note
from catalog.findings import Finding
from catalog.guided.examples import Failure, Fault, run
from catalog.records import GuidedFlow, PublicService, Record

_SAID: dict[Fault, str] = {
    "answer": "问题“{about}”没有这样的回答",
    "uncounted": "按前面的回答，不会问到“{about}”",
    "missing-service": "没有得出事项“{about}”",
    "extra-service": "多得出了事项“{about}”",
    "missing-paper": "没有得出材料“{about}”",
    "extra-paper": "多得出了材料“{about}”",
}


def check_examples(records: Sequence[Record]) -> Iterator[Finding]:
    """Every example of every flow, over the services of the catalogue."""
    services = {record.id: record for record in records if isinstance(record, PublicService)}
    for flow in records:
        if isinstance(flow, GuidedFlow):
            for failure in run(flow, services):
                yield _finding(flow, failure)


def _finding(flow: GuidedFlow, failure: Failure) -> Finding:
    said = _SAID[failure.fault].format(about=failure.about)
    return note(
        "error",
        "flow-example-fails",
        flow,
        f"示例“{failure.example}”不成立：{said}",
        "改正规则或事项的材料；如果规则是对的，改正示例",
        field="examples",
    )
