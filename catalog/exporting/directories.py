"""The directories: one workbook for each field in the national form, and the supplementary one."""

from collections.abc import Callable, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from catalog.exporting.table import Losses, common, new_book, new_sheet, save, write_rows
from catalog.importing.channels import NATIONAL, is_canonical, read_channels
from catalog.importing.directory import item_id
from catalog.importing.elements import read_basis, read_content
from catalog.importing.header import KEPT_FOR_ALL
from catalog.records import DisclosureField, DisclosureItem

Column = tuple[str, str, Callable[[DisclosureItem], object]]
"""Group heading, heading, and what a row has there; without a group the heading spans both rows."""

_LAYERS = ("国家级", "省级", "市级", "县级", "区级", "乡级", "镇级", "村级")
_TICK = "√"


def write_standard(
    field: DisclosureField, items: Sequence[DisclosureItem], place: str, folder: Path, losses: Losses
) -> None:
    """The directory of one field; `place` is the county's title."""
    title = f"{field.title}领域基层政务公开标准目录"
    ordered = in_order(items)
    columns = [*_optional_id(ordered), *_standard(ordered, losses), *_optional(ordered)]
    _write(f"{place}{title}", field.title, ordered, columns, folder / f"{field.order:02d} {title}.xlsx")


def write_supplementary(items: Sequence[DisclosureItem], place: str, folder: Path, losses: Losses) -> None:
    """The supplementary directory."""
    ordered = in_order(items)
    columns = [*_optional_id(ordered), *_supplementary(ordered, losses), *_optional(ordered)]
    path = folder / "主动公开补充目录.xlsx"
    _write(f"{place}主动公开补充目录", "补充目录", ordered, columns, path)


def in_order(items: Sequence[DisclosureItem]) -> list[DisclosureItem]:
    """As they were handed over. Rows that lack a name before one that has it come first: a blank would inherit."""
    ordered = sorted(items, key=_place)
    if all(item.level1 and (item.level2 or not item.level3) for item in items):
        return ordered
    return sorted(ordered, key=lambda item: (item.level1, item.level2 != "", item.level2))


def _place(item: DisclosureItem) -> tuple[int, int, str]:
    number = int(item.number) if item.number.isdecimal() and len(item.number) < 10 else 0
    return (item.source.row if item.source else 0, number, item.id)


def _standard(items: Sequence[DisclosureItem], losses: Losses) -> list[Column]:
    deep = [("公开事项", "三级事项", lambda item: item.level3)] if any(i.level3 for i in items) else []
    return [
        ("", "序号", lambda item: item.number),
        ("公开事项", "一级事项", lambda item: item.level1),
        ("公开事项", "二级事项", lambda item: item.level2),
        *deep,
        ("", "公开内容\n（要素）", lambda item: content(item, losses)),
        ("", "公开依据", lambda item: basis(item, losses)),
        ("", "公开时限", lambda item: item.deadline_text),
        ("", "公开主体", lambda item: item.disclosing_body),
        ("", "公开渠道\n和载体", lambda item: channels(item, losses)),
        *_ticks(items, losses),
    ]


def _supplementary(items: Sequence[DisclosureItem], losses: Losses) -> list[Column]:
    names: list[Column] = [("", "事项名称", lambda item: item.level1)]
    if any(item.level2 or item.level3 for item in items):
        names = [
            ("", "一级目录", lambda item: item.level1),
            ("", "二级目录", lambda item: item.level2),
            ("", "三级目录", lambda item: item.level3),
        ]
    ticks = [] if all(map(_plainly_proactive, items)) else _ticks(items, losses)
    return [
        ("", "序号", lambda item: item.number),
        ("", "类别", lambda item: item.field),
        *names,
        ("", "公开内容", lambda item: content(item, losses)),
        ("", "公开依据", lambda item: basis(item, losses)),
        ("", "公开时限", lambda item: item.deadline_text),
        ("", "公开责任", lambda item: item.disclosing_body),
        ("", "公开渠道", lambda item: "、".join(item.channels) if _listed(item) else channels(item, losses)),
        *ticks,
    ]


def _plainly_proactive(item: DisclosureItem) -> bool:
    narrowed = item.specific_group or item.on_request or item.levels
    return item.to_all_society and item.proactive and not narrowed


def _ticks(items: Sequence[DisclosureItem], losses: Losses) -> list[Column]:
    return [
        ("公开对象", "全社会", lambda item: _TICK if item.to_all_society else ""),
        ("公开对象", "特定群体\n（请写明）", lambda item: item.specific_group),
        ("公开方式", "主动", lambda item: _TICK if item.proactive else ""),
        ("公开方式", "依申请公开", lambda item: _TICK if item.on_request else ""),
        *_layers(items, losses),
    ]


