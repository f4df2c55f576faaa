"""Each check on records of its own."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from catalog.checks.check import check
from catalog.checks.rules import load_rules
from catalog.importing.deadline import read_deadline
from catalog.offices import names
from catalog.records import (
    Channel,
    Cost,
    County,
    DisclosureField,
    DisclosureItem,
    Interpretation,
    LegalResource,
    Policy,
    PublicOrganisation,
    PublicService,
    Record,
    TimeLimit,
)

TODAY = date(2026, 11, 21)
ITEM = DisclosureItem(
    id="employment-1",
    directory="standard",
    field="employment",
    level1="就业信息",
    level2="岗位信息发布",
    content=("招聘单位", "岗位要求", "福利待遇"),
    basis=("《中华人民共和国就业促进法》",),
    deadline_text="20个工作日内",
    deadline=read_deadline("20个工作日内"),
    disclosing_body="县民政局",
    channels=("政府网站",),
    to_all_society=True,
    proactive=True,
)
OFFICES = [
    PublicOrganisation(id="civil", title="安宁县民政局", short_title="民政局"),
    PublicOrganisation(id="labour", title="安宁县人力资源和社会保障局", short_title="人力资源和社会保障局"),
]


def found(*records: Record, besides: tuple[str, ...] = ("missing-required-class",)) -> set[str]:
    """Codes of the findings about these records in a county with two offices."""
    return {f.code for f in check([*OFFICES, *records], TODAY)} - set(besides)


def item(**changes: object) -> DisclosureItem:
    return msgspec.structs.replace(ITEM, **changes)


def test_a_complete_row_is_right() -> None:
    assert found(ITEM) == set()


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"content": ()}, {"empty-content"}),
        ({"basis": ()}, {"empty-basis"}),
        ({"deadline_text": "", "deadline": None}, {"empty-time-limit"}),
        ({"disclosing_body": ""}, {"empty-body"}),
        ({"channels": ()}, {"no-channel"}),
        ({"to_all_society": False}, {"no-audience"}),
        ({"proactive": False}, {"no-mode-ticked"}),
        ({"on_request": True}, {"both-modes-ticked"}),
        ({"proactive": False, "on_request": True}, {"all-society-but-on-request-only"}),
        ({"proactive": False, "on_request": True, "to_all_society": False, "specific_group": "本人"}, set()),
        ({"basis": ("《中华人民共和国合同法》（1999年）",)}, {"repealed-law"}),
        ({"basis": ("婚姻法",)}, {"repealed-law"}),
        ({"basis": ("《婚姻登记条例》", "《中华人民共和国合同法司法解释》")}, set()),
        ({"basis": ("《政府信息公开条例》（国务院令第492号）",)}, {"outdated-regulation-number"}),
        ({"basis": ("《政府信息公开条例》（国务院令第711号）",)}, set()),
        ({"content": ("自收到申请之日起15个工作日内作出许可决定",)}, set()),
        (
            {"level2": "依申请公开", "content": ("自收到申请之日起十五个工作日内答复",)},
            {"outdated-on-request-limit"},
        ),
        ({"level2": "依申请公开", "content": ("检索、复制费用标准", "复制费")}, {"outdated-fee"}),
        ({"content": ("联系人13812345678",)}, {"sensitive-text"}),
        ({"content": ("身份证号11010519491231002X",)}, {"sensitive-text"}),
        ({"content": ("文号20260318001",)}, set()),
    ],
)
def test_one_row(changes: dict[str, object], codes: set[str]) -> None:
    assert found(item(**changes)) == codes


def test_a_law_is_out_of_force_only_from_its_day() -> None:
    row = item(basis=("《中华人民共和国物权法》",))
    assert "repealed-law" not in {f.code for f in check([row], date(2020, 12, 31))}
    assert "repealed-law" in {f.code for f in check([row], date(2021, 1, 1))}


@pytest.mark.parametrize(
    "body",
    [
        "民政局",
        "县民政局",
        "安宁县民政局",
        "县民政局（低保中心）",
        "县民政局、县人力资源和社会保障局等相关部门",
        "各乡镇人民政府（街道办事处）",
        "县直各部门",
        "县级民政部门",
        "公安机关",
        "采购人或采购代理机构",
        "招标人",
        "项目法人单位",
        "县人民医院",
        "县疾病预防控制中心",
        "村民委员会",
        "县人民政府",
        "安宁县人民政府",
        "县城市供水公司",
    ],
)
def test_bodies_that_are_right(body: str) -> None:
    assert found(item(disclosing_body=body)) == set()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("县卫生和计划生育局", "body-not-in-organisation-list"),
        ("县扶贫办公室", "body-not-in-organisation-list"),
        ("县民政局、县国土资源局", "body-not-in-organisation-list"),
        ("平原县民政局", "not-localised"),
        ("东港区人力资源和社会保障局", "not-localised"),
        ("县民政局、平原县财政局", "not-localised"),
        ("长春市教育局", "not-localised"),
    ],
)
def test_bodies_that_are_wrong(body: str, code: str) -> None:
    assert found(item(disclosing_body=body)) == {code}


def test_the_countys_own_name_is_no_other_place() -> None:
    county = County(id="county", title="平原县", zone_title="体验区", public_url="http://a")
    codes = {f.code for f in check([county, item(disclosing_body="平原县教育局")], TODAY)}
    assert "not-localised" not in codes


def test_names_in_a_body() -> None:
    assert list(names("县发展和改革局、县审批局等项目审批部门")) == [
        "县发展和改革局",
        "县审批局",
        "项目审批部门",
    ]
    assert list(names("县民政局会同县财政局/乡镇政府（所）")) == ["县民政局", "县财政局", "乡镇政府"]


def test_the_same_row_in_two_fields() -> None:
    twin = item(
        id="health-1", field="health", level1="别的一级", content=("招聘单位；", "岗位要求", "福利待遇")
    )
    findings = [f for f in check([ITEM, twin], TODAY) if f.code == "duplicate-across-domains"]
    assert {f.record for f in findings} == {"employment-1", "health-1"}
    assert "duplicate-in-field" in found(ITEM, item(id="employment-2", level1="别的一级"))
    assert found(ITEM, item(id="health-1", field="health", content=("完全", "不同", "的内容"))) == set()


@pytest.mark.parametrize(
    ("name", "content", "same"),
    [
        ("岗位信息发布", ("招聘单位", "岗位要求", "福利待遇"), True),
        ("岗位招聘信息发布", ("招聘单位名称", "岗位要求", "福利待遇"), True),
        ("岗位信息发布", ("楼盘名称", "预售许可证号"), False),
        ("食堂管理", ("招聘单位", "岗位要求", "福利待遇"), False),
    ],
)
def test_the_supplementary_directory_repeats_nothing(name: str, content: tuple[str, ...], same: bool) -> None:
    extra = item(
        id="supplementary-1", directory="supplementary", field="其他", level1=name, level2="", content=content
    )
    assert ("duplicate-of-directory-row" in found(ITEM, extra)) is same


def test_what_article_20_requires() -> None:
    missing = {f.field for f in check([ITEM], TODAY) if f.code == "missing-required-class"}
    assert "第二十条第（十四）项" in missing
    field = DisclosureField(id="employment", title="就业")
    extra = item(id="s", directory="supplementary", field="人事", level1="公务员招录公告", level2="")
    missing = {f.field for f in check([field, ITEM, extra], TODAY) if f.code == "missing-required-class"}
    assert not missing & {"第二十条第（十四）项", "第二十条第（十一）项"}
    assert check(OFFICES, TODAY) == []


def test_interpretations() -> None:
    policy = Policy(id="p", title="办法", issued=date(2026, 4, 10))
    late = Interpretation(title="问答", published=date(2026, 4, 13))
    assert found(policy) == {"interpretation-missing"}
    assert found(msgspec.structs.replace(policy, interpretations=(late,))) == {"interpretation-late"}
    on_time = msgspec.structs.replace(late, published=date(2026, 4, 10))
    assert found(msgspec.structs.replace(policy, interpretations=(late, on_time))) == set()
    assert found(msgspec.structs.replace(policy, in_force=False)) == set()
    expired = msgspec.structs.replace(policy, interpretations=(on_time,), expires=date(2026, 11, 20))
    assert found(expired) == {"policy-expired"}


def test_services() -> None:
    service = PublicService(
        id="s",
        title="登记",
        competent_authority="civil",
        legal_resources=(LegalResource(title="《中华人民共和国婚姻法》"),),
        promised_time_limit=TimeLimit(text="30工作日", value=30),
        statutory_time_limit=TimeLimit(text="20工作日", value=20),
        channel=Channel(address="大厅"),
        checked_on=date(2025, 1, 1),
    )
    assert found(service) == {"repealed-law", "promise-beyond-law", "incomplete-guide", "check-overdue"}
    guide = next(f for f in check([service], TODAY) if f.code == "incomplete-guide")
    assert "办理材料" in guide.message
    assert "办理地点" not in guide.message
    charged = msgspec.structs.replace(service, free=True, costs=(Cost(title="工本费", amount="10 元/证"),))
    assert found(charged) - found(service) == {"free-with-fees"}


def test_rules_can_be_overridden(tmp_path: Path) -> None:
    own = tmp_path / "rules.toml"
    own.write_text("interpretation_grace_days = 7\n", encoding="utf-8")
    policy = Policy(
        id="p",
        title="办法",
        issued=date(2026, 4, 10),
        interpretations=(Interpretation(title="问答", published=date(2026, 4, 13)),),
    )
    assert check([policy], TODAY, load_rules(own)) == []
