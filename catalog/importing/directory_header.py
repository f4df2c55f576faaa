"""The header of a directory: one to three rows, columns by meaning, groups above leaves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.importing.header import Profile
from catalog.importing.sheet import Row
from catalog.importing.words import heading, plain
from catalog.records.disclosure import Directory

PROFILE = Profile(
    "公开目录",
    {
        "number": ("序号",),
        "id": ("编号",),
        "category": ("类别", "分类", "信息类别", "公开类别", "事项类别", "公开事项类别"),
        "level1": (
            *("一级事项", "一级目录", "一级指标", "一级", "一级公开事项", "一级分类", "一级类目", "一级标题"),
            *("公开事项(一级)", "具体职责"),
        ),
        "level2": (
            *("二级事项", "二级目录", "二级指标", "二级", "二级公开事项", "二级分类", "二级类目", "二级标题"),
            "公开事项(二级)",
        ),
        "level3": (
            *("三级事项", "三级目录", "三级指标", "三级", "三级公开事项", "三级分类", "三级类目", "三级标题"),
            "公开事项(三级)",
        ),
        "level4": ("四级事项", "四级目录", "四级指标"),
        "item": ("事项名称", "公开事项", "公开事项名称", "公开项目", "业务事项"),
        "content": (
            *("公开内容", "事项内容", "具体内容", "内容标准", "公开要素", "公开内容要素"),
            *("公开内容和要素", "公开内容及要素", "公开内容/要素", "公开内容和测评依据"),
        ),
        "basis": ("公开依据", "依据", "法律依据", "法定依据", "政策依据", "文件依据"),
        "clause": ("条款内容",),
        "deadline": ("公开时限", "时限", "时限要求", "公开时限要求", "公开期限", "公开时间", "公开时效"),
        "body": (
            *("公开主体", "公开责任", "责任单位", "责任主体", "公开责任主体", "公开单位", "责任部门"),
            *("公开部门", "公开责任部门", "公开责任单位", "信息公开主体"),
        ),
        "channels": (
            "公开渠道和载体",
            "公开渠道",
            "渠道和载体",
            "公开载体",
            "公开渠道及载体",
            "公开渠道与载体",
            "公开渠道、载体",
            "公开渠道/载体",
            "公开载体和渠道",
            "公开途径",
            "公开平台",
            "渠道",
            "载体",
        ),
        "form": ("公开形式",),
        "audience": ("公开对象",),
        "society": ("全社会", "面向全社会", "社会公众"),
        "group": ("特定群体", "特定群众", "特定对象", "特定人群", "特定人员", "特殊群体"),
        "mode": ("公开方式",),
        "proactive": ("主动", "主动公开"),
        "on_request": ("依申请", "依申请公开"),
        "layer": ("公开层级",),
        "note": ("备注",),
        "link": ("公开链接", "链接", "网址"),
    },
    ("content", "deadline"),
)

_LAYER = re.compile(r"^(?![一二三四五]级).{1,8}级$")
_ONE_LETTER = re.compile(r"^[省市县区旗乡镇村]$")
_NAMES = ("level1", "level2", "level3", "level4", "item")


@dataclass(frozen=True, slots=True)
class DirectoryHeader:
    """`columns` maps keys to columns from 0; `layers` are the columns of 公开层级 with the layers each stands for."""

    rows: tuple[Row, ...]
    columns: dict[str, int]
    layers: tuple[tuple[int, tuple[str, ...]], ...]
    unknown: tuple[int, ...]
    repeated: tuple[int, ...]

    def words(self, column: int) -> str:
        """The lowest heading of a column."""
        return next((row.cell(column) for row in reversed(self.rows) if row.cell(column)), "")

    def of(self, directory: Directory) -> "DirectoryHeader":
        """As a standard directory means it, 类别 is the first name; beside 一级事项 it is not imported."""
        category = self.columns.get("category")
        if directory == "supplementary" or category is None:
            return self
        columns = {key: column for key, column in self.columns.items() if key != "category"}
        unknown = (*self.unknown, category) if "level1" in columns else self.unknown
        return replace(self, columns={"level1": category} | columns, unknown=unknown)


def read_header(rows: Sequence[Row], first: int) -> DirectoryHeader | None:
    """The header that begins at `rows[first]`, or None when none does."""
    if _score(rows[first]) < 4:
        return None
    used = [rows[first]]
    for row in rows[first + 1 : first + 3]:
        if row.number != used[-1].number + 1 or not _is_lower(row):
            break
        used.append(row)
    header = _columns(tuple(used))
    columns = header.columns
    if not all(key in columns for key in PROFILE.required) or not any(key in columns for key in _NAMES):
        return None
    return header


def layers(text: str, *, below: bool = False) -> tuple[str, ...]:
    """`乡、村级` → 乡级, 村级. `below` says that the heading stands below 公开层级, where any word is a layer."""
    word = plain(text)
    if not _LAYER.match(word) and not below:
        return ()
    parts = [part for part in re.split(r"[、,/]", word.removesuffix("级")) if part]
    ends = word.endswith("级")
    return tuple(
        f"{part.removesuffix('级')}级" if ends or _ONE_LETTER.match(part) else part for part in parts
    )


def _score(row: Row) -> int:
    return sum(_known(text) for _, text in row.filled())


def _known(text: str) -> bool:
    return PROFILE.key(text) is not None or bool(layers(heading(text)))


def _is_lower(row: Row) -> bool:
    known = _score(row)
    return known >= 2 and known * 10 >= len(row.filled()) * 6


def _columns(rows: tuple[Row, ...]) -> DirectoryHeader:
    columns: dict[str, int] = {}
    layer_columns: list[tuple[int, tuple[str, ...]]] = []
    unknown, repeated = [], []
    for column in range(max(len(row.cells) for row in rows)):
        words = [row.cell(column) for row in rows if row.cell(column)]
        if not words:
            continue
        key = PROFILE.key(words[-1])
        found = layers(heading(words[-1]), below=_group(rows, column) == "layer")
        if key is None and found:
            layer_columns.append((column, found))
        elif key is None:
            unknown.append(column)
        elif key in columns:
            repeated.append(column)
        else:
            columns[key] = column
    form = columns.pop("form", None)
    if form is not None and "channels" in columns:
        unknown.append(form)
    elif form is not None:
        columns["channels"] = form
    return DirectoryHeader(rows, columns, tuple(layer_columns), tuple(unknown), tuple(repeated))


def _group(rows: tuple[Row, ...], column: int) -> str | None:
    """The key of the heading above a column, which stands in the first column of its group."""
    if len(rows) < 2 or not rows[-1].cell(column):
        return None
    above = next((rows[0].cell(left) for left in range(column, -1, -1) if rows[0].cell(left)), "")
    return PROFILE.key(above)
