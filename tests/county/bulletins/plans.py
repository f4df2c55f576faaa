"""A plan, its bulletin, and staff for tests of emergencies."""

from datetime import timedelta

import msgspec
from sqlalchemy import Connection, insert

from catalog.records import Bulletin, EmergencyPlan
from catalog.records.county import BulletinTemplate, Phone, PlanDisclosure, PlanLevel
from county.accounts.roles import Role
from county.bulletins.drafting import drafted
from county.database.accounts import person, person_role
from tests.county.catalogue import NOW

PLAN = EmergencyPlan(
    id="plan-flood",
    event_type="暴雨洪涝",
    title="暴雨洪涝突发事件信息公开方案",
    lead="县防汛抗旱指挥部",
    levels=(PlanLevel(level="二级", colour="橙色"), PlanLevel(level="一级", colour="红色")),
    disclosure=(
        PlanDisclosure(item="预警信息", body="指挥部", deadline="启动后 30 分钟内", channels=("政府网站",)),
        PlanDisclosure(item="转移路线", body="应急管理局", deadline="启动一级响应时立即"),
        PlanDisclosure(item="水情", body="水利局", deadline="每 3 小时"),
        PlanDisclosure(item="停课", body="教育体育局", deadline="决定作出后立即"),
        PlanDisclosure(item="救助", body="财政局", deadline="响应终止后 10 个工作日内"),
        PlanDisclosure(item="数据", body="卫生健康局", deadline="按权限和规定时限"),
    ),
    measures={"二级": ("远离河道",), "一级": ("立即撤离",)},
    bulletin_template=BulletinTemplate(
        title="暴雨{colour}预警", body="{area}{time}起有{situation},请拨打{phone}。"
    ),
    takeover_levels=("一级", "二级"),
    lift="水位回落,解除响应",
    phones=(Phone(title="值班", phone="0000-1"),),
)


def bulletin(level: int = 0, **more: object) -> Bulletin:
    """The plan's bulletin at its first (orange) or second (red) level, with everything filled in."""
    proposed = drafted(PLAN, PLAN.levels[level], "flood-1", NOW)
    given = {"area": "沿河乡镇", "body": "有暴雨,请避险。", "ends": NOW + timedelta(hours=6), **more}
    return msgspec.structs.replace(proposed, **given)


def staff(connection: Connection, name: str, *roles: Role) -> None:
    """Add a person without a usable password."""
    connection.execute(
        insert(person).values(name=name, display_name=name, password="", one_time=False, created=NOW)
    )
    connection.execute(insert(person_role), [{"person": name, "role": role} for role in roles])
