"""What the types of records do not say about their fields: which texts are long, and usual words.

What ids refer to stands in catalog.references.
"""

from catalog.importing.channels import NATIONAL
from catalog.survey import RATING_KINDS

MAYBE = frozenset({"disclosure.field"})
"""Fields that hold an id in some records and plain words in others."""

LONG = frozenset(
    {
        "service.description",
        "service.description_en",
        "organisation.duties",
        "life_event.summary",
        "package.intro",
        "package.intro_en",
        "policy.summary",
        "policy.text",
        "policy_clause.support",
        "policy_clause.how",
        "question.answer",
        "procedure_step.text",
        "bulletin.body",
        "bulletin_template.body",
        "emergency_plan.lift",
        "participation.summary",
        "participation.body",
        "participation.how",
        "feedback.note",
        "survey.intro",
        "survey.intro_en",
        "disclosure.note",
        "rectify.note",
        "flow_action.note",
        "flow_action.note_en",
        "flow_question.help",
        "flow_question.help_en",
    }
)
"""Texts that get room for several lines."""

_AUDIENCES = ("自然人", "法人")
_LEVELS = ("县级", "乡级", "村级")

SUGGESTIONS: dict[str, tuple[str, ...]] = {
    "service.audiences": _AUDIENCES,
    "service.levels": _LEVELS,
    "service.modes": ("窗口", "网上", "掌上", "自助终端", "快递"),
    "service.scope": ("全国", "全省", "全市", "全县"),
    "service.type": ("行政许可", "行政确认", "行政给付", "行政奖励", "其他行政权力", "公共服务"),
    "output.type": ("证照", "批文", "其他", "无"),
    "policy_clause.audiences": _AUDIENCES,
    "disclosure.channels": NATIONAL,
    "disclosure.levels": _LEVELS,
    "plan_disclosure.channels": NATIONAL,
    "tag.group": ("身份", "年龄", "处境", "企业规模", "行业", "事项"),
    "place.accessibility": (
        "轮椅坡道",
        "低位服务台",
        "手语",
        "无障碍卫生间",
        "轮椅借用",
        "无障碍停车位",
        "电梯",
    ),
    "bulletin.level": ("一级", "二级", "三级", "四级"),
    "plan_level.level": ("一级", "二级", "三级", "四级"),
    "plan_level.colour": ("红色", "橙色", "黄色", "蓝色"),
    "emergency_plan.takeover_levels": ("一级", "二级", "三级", "四级"),
    "county.licence": ("CC BY 4.0", "CC0 1.0"),
    "survey.survey_kind": (*RATING_KINDS[:1], "问卷"),
    "survey_question.type": ("grade", "scale", "single", "multi", "text"),
    "participation.participation_kind": ("意见征集", "听证会", "政府开放日", "列席会议报名"),
}
"""Field → words that usually stand in it, in their order. Others may be written."""
