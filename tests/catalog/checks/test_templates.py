"""What was taken over from a template workbook, and what two counties may share."""

import msgspec
import pytest

from catalog.checks.check import check, check_one, known
from catalog.checks.rules import load_rules
from catalog.checks.templates import Cell, Template, Templates
from catalog.findings import Finding
from catalog.records import Channel, County, Place, PublicOrganisation, PublicService, Record
from tests.catalog.checks.test_check import TODAY

RULES = load_rules()
COUNTY = County(id="county", title="安宁县", zone_title="体验区", public_url="https://hall.example.cn")
OFFICE = PublicOrganisation(
    id="civil", title="安宁县民政局", phone="0871-6860001", address="安宁县大屯路 2 号"
)
HOURS = "周一至周五 9:00-12:00、13:00-17:00"
LAW = "年满十八周岁、具有完全民事行为能力的本国公民"
LONG = "困难家庭因突发事件或重大疾病陷入困境的，可以向户籍地的乡镇申请一次性补助"
THEIRS = (
    Cell("B3", "临时救助"),
    Cell("C3", LONG + "。"),
    Cell("D3", f"1.{LAW}\n2.户籍在平江县\n3.收入低于平江县最低生活保障标准的一点五倍"),
    Cell("E3", "平江县天岳大道 18 号"),
    Cell("F3", "电话：0730-6222111（12345 转）"),
    Cell("G3", HOURS),
    Cell("A4", "平江县民政局"),
    Cell("G4", HOURS),
)
MINE = PublicService(
    id="s",
    title="临时救助",
    competent_authority="civil",
    description="遇到急难、别的办法一时解决不了的，先给一笔钱救急，二十四小时里送到手。",
    requirements=("户籍或者居住证在安宁", "家里人均存款不超过二万元"),
    channel=Channel(
        address="安宁县大屯路 2 号 1 楼",
        phone="0871-6860002",
        complaints_phone="12345",
        opening_hours=HOURS,
    ),
)


def templates(cells: tuple[Cell, ...] = THEIRS, *, contact_only: bool = False) -> Templates:
    made = Template(title="平江县事项", sheets={"事项": cells}, contact_only=contact_only)
    return Templates([made], RULES.similar_template)


def found(record: Record, against: Templates | None = None) -> dict[str, Finding]:
    """Field → finding."""
    against = templates() if against is None else against
    told = check([COUNTY, OFFICE, record], TODAY, RULES, against)
    return {finding.field: finding for finding in told if finding.code == "same-as-template"}


def mine(**changes: object) -> PublicService:
    return msgspec.structs.replace(MINE, **changes)


def channel(**changes: object) -> PublicService:
    return mine(channel=msgspec.structs.replace(MINE.channel, **changes))


def test_a_county_that_wrote_its_own_hears_nothing() -> None:
    assert found(MINE) == {}
    assert found(OFFICE) == {}


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        (mine(description=LONG + "。"), {"description", "channel.opening_hours"}),
        (mine(description=f" {LONG} 。"), {"description", "channel.opening_hours"}),
        (mine(description=LONG.replace("一次性", "临时性") + "。"), {"description", "channel.opening_hours"}),
        (channel(phone="(0730)—622 2111"), {"channel.phone", "channel.opening_hours"}),
        (channel(phone="0730 6222111"), {"channel.phone", "channel.opening_hours"}),
        (channel(complaints_phone="07306222111"), {"channel.complaints_phone", "channel.opening_hours"}),
        (channel(address="安宁县天岳大道18号"), {"channel.address", "channel.opening_hours"}),
        (
            mine(requirements=("户籍在安宁", "收入低于安宁县最低生活保障标准的一点五倍")),
            {"requirements[1]", "channel.opening_hours"},
        ),
    ],
)
def test_what_was_taken_over_is_named(record: PublicService, fields: set[str]) -> None:
    assert set(found(record)) == fields


def test_the_finding_says_where() -> None:
    same = found(mine(description=LONG + "。"))["description"]
    assert (same.severity, same.message) == ("warning", "与模板“平江县事项”的文字相同（事项 C3），疑似照搬")
    like = found(mine(requirements=("收入低于安宁县最低生活保障标准的一点五倍",)))["requirements[0]"]
    assert like.message == "与模板“平江县事项”的文字几乎相同（事项 D3），疑似照搬"


@pytest.mark.parametrize(
    ("sheets", "places"),
    [
        ({"事项": 2}, "事项 C1 C2"),
        ({"事项": 3}, "事项 C1 C2 C3"),
        ({"事项": 2, "附表": 3}, "事项 C1 C2 附表 C1，另有 2 处"),
    ],
)
def test_the_finding_names_the_first_cells_and_counts_the_rest(sheets: dict[str, int], places: str) -> None:
    cells = {
        sheet: tuple(Cell(f"C{row}", LONG) for row in range(1, rows + 1)) for sheet, rows in sheets.items()
    }
    another = Template(title="另一县", sheets={"表": (Cell("A1", LONG),)})
    against = Templates([Template(title="平江县事项", sheets=cells), another], RULES.similar_template)
    message = found(mine(description=LONG), against)["description"].message
    assert message == f"与模板“平江县事项”的文字相同（{places}），疑似照搬"


def test_hours_and_short_words_alone_say_nothing() -> None:
    service = mine(requirements=("户籍在平江县",), description="临时救助")
    assert found(service) == {}
    hours = Place(id="p", title="所", category="邮局", latitude=1, longitude=2, opening_hours=HOURS)
    assert found(hours) == {}


def test_numbers_of_the_whole_country_are_everybodys() -> None:
    cells = (Cell("A1", "95598"), Cell("B1", "400-810-1234"), Cell("C1", "12345678"))
    assert found(channel(phone="400-810-1234"), templates(cells)) == {}


def test_what_is_laid_down_for_all_may_be_the_same() -> None:
    copied = channel(phone="0730-6222111")
    copied = msgspec.structs.replace(copied, description=LONG + "。", requirements=(LAW,))
    assert set(found(copied)) == {
        "description",
        "requirements[0]",
        "channel.phone",
        "channel.opening_hours",
    }
    assert set(found(copied, templates(contact_only=True))) == {"channel.phone", "channel.opening_hours"}


def test_the_demonstration_county_took_nothing_over(sample: tuple[Record, ...]) -> None:
    against = templates()
    assert [f for f in check(sample, TODAY, RULES, against) if f.code == "same-as-template"] == []


def test_one_record_is_judged_as_among_all() -> None:
    record, against = mine(description=LONG + "。"), templates()
    catalogue = known([COUNTY, OFFICE, record])
    one = check_one(record, catalogue, TODAY, RULES, against)
    assert {f.field: f for f in one if f.code == "same-as-template"} == found(record, against)
