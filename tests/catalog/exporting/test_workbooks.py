"""What is written reads back to the same records."""

import string
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from catalog.exporting.workbooks import export_workbooks
from catalog.importing.cells import time_limit
from catalog.importing.channels import NATIONAL
from catalog.importing.deadline import read_deadline
from catalog.importing.directory import item_id
from catalog.importing.lists import synonym_id
from catalog.importing.location import channel
from catalog.importing.reading import read_files
from catalog.records import (
    Bulletin,
    CalendarYear,
    Cost,
    County,
    DisclosureField,
    DisclosureItem,
    EmergencyPlan,
    Evidence,
    FloorPlan,
    GuidedFlow,
    Interpretation,
    LegalResource,
    LifeEvent,
    LifeStage,
    Outline,
    Output,
    Participation,
    Place,
    Policy,
    PolicyClause,
    ProcedureStep,
    PublicOrganisation,
    PublicService,
    Question,
    Record,
    ServicePackage,
    Survey,
    Synonym,
    Tag,
)
from catalog.records.county import Facility, Floor, HallZone, Phone, SurveyOption, SurveyQuestion, Window
from catalog.text import content_hash, kind_of
from tests.sample import sample_records

pytestmark = pytest.mark.slow

NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""Shrinking a whole catalogue takes minutes."""

Hashes = dict[tuple[str, str], str]


def hashes(records: Sequence[Record]) -> Hashes:
    return {(kind_of(record), record.id): content_hash(record) for record in records}


def read_back(records: Sequence[Record]) -> Hashes:
    """The records written, read again."""
    with TemporaryDirectory() as folder:
        assert export_workbooks(records, Path(folder)) == ()
        reading = read_files([Path(folder)])
    assert not reading.refused, [finding for finding in reading.findings if finding.blocking]
    return hashes(reading.records)


def test_the_demonstration_county_reads_back() -> None:
    assert read_back(sample_records()) == hashes(sample_records())


LETTERS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥一二三日月水火木金土=+-@'\"《》（）“”%#&<>"
words = (
    st.text(LETTERS + string.ascii_letters + string.digits + " ", min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: any(map(str.isalnum, text)))  # a lone ” says: as above
)
safe = st.text("甲乙丙丁戊己庚辛壬癸子丑寅卯", min_size=1, max_size=8)
maybe = st.just("") | words
ids = st.text(string.ascii_lowercase + string.digits + "-._", min_size=1, max_size=20).map(
    lambda text: f"x{text}"
)
days = st.none() | st.dates(date(2000, 1, 1), date(2060, 1, 1))
several = st.lists(safe, max_size=3, unique=True).map(tuple)
numbers = st.integers(0, 9)
degrees = st.floats(-90, 90).map(lambda number: round(number, 6) + 0.0)
common: dict[str, Any] = {"checked_on": days, "checked_by": maybe, "valid_from": days, "valid_to": days}
field_ids = ["employment", "taxation", "health"]


def distinct(*strategies: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.one_of(*strategies), max_size=5, unique_by=lambda record: (kind_of(record), record.id))


def named(item: DisclosureItem, own: str) -> DisclosureItem:
    """The row with the id of its names or, sometimes, one of its own."""
    values = {name: getattr(item, name) for name in item.__struct_fields__}
    return DisclosureItem(
        **values | {"id": own or item_id(item), "deadline": read_deadline(item.deadline_text)}
    )


rows = st.builds(
    named,
    st.builds(
        DisclosureItem,
        id=st.just("unnamed"),
        directory=st.just("standard"),
        field=st.sampled_from(field_ids),
        number=st.integers(1, 99).map(str),
        level1=safe,
        level2=safe,
        level3=st.just("") | safe,
        content=st.lists(safe, min_size=1, max_size=4).map(tuple),
        basis=several.map(lambda titles: tuple(f"《{title}》" for title in titles)),
        deadline_text=st.sampled_from(["", "20个工作日内", "长期公开", "按年公开，公示5日"]) | safe,
        disclosing_body=maybe,
        channels=st.lists(st.sampled_from([*NATIONAL, "信用网站"]), unique=True).map(tuple),
        to_all_society=st.booleans(),
        specific_group=st.just("") | safe.map(lambda text: f"{text}居民"),
        proactive=st.booleans(),
        on_request=st.booleans(),
        levels=st.sets(st.sampled_from(["市级", "县级", "乡级", "村级"])).map(
            lambda found: tuple(layer for layer in ("市级", "县级", "乡级", "村级") if layer in found)
        ),
        note=maybe,
        link=maybe,
        **common,
    ),
    st.just("") | ids,
)
supplementary = st.builds(
    lambda item, category: named(
        DisclosureItem(
            **{name: getattr(item, name) for name in item.__struct_fields__}
            | {"directory": "supplementary", "field": category}
        ),
        "",
    ),
    rows,
    safe,
)
organisations = st.builds(
    PublicOrganisation,
    id=ids,
    title=words,
    short_title=maybe,
    duties=maybe,
    phone=maybe,
    address=maybe,
    **common,
)
places = st.builds(
    Place,
    id=ids,
    title=words,
    category=maybe,
    latitude=degrees,
    longitude=degrees,
    accessibility=several,
    **common,
)
policies = st.builds(
    Policy,
    id=ids,
    title=words,
    document_number=maybe,
    issued=days,
    in_force=st.booleans(),
    text=maybe,
    clauses=st.lists(
        st.builds(
            PolicyClause, title=words, support=maybe, conditions=several, audiences=several, opens=days
        ),
        max_size=2,
    ).map(tuple),
    interpretations=st.lists(
        st.builds(
            Interpretation,
            title=words,
            published=days,
            questions=st.lists(st.builds(Question, text=words, answer=words, order=numbers), max_size=2).map(
                tuple
            ),
        ),
        max_size=2,
        unique_by=lambda interpretation: interpretation.title,
    ).map(tuple),
    **common,
)
in_order = st.lists(numbers, max_size=3).map(sorted)
services = st.builds(
    PublicService,
    id=ids,
    title=words,
    title_en=maybe,
    aliases=several,
    audiences=several,
    competent_authority=st.just("office"),
    life_stages=st.sampled_from([(), ("birth",), ("school", "birth")]),
    field=st.sampled_from(["", *field_ids]),
    requirements=several,
    processing_kind=st.sampled_from(["immediate", "promised"]),
    statutory_time_limit=st.none() | st.sampled_from(["20工作日", "当场", "60日", "按批次"]).map(time_limit),
    visits=st.none() | numbers,
    channel=st.builds(
        channel,
        st.sampled_from(["", "中心 1 楼 A06", "二楼C区12号"]),
        opening_hours=maybe,
        phone=maybe,
        complaints_phone=maybe,
    ),
    output=st.builds(Output, type=maybe, title=maybe),
    legal_resources=st.lists(st.builds(LegalResource, title=words, clause=maybe), max_size=2).map(tuple),
    evidence=in_order.flatmap(
        lambda orders: st.tuples(
            *(
                st.builds(
                    Evidence,
                    title=words,
                    order=st.just(order),
                    necessity=st.sampled_from(["required", "optional", "deferrable"]),
                    form=st.sampled_from(["original", "copy", "original_and_copy", "electronic"]),
                    copies=numbers,
                    waiver=st.sampled_from(["", "data_sharing", "written_commitment"]),
                    only_if=maybe,
                )
                for order in orders
            )
        )
    ),
    steps=in_order.flatmap(
        lambda orders: st.tuples(
            *(
                st.builds(
                    ProcedureStep,
                    title=words,
                    order=st.just(order),
                    phase=st.sampled_from(["before", "during", "after"]),
                    days=st.none() | numbers,
                )
                for order in orders
            )
        )
    ),
    free=st.booleans(),
    costs=st.lists(st.builds(Cost, title=words, amount=words, basis=maybe), max_size=2).map(tuple),
    **common,
)
HOME: list[Record] = [
    PublicOrganisation(id="office", title="某县公安局", short_title="公安局"),
    LifeStage(id="birth", audience="person", title="出生"),
    LifeStage(id="school", audience="person", title="教育", hint="入学"),
    DisclosureField(id="employment", title="就业", order=18),
    DisclosureField(id="taxation", title="税收管理", order=6),
    DisclosureField(id="health", title="医疗卫生", order=25),
]
tables = distinct(organisations, places, policies, services, rows, supplementary)


@settings(max_examples=12, deadline=None, phases=NO_SHRINKING, suppress_health_check=[HealthCheck.too_slow])
@given(tables)
def test_any_tables_read_back(records: list[Record]) -> None:
    whole = [*HOME, *(record for record in records if record.id not in {"office", "birth", "school"})]
    assert read_back(whole) == hashes(whole)


spot = st.floats(0, 99)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))
documents = [
    st.builds(
        County,
        id=st.just("county"),
        title=words,
        zone_title=words,
        public_url=words,
        demonstration=st.booleans(),
    ),
    st.builds(Tag, id=ids, label=words, group=words, order=numbers, **common),
    st.builds(
        CalendarYear, id=st.just("2027"), confirmed=st.booleans(), holidays=st.lists(st.dates()).map(tuple)
    ),
    st.builds(DisclosureField, id=st.just("field-a"), title=words, order=numbers),
    st.builds(
        Bulletin,
        id=ids,
        bulletin_kind=st.sampled_from(["notice", "emergency"]),
        title=words,
        measures=several,
        starts=st.none() | moments,
        takeover=st.booleans(),
        **common,
    ),
    st.builds(
        Survey,
        id=ids,
        survey_kind=words,
        title=words,
        questions=st.lists(
            st.builds(
                SurveyQuestion,
                id=ids,
                type=words,
                text=words,
                options=st.lists(st.builds(SurveyOption, value=numbers | words, label=words), max_size=2).map(
                    tuple
                ),
                show_if=st.dictionaries(ids, st.lists(numbers | words, max_size=2).map(tuple), max_size=1),
            ),
            max_size=2,
        ).map(tuple),
    ),
    st.builds(Participation, id=ids, participation_kind=words, title=words, event_time=st.none() | moments),
    st.builds(
        EmergencyPlan,
        id=ids,
        event_type=words,
        title=words,
        members=several,
        measures=st.dictionaries(safe, several, max_size=2),
        phones=st.lists(st.builds(Phone, title=words, phone=words), max_size=2).map(tuple),
    ),
    st.builds(
        LifeEvent, id=ids, audience=st.sampled_from(["person", "business"]), title=words, aliases=several
    ),
    st.builds(ServicePackage, id=ids, audience=words, title=words, intro=maybe, tint=numbers),
    st.builds(
        FloorPlan,
        id=st.just("hall"),
        title=words,
        width=st.floats(1, 99),
        depth=st.floats(1, 99),
        floors=st.lists(st.builds(Floor, floor=numbers, title=words), max_size=2).map(tuple),
        zones=st.lists(
            st.builds(
                HallZone, floor=numbers, code=words, title=words, x=spot, y=spot, width=spot, depth=spot
            ),
            max_size=2,
        ).map(tuple),
        windows=st.lists(
            st.builds(Window, floor=numbers, zone=words, code=words, x=spot, y=spot), max_size=2
        ).map(tuple),
        facilities=st.lists(
            st.builds(
                Facility, id=ids, floor=numbers, kind=words, title=words, x=st.floats(0, 9), y=st.floats(0, 9)
            ),
            max_size=2,
        ).map(tuple),
    ),
    st.builds(
        Outline,
        id=ids,
        outline_kind=st.sampled_from(["county", "town", "river", "road", "lake"]),
        title=words,
        area_km2=st.none() | st.floats(0, 9999),
        label=st.none() | st.tuples(st.floats(-180, 180), st.floats(-90, 90)),
        geometry=st.just({"type": "Point", "coordinates": [117.1, 36.2]}),
        **common,
    ),
]


@settings(max_examples=25, deadline=None, phases=NO_SHRINKING, suppress_health_check=[HealthCheck.too_slow])
@given(distinct(*documents))
def test_any_documents_read_back(records: list[Record]) -> None:
    assert read_back(records) == hashes(records)


def test_a_flow_reads_back() -> None:
    flow = next(record for record in sample_records() if isinstance(record, GuidedFlow))
    event = LifeEvent(id=flow.event, audience="person", title="事", flow=flow.id)
    with TemporaryDirectory() as folder:
        export_workbooks([flow, event], Path(folder))
        found = hashes(read_files([Path(folder)], known=sample_records()).records)
    assert found == hashes([flow, event])


def test_words_read_back() -> None:
    tag = Place(id="p", title="点", category="", latitude=1.5, longitude=2.5)
    word = Synonym(id=synonym_id("上户口"), text="上户口", targets=("p",))
    own = Synonym(id="own", text="=1+1", targets=("p",))
    assert read_back([tag, word, own]) == hashes([tag, word, own])


def test_the_national_form(tmp_path: Path) -> None:
    county = County(id="county", title="某县", zone_title="体验区", public_url="http://a")
    field = DisclosureField(id="employment", title="就业", order=18)
    item = DisclosureItem(
        id="employment-1", directory="standard", field="employment", level1="甲", level2="乙", content=("丙",)
    )
    export_workbooks([county, field, item], tmp_path)
    (path,) = (tmp_path / "公开标准目录").iterdir()
    sheet = load_workbook(path).worksheets[0]
    assert path.name == "18 就业领域基层政务公开标准目录.xlsx"
    assert sheet["A1"].value == "某县就业领域基层政务公开标准目录"
    assert [cell.value for cell in sheet[3]][-6:] == [
        "全社会",
        "特定群体\n（请写明）",
        "主动",
        "依申请公开",
        "县级",
        "乡、村级",
    ]


def test_layers_of_local_names_keep_their_order() -> None:
    field = DisclosureField(id="employment", title="就业", order=18)
    items = [
        DisclosureItem(
            id=f"employment-{number}",
            directory="standard",
            field="employment",
            level1=f"事项{number}",
            content=("甲",),
            levels=levels,
        )
        for number, levels in enumerate([("区级", "街道", "村级"), ("街道", "村级"), ("区级",)])
    ]
    assert read_back([field, *items]) == hashes([field, *items])


def test_a_formula_stays_text(tmp_path: Path) -> None:
    export_workbooks([PublicOrganisation(id="a", title="=HYPERLINK(1)")], tmp_path)
    assert load_workbook(tmp_path / "机构.xlsx").worksheets[0]["B2"].data_type == "s"


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    place = Place(id="a", title="点", category="", latitude=1, longitude=1, accessibility=("坡道、电梯",))
    (finding,) = export_workbooks([place], tmp_path)
    assert (finding.code, finding.record, finding.field) == ("not-expressible", "a", "accessibility")
    with pytest.raises(ValueError, match="do not fit"):
        export_workbooks([Policy(id="p", title="办法", text="字" * 40_000)], tmp_path / "long")
