"""A flow of one question over three services: one answer requires a paper, the other drops it and a service."""

from catalog.records import Channel, Evidence, GuidedFlow, PublicService
from catalog.records.condition import Condition
from catalog.records.flow import EvidenceEffect, FlowAction, FlowEffect, FlowOption, FlowQuestion


def service(name: str, window: str, *papers: Evidence) -> PublicService:
    channel = Channel(address="Hall", floor=1, window=window)
    return PublicService(
        id=name, title=name, competent_authority="o", channel=channel, visits=1, evidence=papers
    )


def paper(title: str, order: int = 1, only_if: str = "") -> Evidence:
    return Evidence(title=title, order=order, originals=1, copies=2, only_if=only_if)


SERVICES = {
    "first": service("first", "A1", paper("identity card"), paper("certificate", 2, "if married")),
    "second": service("second", "A2", paper("identity card")),
    "third": service("third", "A3"),
}
QUESTION = FlowQuestion(
    id="q",
    kind="single",
    text="?",
    options=(FlowOption(id="yes", text="yes"), FlowOption(id="no", text="no")),
)


def effect(answer: str, action: FlowAction) -> FlowEffect:
    return FlowEffect(when=Condition(q="q", is_=answer), do=action)


REQUIRED = EvidenceEffect(
    service="first", evidence="certificate", reason="married", reason_en="You are married"
)
DROPPED = EvidenceEffect(service="first", evidence="certificate", reason="single", reason_en="You are single")
FLOW = GuidedFlow(
    id="f",
    event="e",
    title="F",
    questions=(QUESTION,),
    effects=(
        FlowEffect(do=FlowAction(include_services=tuple(SERVICES), note="注意", note_en="Mind this")),
        effect("yes", FlowAction(require_evidence=(REQUIRED,))),
        effect("no", FlowAction(drop_evidence=(DROPPED,), exclude_services=("third",))),
    ),
)
