"""Policies with their clauses and interpretations, from three sheets joined by the policy's id."""

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from catalog.importing.cells import Cells
from catalog.importing.header import Profile
from catalog.importing.ledger import Ledger
from catalog.records import Interpretation, Policy, PolicyClause, Question

POLICIES = Profile(
    "政策文件",
    {
        "id": ("编号", "政策编号"),
        "title": ("标题", "文件名称", "政策名称", "文件标题"),
        "document_number": ("发文字号", "文号"),
        "issuer": ("发布机构", "发文机关", "印发机关"),
        "issued": ("成文日期", "印发日期", "发文日期"),
        "expires": ("有效期至", "废止日期"),
        "in_force": ("有效性", "效力状态"),
        "summary": ("摘要", "内容概述", "一句话介绍"),
        "text": ("正文", "全文"),
    },
    ("id", "title", "in_force"),
)

CLAUSES = Profile(
    "政策条款",
    {
        "policy": ("政策编号",),
        "title": ("条款", "条款名称", "项目名称"),
        "support": ("支持内容", "支持标准"),
        "conditions": ("条件", "申报条件"),
        "audiences": ("对象", "适用对象"),
        "tags": ("标签",),
        "opens": ("申报开始", "申报开始日期"),
        "closes": ("申报截止", "申报截止日期"),
        "how": ("办理方式", "申报方式"),
        "service": ("对应事项", "对应事项编号"),
        "contact": ("联系方式", "咨询方式"),
    },
    ("policy", "title", "support"),
)

INTERPRETATIONS = Profile(
    "政策解读",
    {
        "policy": ("政策编号",),
        "title": ("解读标题", "标题"),
        "interpreter": ("解读人",),
        "published": ("发布日期", "解读日期"),
        "order": ("排序",),
        "question": ("问", "问题"),
        "answer": ("答", "答案"),
    },
    ("policy", "title", "question", "answer"),
)

_IN_FORCE = {"有效": True, "现行有效": True, "失效": False, "废止": False, "已失效": False, "已废止": False}


class Policies:
    """Rows of the three sheets, joined when all files are read."""

    def __init__(self) -> None:
        self._policies: list[Policy] = []
        self._clauses: dict[str, list[PolicyClause]] = defaultdict(list)
        self._interpretations: dict[str, dict[str, Interpretation]] = defaultdict(dict)
        self._parts: list[tuple[str, Cells]] = []

    def take_policy(self, cells: Cells) -> None:
        """A row of the first sheet. Raises Refused."""
        self._policies.append(
            Policy(
                id=cells.id("id"),
                title=cells.needed("title"),
                in_force=cells.choice("in_force", _IN_FORCE, True),
                issued=cells.day("issued"),
                expires=cells.day("expires"),
                **cells.texts("document_number", "issuer", "summary", "text"),
                **cells.common(),
            )
        )

    def take_clause(self, cells: Cells) -> None:
        """A row of the second sheet. Raises Refused."""
        clause = PolicyClause(
            title=cells.needed("title"),
            conditions=cells.lines("conditions"),
            audiences=cells.words("audiences"),
            tags=cells.ids("tags"),
            opens=cells.day("opens"),
            closes=cells.day("closes"),
            **cells.texts("support", "how", "service", "contact"),
        )
        self._clauses[self._policy(cells)].append(clause)

    def take_interpretation(self, cells: Cells) -> None:
        """A row of the third sheet: one question of one interpretation. Raises Refused."""
        title, published = cells.needed("title"), cells.day("published")
        interpreter, order = cells.text("interpreter"), cells.order("order")
        asked: tuple[Question, ...] = ()
        if cells.text("question") or cells.text("answer"):
            asked = (Question(text=cells.needed("question"), answer=cells.needed("answer"), order=order),)
        found = self._interpretations[self._policy(cells)]
        old = found.get(title, Interpretation(title=title, interpreter=interpreter, published=published))
        if (interpreter, published) != (old.interpreter, old.published):
            raise cells.bad("title", f"《{title}》的解读人或发布日期前后不一致")
        found[title] = msgspec.structs.replace(old, questions=old.questions + asked)

    def join(self, ledger: Ledger) -> Iterator[Policy]:
        """The policies with their parts; parts of a policy that is not there are refused."""
        ids = {policy.id for policy in self._policies}
        for policy_id, cells in self._parts:
            if policy_id not in ids:
                ledger.refuse(
                    cells.row,
                    cells.bad(
                        "policy", f"“{policy_id}”不在政策文件表里", "补上这份文件，或改正编号", "orphan-row"
                    ),
                )
        for policy in self._policies:
            yield msgspec.structs.replace(
                policy,
                clauses=tuple(self._clauses[policy.id]),
                interpretations=tuple(self._interpretations[policy.id].values()),
            )

    def _policy(self, cells: Cells) -> str:
        policy_id = cells.id("policy")
        self._parts.append((policy_id, cells))
        return policy_id