def _layers(items: Sequence[DisclosureItem], losses: Losses) -> list[Column]:
    """县级 and 乡、村级 where that says it all, else a column for every layer."""
    met = {layer for item in items for layer in item.levels}
    together = all(("乡级" in item.levels) == ("村级" in item.levels) for item in items)
    names = _in_their_order(items, [layer for layer in _LAYERS if layer in met] + sorted(met - set(_LAYERS)))
    for item in items:
        if list(item.levels) != [name for name in names if name in item.levels]:
            losses.note(item, "levels", "、".join(item.levels))
    if met <= {"县级", "乡级", "村级"} and together:
        return [("公开层级", "县级", _ticked("县级")), ("公开层级", "乡、村级", _ticked("乡级"))]
    return [("公开层级", name, _ticked(name)) for name in names]


def _in_their_order(items: Sequence[DisclosureItem], names: list[str]) -> list[str]:
    """`names` in an order that every item's layers keep, or as they are when there is none."""
    order = TopologicalSorter[str](dict.fromkeys(names, ()))
    for item in items:
        for upper, lower in pairwise(item.levels):
            order.add(lower, upper)
    try:
        return list(order.static_order())
    except CycleError:
        return names


def _ticked(layer: str) -> Callable[[DisclosureItem], object]:
    return lambda item: _TICK if layer in item.levels else ""


def _optional_id(items: Sequence[DisclosureItem]) -> list[Column]:
    """Ids that do not follow from the names are written down."""
    named = [item.id if item.id != item_id(item) else "" for item in items]
    return [("", "编号", lambda item: item.id if item.id != item_id(item) else "")] if any(named) else []


def _optional(items: Sequence[DisclosureItem]) -> list[Column]:
    words = {"note": "备注", "link": "公开链接"} | {key: names[0] for key, names in KEPT_FOR_ALL.items()}
    used = [key for key in words if any(getattr(item, key) for item in items)]
    return [("", words[key], _attribute(key)) for key in used]


def _attribute(key: str) -> Callable[[DisclosureItem], object]:
    return lambda item: common(item)[key] if key in KEPT_FOR_ALL else getattr(item, key)


def content(item: DisclosureItem, losses: Losses) -> str:
    """公开内容 with the first separator that reads back."""
    return losses.joined(item, "content", _forms(item.content), read_content)


def basis(item: DisclosureItem, losses: Losses) -> str:
    """公开依据."""
    return losses.joined(item, "basis", ["".join(item.basis), *_forms(item.basis)], read_basis)


def channels(item: DisclosureItem, losses: Losses) -> str:
    """The national options, ticked or not; local ones behind."""
    chosen = set(item.channels)
    boxes = [f"{'■' if name in chosen else '□'}{name}" for name in NATIONAL]
    local = [f"■{name}" for name in item.channels if name not in NATIONAL]
    ticked = "\n".join(f"■{name}" for name in item.channels)
    forms = ["\n".join(boxes + local), ticked] if is_canonical(item.channels) else [ticked]
    return losses.joined(item, "channels", forms, read_channels)


def _listed(item: DisclosureItem) -> bool:
    return read_channels("、".join(item.channels)) == item.channels


def _forms(parts: Sequence[str]) -> list[str]:
    numbered = "\n".join(f"{number}. {part}" for number, part in enumerate(parts, 1))
    return ["；".join(parts), "、".join(parts), "\n".join(parts), "●" + "●".join(parts), numbered]


def _write(
    title: str, sheet_title: str, items: Sequence[DisclosureItem], columns: Sequence[Column], path: Path
) -> None:
    book = new_book()
    sheet = new_sheet(book, sheet_title)
    grouped = any(group for group, _, _ in columns)
    heads = [[group or word for group, word, _ in columns]]
    if grouped:
        heads.append([word if group else "" for group, word, _ in columns])
    rows = [[value(item) for _, _, value in columns] for item in items]
    write_rows(sheet, [[title], *heads, *rows], head=1 + len(heads))
    if grouped:
        _merge(sheet, [group for group, _, _ in columns])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(columns))
    sheet.freeze_panes = f"A{2 + len(heads)}"
    save(book, path)


def _merge(sheet: Any, groups: Sequence[str]) -> None:
    """Rows 2 and 3: groups across, other headings down."""
    column = 1
    for group, members in groupby(groups):
        width = len(list(members))
        for left in [column] if group else range(column, column + width):
            last = get_column_letter(column + width - 1 if group else left)
            sheet.merge_cells(f"{get_column_letter(left)}2:{last}{2 if group else 3}")
        column += width
