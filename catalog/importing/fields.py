"""The fields (领域) of the standard directory: 26 with fixed ids, and any others that a county adds."""

import re
from collections.abc import Sequence

from catalog.records import DisclosureField
from catalog.text import digest

FIELDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("territorial-planning", "国土空间规划", ("城乡规划",)),
    ("major-projects", "重大建设项目", ()),
    ("public-resource-trading", "公共资源交易", ("公共资源配置",)),
    ("budgets", "财政预决算", ("财政预算决算",)),
    ("work-safety", "安全生产", ()),
    ("taxation", "税收管理", ("税收征管",)),
    ("land-acquisition", "征地补偿", ("农村集体土地征收", "征地信息")),
    ("housing-expropriation", "国有土地上房屋征收与补偿", ("国有土地上房屋征收",)),
    ("affordable-housing", "保障性住房", ("住房保障",)),
    ("rural-dilapidated-housing", "农村危房改造", ()),
    ("environment", "生态环境", ("环境保护",)),
    ("public-culture", "公共文化服务", ("公共文化",)),
    ("public-legal-services", "公共法律服务", ()),
    ("poverty-alleviation", "扶贫", ("脱贫攻坚", "巩固脱贫攻坚成果")),
    ("disaster-relief", "救灾", ("灾害救助",)),
    ("food-drug-supervision", "食品药品监管", ()),
    ("urban-enforcement", "城市综合执法", ()),
    ("employment", "就业", ("就业创业",)),
    ("social-insurance", "社会保险", ()),
    ("social-assistance", "社会救助", ()),
    ("elderly-care", "养老服务", ()),
    ("household-registration", "户籍管理", ()),
    ("farm-subsidies", "涉农补贴", ()),
    ("compulsory-education", "义务教育", ()),
    ("health", "医疗卫生", ("卫生健康",)),
    ("municipal-services", "市政服务", ()),
)
"""(id, title, other names), in the order of the national list."""

_IDS = {name: field for field, title, others in FIELDS for name in (title, *others)}
_KNOWN = {
    field: DisclosureField(id=field, title=title, order=n) for n, (field, title, _) in enumerate(FIELDS, 1)
}
_ORDINAL = re.compile(r"^[（(]?[\d一二三四五六七八九十]+[)）]?[、.．]?")
_PLACE = re.compile(
    r"^.{1,7}?(?:自治县|自治旗|县|旗|(?<![城都])市(?![场政民容])|(?<![社园地小林景灾辖片牧校])区)"
)
_NEW = re.compile(r"^(.{2,20}?)领域")


def field_id(title: str) -> str:
    """The id of a field: fixed for the 26, derived from the title for others."""
    return _IDS.get(title) or f"field-{digest(title.encode())[:12]}"


def field(title: str) -> DisclosureField:
    """The record of a field. Fields beyond the 26 come after them."""
    return _KNOWN.get(field_id(title)) or DisclosureField(id=field_id(title), title=title, order=99)


def is_known(title: str) -> bool:
    """Whether the title, or another name for it, is one of the 26."""
    return title in _IDS


def fields_in(text: str) -> Sequence[str]:
    """The fields that a title names, longest names first, none inside another; titles, not ids.

    A field that is not known is recognised by the word 领域 after it.
    """
    found, rest = [], text
    for name in sorted(_IDS, key=len, reverse=True):
        if name in rest:
            found.append(_KNOWN[_IDS[name]].title)
            rest = rest.replace(name, "　")
    if found:
        return list(dict.fromkeys(found))
    new = _NEW.search(_PLACE.sub("", _ORDINAL.sub("", text)))
    return [new[1]] if new else []
