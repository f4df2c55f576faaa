"""A flow for any service that asks for papers only in certain cases: is this your case?"""

from catalog.guided.answers import UNSURE
from catalog.records import Evidence, GuidedFlow, PublicService
from catalog.records.condition import Condition
from catalog.records.flow import EvidenceEffect, FlowAction, FlowEffect, FlowOption, FlowQuestion

YES = "yes"
NO = "no"
_OPTIONS = (
    FlowOption(id=YES, text="是", text_en="Yes"),
    FlowOption(id=NO, text="不是", text_en="No"),
    FlowOption(id=UNSURE, text="说不清", text_en="Not sure"),
)


def automatic(service: PublicService) -> GuidedFlow | None:
    """One question for each distinct case that a paper names; None when no paper to bring names one.

    The flow has the id of the service, which stands in the place of the event too. Its questions are `case-1` and so
    on, in the order in which the service lists its papers. Cases of papers that are waived anyway are not asked about.
    """
    cases: dict[str, list[Evidence]] = {}
    for evidence in sorted(service.evidence, key=lambda evidence: evidence.order):
        if evidence.only_if.strip():
            cases.setdefault(evidence.only_if.strip(), []).append(evidence)
    asked = {case: papers for case, papers in cases.items() if any(not paper.waiver for paper in papers)}
    if not asked:
        return None
    numbered = {f"case-{number}": case for number, case in enumerate(asked, 1)}
    return GuidedFlow(
        id=service.id,
        event=service.id,
        title=service.title,
        title_en=service.title_en,
        questions=tuple(_question(question, case) for question, case in numbered.items()),
        effects=(
            FlowEffect(do=FlowAction(include_services=(service.id,))),
            *(
                effect
                for q, case in numbered.items()
                for effect in _effects(service.id, q, case, asked[case])
            ),
        ),
    )


def _question(question: str, case: str) -> FlowQuestion:
    return FlowQuestion(
        id=question,
        kind="single",
        text=f"您的情况是“{case}”吗？",
        text_en=f"Is this your case: “{case}”?",
        options=_OPTIONS,
    )


def _effects(service: str, question: str, case: str, papers: list[Evidence]) -> tuple[FlowEffect, FlowEffect]:
    yes = [
        EvidenceEffect(service=service, evidence=paper.title, reason=f"您的情况是“{case}”")
        for paper in papers
    ]
    no = [
        EvidenceEffect(service=service, evidence=paper.title, reason=f"您的情况不是“{case}”")
        for paper in papers
    ]
    return (
        FlowEffect(when=Condition(q=question, is_=YES), do=FlowAction(require_evidence=tuple(yes))),
        FlowEffect(when=Condition(q=question, is_=NO), do=FlowAction(drop_evidence=tuple(no))),
    )
