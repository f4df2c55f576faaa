"""Public services (政务服务事项) and their parts, after CPSV-AP 3.2 and the elements of GB/T 39554.2."""

from typing import Literal

from catalog.records.base import Id, Record, TimeLimit, Value

Phase = Literal["before", "during", "after"]
Necessity = Literal["required", "optional", "deferrable"]
EvidenceForm = Literal["original", "copy", "original_and_copy", "electronic"]
Waiver = Literal["", "data_sharing", "written_commitment"]
ProcessingKind = Literal["immediate", "promised"]


class LegalResource(Value, frozen=True, kw_only=True):
    """A law or rule that the service rests on; `clause` is the article, empty when the whole text."""

    title: str
    clause: str = ""


class Evidence(Value, frozen=True, kw_only=True):
    """A paper to bring (申请材料).

    `only_if` is the case, in words, in which the paper is needed; empty means always. `waiver` says why the
    paper need not be handed in: the office looks it up itself, or a written commitment replaces it.
    """

    title: str
    order: int
    necessity: Necessity = "required"
    form: EvidenceForm = "original"
    originals: int = 0
    copies: int = 0
    origin: str = ""
    waiver: Waiver = ""
    only_if: str = ""
    note: str = ""


class ProcedureStep(Value, frozen=True, kw_only=True):
    """One step (办理环节). `days` is its length in working days, None when not stated."""

    title: str
    order: int
    phase: Phase
    actor: str = ""
    text: str = ""
    days: int | None = None


class Cost(Value, frozen=True, kw_only=True):
    """A fee: `amount` is the office's own words, for example `20 元/证`."""

    title: str
    amount: str
    basis: str = ""


class Question(Value, frozen=True, kw_only=True):
    """A frequent question with its answer."""

    text: str
    answer: str
    order: int = 0


class Output(Value, frozen=True, kw_only=True):
    """What the visitor gets (办理结果): `type` is 证照, 批文, 其他 or 无."""

    type: str = ""
    title: str = ""


class Channel(Value, frozen=True, kw_only=True):
    """Where and when the service is provided (cv:Channel).

    `address` is the office's own line. `floor` and `window` are read from it and are empty when it names
    none; `window` is the code on the sign, such as `A06`.
    """

    address: str = ""
    floor: int | None = None
    window: str = ""
    opening_hours: str = ""
    phone: str = ""
    complaints_phone: str = ""


class PublicService(Record, frozen=True, kw_only=True):
    """A public service (政务服务事项).

    `competent_authority` is the id of a PublicOrganisation, `life_stages` are ids of LifeStage, `field` is the id
    of a DisclosureField or empty. `modes` are the channels in the office's words: 窗口, 网上, 掌上, 自助终端, 快递.
    `visits` is how often one must come in person. `free` is that the office says that it charges nothing; without that
    and without `costs`, nobody has said what it costs.
    """

    title: str
    title_en: str = ""
    aliases: tuple[str, ...] = ()
    description: str = ""
    description_en: str = ""
    type: str = ""
    audiences: tuple[str, ...] = ()
    competent_authority: Id
    levels: tuple[str, ...] = ()
    life_stages: tuple[Id, ...] = ()
    field: str = ""
    keywords: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    processing_kind: ProcessingKind = "promised"
    statutory_time_limit: TimeLimit | None = None
    promised_time_limit: TimeLimit | None = None
    free: bool = False
    visits: int | None = None
    modes: tuple[str, ...] = ()
    scope: str = ""
    channel: Channel = Channel()
    output: Output = Output()
    legal_resources: tuple[LegalResource, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    steps: tuple[ProcedureStep, ...] = ()
    costs: tuple[Cost, ...] = ()
    questions: tuple[Question, ...] = ()
