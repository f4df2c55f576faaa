"""Roles, and the separation of duties (三员分立).

System administration, security administration and audit are held by three different persons, and none of the
three edits or approves content: GB/T 22239-2019, 8.1.5. The database refuses what is refused here.
"""

from collections.abc import Collection
from typing import Literal, get_args

from county.errors import Refused

Role = Literal["clerk", "reviewer", "approver", "supervisor", "guide", "administrator", "security", "auditor"]
ROLES: tuple[Role, ...] = get_args(Role)
"""clerk edits for one organisation; administrator runs the system; security grants roles; auditor reads the log."""

DUTIES: frozenset[Role] = frozenset({"administrator", "security", "auditor"})
"""The three duties that are kept apart from each other and from content."""

SECOND_FACTOR: frozenset[Role] = frozenset({"approver", "administrator", "security"})
"""Who signs in with a one-time code besides the password."""

CHINESE: dict[Role, str] = {
    "clerk": "编辑员",
    "reviewer": "审核员",
    "approver": "审批员",
    "supervisor": "督查员",
    "guide": "引导员",
    "administrator": "系统管理员",
    "security": "安全管理员",
    "auditor": "审计员",
}


def check_roles(roles: Collection[Role], organisation: str) -> None:
    """Raises Refused for roles that one person must not hold together, and for a clerk of no organisation."""
    duties = DUTIES.intersection(roles)
    if duties and len(set(roles)) > 1:
        names = "、".join(CHINESE[role] for role in ROLES if role in roles)
        raise Refused(
            f"{names} 不能由同一人担任：系统管理员、安全管理员、审计员三员分立，也不编辑、不审批内容"
        )
    if "clerk" in roles and not organisation:
        raise Refused("编辑员必须属于一个部门，请选择部门")


def needs_second_factor(roles: Collection[Role]) -> bool:
    """Whether whoever holds these roles must sign in with a one-time code."""
    return not SECOND_FACTOR.isdisjoint(roles)
