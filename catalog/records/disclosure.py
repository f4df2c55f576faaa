"""The standard directory of 26 fields and the supplementary directory (公开目录)."""

from typing import Literal

from catalog.records.base import Record, Value

Directory = Literal["standard", "supplementary"]
DeadlineKind = Literal["within", "at_once", "yearly", "quarterly", "monthly", "permanent", "unknown"]
DeadlineUnit = Literal["working_day", "day", "hour", ""]


class DisclosureField(Record, frozen=True, kw_only=True):
    """A field of the standard directory (领域); `title` is its short name, for example 户籍管理."""

    title: str
    order: int = 0


class DisclosureRule(Value, frozen=True, kw_only=True):
    """A disclosure deadline (公开时限) as a rule.

    `within` needs `value` and `unit` counted from `start` (the event in the office's words); `display` is for
    how long the entry must stay up, in `display_unit`. `unknown` means that no date can be computed.
    """

    kind: DeadlineKind
    value: int | None = None
    unit: DeadlineUnit = ""
    start: str = ""
    display: int | None = None
    display_unit: DeadlineUnit = ""


class DisclosureItem(Record, frozen=True, kw_only=True):
    """One row of a directory (政务公开事项).

    `field` is the id of a DisclosureField in the standard directory, the category in the supplementary one.
    `deadline_text` is what the office wrote (the inherited text where it wrote 同上), `deadline` the rule read
    from it. `channels` are the ticked ones. `specific_group` names the group when not the whole of society.
    """

    directory: Directory
    field: str
    number: str = ""
    level1: str = ""
    level2: str = ""
    level3: str = ""
    content: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    deadline_text: str = ""
    deadline: DisclosureRule | None = None
    disclosing_body: str = ""
    channels: tuple[str, ...] = ()
    to_all_society: bool = False
    specific_group: str = ""
    proactive: bool = False
    on_request: bool = False
    levels: tuple[str, ...] = ()
    note: str = ""
    link: str = ""
