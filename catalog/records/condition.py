"""A condition over the answers of a guided flow, as typed: one form each, and nothing else."""

from datetime import date

from catalog.records.base import Id, Value


def _word(attribute: str) -> str:
    return attribute.rstrip("_")


class Condition(Value, frozen=True, kw_only=True, forbid_unknown_fields=True, rename=_word):
    """Exactly one of: `{q, is}`, `{q, has}`, `{q, in}`, `{q, lt | le | gt | ge}`, `{any}`, `{all}`, `{not}`.

    `q` is a question. A lower and an upper bound may stand together (`{q, ge, lt}`). Bounds are whole numbers, or
    dates for a question about a date. Raises ValueError for anything else, which a decoder reports with its path.
    """

    q: Id | None = None
    is_: str | int | None = None
    has: str | None = None
    in_: tuple[str | int, ...] = ()
    lt: int | date | None = None
    le: int | date | None = None
    gt: int | date | None = None
    ge: int | date | None = None
    any_: tuple["Condition", ...] = ()
    all_: tuple["Condition", ...] = ()
    not_: "Condition | None" = None

    def __post_init__(self) -> None:
        bounds = self.bounds
        about = (self.is_ is not None, self.has is not None, bool(self.in_), bool(bounds))
        made_of = (bool(self.any_), bool(self.all_), self.not_ is not None)
        if sum(about) + sum(made_of) != 1:
            raise ValueError("条件要有且只有一种写法：is、has、in、lt/le/gt/ge、any、all 或 not，且不能为空")
        if any(about) != (self.q is not None):
            raise ValueError("is、has、in、lt/le/gt/ge 要写明 q（哪个问题）；any、all、not 不写 q")
        if {"lt", "le"} <= bounds.keys() or {"gt", "ge"} <= bounds.keys():
            raise ValueError("上限只写 lt 或 le，下限只写 gt 或 ge")
        if len({type(bound) for bound in bounds.values()}) > 1:
            raise ValueError("上限和下限要同是数字或同是日期")

    @property
    def bounds(self) -> dict[str, int | date]:
        """The bounds that are given, by word: none, one or two."""
        words = {"lt": self.lt, "le": self.le, "gt": self.gt, "ge": self.ge}
        return {word: bound for word, bound in words.items() if bound is not None}

    @property
    def parts(self) -> tuple["Condition", ...]:
        """The conditions that this one is made of; empty when it is about a question."""
        return (*self.any_, *self.all_, *((self.not_,) if self.not_ else ()))
