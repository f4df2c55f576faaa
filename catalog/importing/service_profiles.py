"""The six sheets of the service workbook: headings and code lists (GB/T 39554.2, by label, never by number)."""

from catalog.importing.header import Profile
from catalog.records.service import EvidenceForm, Necessity, Phase, ProcessingKind, Waiver

_SERVICE: dict[str, tuple[str, ...]] = {"service": ("事项编号",), "service_title": ("事项名称",)}
_ORDER: dict[str, tuple[str, ...]] = {"order": ("排序", "序号")}

SERVICES = Profile(
    "政务服务事项",
    {
        "id": ("事项编号",),
        "title": ("事项名称",),
        "title_en": ("英文名称",),
        "aliases": ("通俗叫法", "俗称", "别名"),
        "description": ("事项说明", "事项简介"),
        "description_en": ("英文说明",),
        "type": ("事项类型",),
        "audiences": ("服务对象",),
        "competent_authority": ("实施主体", "实施机构", "实施部门", "实施单位"),
        "levels": ("行使层级",),
        "life_stages": ("人生阶段", "生命周期", "阶段"),
        "field": ("所属领域", "领域"),
        "keywords": ("标签", "关键词"),
        "requirements": ("受理条件", "办理条件", "申请条件"),
        "processing_kind": ("办件类型",),
        "statutory_time_limit": ("法定办结时限", "法定时限"),
        "promised_time_limit": ("承诺办结时限", "承诺时限"),
        "free": ("是否收费",),
        "visits": ("到办事现场次数", "到现场次数", "跑动次数"),
        "modes": ("办理形式", "办理方式"),
        "scope": ("通办范围",),
        "address": ("办理地点", "办理窗口"),
        "opening_hours": ("办理时间", "办公时间"),
        "phone": ("咨询电话", "咨询方式"),
        "complaints_phone": ("监督投诉电话", "监督电话", "投诉电话", "监督投诉方式"),
        "output_type": ("审批结果类型", "办理结果类型"),
        "output_title": ("审批结果名称", "办理结果名称"),
    },
    ("id", "title", "competent_authority"),
)

LEGAL_RESOURCES = Profile(
    "设定依据",
    _SERVICE | {"title": ("依据名称", "法律法规名称"), "clause": ("条款", "条款号")},
    ("service", "title"),
)

EVIDENCE = Profile(
    "申请材料",
    _SERVICE
    | _ORDER
    | {
        "title": ("材料名称",),
        "necessity": ("材料必要性", "必要性"),
        "form": ("材料形式",),
        "originals": ("原件份数",),
        "copies": ("复印件份数",),
        "origin": ("来源渠道",),
        "waiver": ("免提交", "免提交方式"),
        "only_if": ("需要情形", "适用情形"),
        "note": ("备注", "填报须知"),
    },
    ("service", "title"),
)

STEPS = Profile(
    "办理流程",
    _SERVICE
    | _ORDER
    | {
        "phase": ("阶段",),
        "title": ("环节", "环节名称"),
        "actor": ("办理人", "办理人员"),
        "text": ("说明", "环节说明"),
        "days": ("天数", "办理时限", "工作日"),
    },
    ("service", "title", "phase"),
)

COSTS = Profile(
    "收费",
    _SERVICE
    | {
        "title": ("收费项目", "收费项目名称"),
        "amount": ("收费标准",),
        "basis": ("收费依据",),
    },
    ("service", "title", "amount"),
)

QUESTIONS = Profile(
    "常见问题",
    _SERVICE | _ORDER | {"text": ("问题",), "answer": ("答案", "解答")},
    ("service", "text", "answer"),
)

SERVICE_TEXTS = ("title_en", "description", "description_en", "type", "scope")
SERVICE_WORDS = ("aliases", "audiences", "levels", "keywords", "modes")

CHARGES = {True: "否", False: "是"}
"""What the column 是否收费 says of a service that is free, and of one that is not."""
FREE = frozenset({"否", "无", "不收费", "不收取", "无收费", "免费", "免收", "不收"})
"""What offices write there when they charge nothing. Anything else, as when it is empty, does not say so."""

PROCESSING: dict[str, ProcessingKind] = {"承诺件": "promised", "即办件": "immediate"}
NECESSITIES: dict[str, Necessity] = {
    "必要": "required",
    "非必要": "optional",
    "容缺": "deferrable",
    "容缺后补": "deferrable",
}
FORMS: dict[str, EvidenceForm] = {
    "原件": "original",
    "复印件": "copy",
    "原件和复印件": "original_and_copy",
    "电子": "electronic",
    "电子件": "electronic",
    "电子材料": "electronic",
    "纸质": "original",
}
WAIVERS: dict[str, Waiver] = {
    "数据共享免提交": "data_sharing",
    "数据共享": "data_sharing",
    "告知承诺可免": "written_commitment",
    "告知承诺": "written_commitment",
    "否": "",
    "无": "",
}
PHASES: dict[str, Phase] = {
    "办理前": "before",
    "办理中": "during",
    "办理后": "after",
    "事前": "before",
    "事中": "during",
    "事后": "after",
}
