"""The simple lists: organisations, places and people's words. One row is one record."""

import msgspec

from catalog.importing.cells import Cells
from catalog.importing.header import Profile
from catalog.records import Place, PublicOrganisation, Synonym
from catalog.text import digest

ORGANISATIONS = Profile(
    "机构",
    {
        "id": ("机构编号", "编号", "机构编码"),
        "title": ("机构名称", "部门名称", "单位名称"),
        "short_title": ("简称", "部门简称", "机构简称"),
        "duties": ("主要职责", "职责", "机构职能", "主要职能"),
        "phone": ("电话", "联系电话", "办公电话", "咨询电话"),
        "complaints_phone": ("监督电话", "监督投诉电话", "投诉电话"),
        "address": ("地址", "办公地址", "办公地点"),
        "hall_area": ("大厅位置", "大厅区域", "进驻大厅位置"),
    },
    ("id", "title"),
)

PLACES = Profile(
    "便民点",
    {
        "id": ("编号", "便民点编号"),
        "title": ("名称", "便民点名称", "网点名称"),
        "category": ("类别", "类型", "网点类型"),
        "town": ("乡镇街道", "乡镇", "所在乡镇", "辖区街道"),
        "address": ("地址", "详细地址"),
        "latitude": ("纬度",),
        "longitude": ("经度",),
        "opening_hours": ("开放时间", "办公时间", "服务时间"),
        "phone": ("电话", "联系电话"),
        "accessibility": ("无障碍设施", "无障碍"),
        "services": ("可办事项", "可办事项编号"),
    },
    ("id", "title", "latitude", "longitude"),
)

SYNONYMS = Profile(
    "同义词",
    {
        "id": ("编号",),
        "text": ("群众说法", "说法", "俗称"),
        "targets": ("对应编号", "事项编号", "对应事项编号"),
    },
    ("text", "targets"),
)


def organisation(cells: Cells) -> PublicOrganisation:
    """One office. Raises Refused."""
    return PublicOrganisation(
        id=cells.id("id"),
        title=cells.needed("title"),
        **cells.texts("short_title", "duties", "phone", "complaints_phone", "address", "hall_area"),
        **cells.common(),
    )


def place(cells: Cells) -> Place:
    """One service point; WGS-84 degrees. Raises Refused."""
    return Place(
        id=cells.id("id"),
        title=cells.needed("title"),
        latitude=cells.number("latitude", -90, 90),
        longitude=cells.number("longitude", -180, 180),
        accessibility=cells.words("accessibility"),
        services=cells.ids("services"),
        **cells.texts("category", "town", "address", "opening_hours", "phone"),
        **cells.common(),
    )


def synonym(cells: Cells) -> Synonym:
    """What people say for something. Raises Refused."""
    text = cells.needed("text")
    targets = cells.ids("targets")
    if not targets:
        raise cells.bad("targets", "不能为空", code="empty-cell")
    return Synonym(
        id=cells.id("id") if cells.text("id") else synonym_id(text),
        text=text,
        targets=targets,
        **cells.common(),
    )


def synonym_id(text: str) -> str:
    """The id of a word: it follows from the word alone."""
    return f"word-{digest(text.encode())[:16]}"


def with_targets(synonym: Synonym, targets: tuple[str, ...]) -> Synonym:
    """The synonym with more targets."""
    return msgspec.structs.replace(synonym, targets=tuple(dict.fromkeys(synonym.targets + targets)))
