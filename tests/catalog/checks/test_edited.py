"""What people write into forms: references, addresses, numbers of persons, characters, names of other counties."""

import msgspec
import pytest

from catalog.checks.check import check
from catalog.checks.personal import is_card_number, is_identity_number
from catalog.checks.places import named
from catalog.checks.rules import Sensitive, load_rules
from catalog.records import (
    Bulletin,
    Channel,
    County,
    DisclosureField,
    DisclosureItem,
    LifeEvent,
    Policy,
    PublicOrganisation,
    PublicService,
    Record,
    Synonym,
)
from tests.catalog.checks.test_check import TODAY

COUNTY = County(id="county", title="安宁县", zone_title="体验区", public_url="https://hall.example.cn")
OFFICE = PublicOrganisation(id="civil", title="安宁县民政局", short_title="民政局")
SERVICE = PublicService(id="s", title="登记", competent_authority="civil")
NEW = {"dead-reference", "malformed-link", "missing-glyph", "foreign-place", "sensitive-text"}


def found(*records: Record) -> set[tuple[str, str]]:
    """(code, field) of what is said beside what is missing."""
    return {(f.code, f.field) for f in check([COUNTY, OFFICE, *records], TODAY) if f.code in NEW}


def service(**changes: object) -> PublicService:
    return msgspec.structs.replace(SERVICE, **changes)


def test_references_that_lead_nowhere() -> None:
    event = LifeEvent(id="e", audience="person", title="一件事", services=("s", "gone"), flow="none")
    assert found(SERVICE, event) == {("dead-reference", "services[1]"), ("dead-reference", "flow")}
    assert found(service(competent_authority="x")) == {("dead-reference", "competent_authority")}
    assert found(SERVICE, Synonym(id="w", text="上户口", targets=("s", "e"))) == {
        ("dead-reference", "targets[1]")
    }


def test_a_category_of_the_supplementary_directory_is_no_reference() -> None:
    field = DisclosureField(id="employment", title="就业")
    item = DisclosureItem(id="i", directory="supplementary", field="人事", level1="招录")
    assert found(field, item) == set()
    assert found(field, msgspec.structs.replace(item, directory="standard")) == {("dead-reference", "field")}


@pytest.mark.parametrize(
    ("link", "wrong"),
    [
        ("https://www.anning.gov.cn/xxgk/1.html", False),
        ("http://10.1.2.3:8080/a?b=c#d", False),
        ("https://政务.中国/", False),
        ("", False),
        ("www.anning.gov.cn", False),
        ("anning", True),
        ("http:/anning.gov.cn", True),
        ("http://anning", True),
        ("https://anning.gov.cn/a b", True),
        ("https://anning.gov.cn:port/", True),
        ("javascript:alert(1)", True),
        ("file:///etc/passwd", True),
        ("https://[::1", True),
    ],
)
def test_links(link: str, wrong: bool) -> None:
    item = DisclosureItem(id="i", directory="supplementary", field="人事", link=link)
    assert found(item) == ({("malformed-link", "link")} if wrong else set())


def test_links_in_a_text() -> None:
    assert found(service(description="请到https://zwfw.example.gov.cn/a，或www.example.com。办理")) == set()
    assert found(service(description="网址：http：//zwfw.example.gov.cn")) == {
        ("malformed-link", "description")
    }


@pytest.mark.parametrize("number", ["11010519491231002X", "440524198001010013"])
def test_identity_numbers(number: str) -> None:
    assert is_identity_number(number)
    assert found(service(description=f"例：{number}。")) == {("sensitive-text", "description")}
    full = number.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    assert found(service(requirements=("满十八岁", f"号码{full}"))) == {("sensitive-text", "requirements[1]")}
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    assert found(service(description=spaced)) == {("sensitive-text", "description")}


def test_numbers_that_only_look_like_one() -> None:
    assert not is_identity_number("110105194912310021")
    assert found(service(description="办件编号 110105194912310021")) == set()
    assert is_card_number("4111111111111111")
    assert not is_card_number("4111111111111112")


def test_mobile_numbers_stand_where_they_belong() -> None:
    assert found(service(channel=Channel(phone="13812345678"))) == set()
    assert found(service(description="联系王先生 138 1234 5678")) == {("sensitive-text", "description")}
    assert found(Bulletin(id="b", bulletin_kind="notice", title="停水", body="电话13812345678")) == {
        ("sensitive-text", "body")
    }


def test_the_countys_own_sensitive_words() -> None:
    rules = load_rules()
    words = (*rules.sensitive, Sensitive(severity="error", pattern="首富镇", message="敏感词"))
    findings = check(
        [COUNTY, service(description="在首富镇办理")], TODAY, msgspec.structs.replace(rules, sensitive=words)
    )
    assert [(f.severity, f.field) for f in findings if f.code == "sensitive-text"] == [
        ("error", "description")
    ]


@pytest.mark.parametrize("letter", ["\U0001f600", "\ue000", "𠮷"])
def test_characters_that_no_kiosk_can_draw(letter: str) -> None:
    assert found(service(title=f"登记{letter}")) == {("missing-glyph", "title")}


def test_characters_that_every_kiosk_can_draw() -> None:
    assert found(service(title="㎡ “登记” —— ①②③ ℃ 囍 镕 喆 Ａ", description="一行\n\t又一行")) == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("由平原县民政局负责", ["平原县"]),
        ("《平原县2024年实施方案》", ["平原县"]),
        ("到积石山保安族东乡族撒拉族自治县领取", ["积石山保安族东乡族撒拉族自治县"]),
        ("东港区人力资源和社会保障局", ["东港区"]),
        ("昆山市政务服务中心", []),
        ("昆山市，江苏", ["昆山市"]),
        ("负责县政府日常工作，提请县政府常务会议审议", []),
        ("省道县道两侧、各县区、全县各社区、开发区、景区、服务区、城区", []),
        ("办理县级事项；完善县域网络；成县办结", []),
        ("和平区域合作、市中心区划", []),
    ],
)
def test_names_of_other_counties(text: str, names: list[str]) -> None:
    assert list(named(text)) == names
    policy = Policy(id="p", title="办法", in_force=False, text=text)
    assert found(policy) == ({("foreign-place", "text")} if names else set())


def test_the_countys_own_name_is_no_other_place() -> None:
    own = msgspec.structs.replace(COUNTY, title="平原县")
    texts = (service(description="平原县民政局、平原县恩城镇"), own)
    assert {f.code for f in check([OFFICE, *texts], TODAY)} & {"foreign-place"} == set()
