"""A few literal records."""

from datetime import UTC, date, datetime

from catalog.records import (
    Bulletin,
    Channel,
    Cost,
    DisclosureField,
    DisclosureItem,
    DisclosureRule,
    Evidence,
    FloorPlan,
    LegalResource,
    LifeEvent,
    Participation,
    Place,
    Policy,
    PolicyClause,
    ProcedureStep,
    PublicOrganisation,
    PublicService,
    Question,
    Record,
    TimeLimit,
)
from catalog.records.county import Feedback, HallZone, Window

POLICE = PublicOrganisation(id="police", title="甲县公安局")
HALL = Place(
    id="hall",
    title="甲县政务服务中心",
    category="政务服务中心",
    address="城关街道 1 号",
    latitude=36.4,
    longitude=117.2,
    opening_hours="周一至周五 9:00-17:00",
    phone="0000-7100000",
)
STATION = Place(
    id="station",
    title="东河派出所",
    category="派出所",
    latitude=36.5,
    longitude=117.3,
    accessibility=("轮椅坡道",),
    services=("birth",),
)
BIRTH = PublicService(
    id="birth",
    title="出生登记",
    title_en="Birth registration",
    description="给新生儿上户口。",
    description_en="Register a newborn.",
    competent_authority="police",
    checked_on=date(2026, 10, 15),
    checked_by="公安局",
    promised_time_limit=TimeLimit(text="当场", unit="on_the_spot"),
    free=True,
    visits=1,
    modes=("窗口", "网上"),
    scope="全县通办",
    channel=Channel(
        address="县政务服务中心 1 楼 A06",
        floor=1,
        window="A06",
        opening_hours="周一至周五 9:00-17:00",
        phone="0000-7121001、0000-7121002",
        complaints_phone="0000-7012345",
    ),
    requirements=("孩子在本县出生",),
    legal_resources=(LegalResource(title="户口登记条例", clause="第七条"),),
    evidence=(
        Evidence(title="居民户口簿", order=2, originals=1),
        Evidence(title="出生医学证明", order=1, originals=1, note="副页由派出所收存"),
        Evidence(title="亲子鉴定意见书", order=3, originals=1, only_if="随父落户时"),
        Evidence(title="结婚证", order=4, waiver="data_sharing"),
    ),
    steps=(
        ProcedureStep(title="领户口页", order=3, phase="after"),
        ProcedureStep(title="到窗口申报", order=2, phase="during", text="一次办完。", days=3),
        ProcedureStep(title="商量用什么姓", order=1, phase="before"),
    ),
    questions=(Question(text="过了一个月还能办吗？", answer="能。\n照常带材料。"),),
)
CARD = PublicService(
    id="card",
    title="社保卡申领",
    competent_authority="police",
    promised_time_limit=TimeLimit(text="5工作日", value=5),
    visits=0,
    channel=Channel(address="县政务服务中心 1 楼 B11", floor=1, window="B11", phone="0000-7122001"),
    evidence=(
        Evidence(title="结婚证", order=1, form="copy", copies=1),
        Evidence(title="居民户口簿", order=2, originals=1, copies=2),
        Evidence(title="照片", order=3, necessity="optional", form="electronic"),
        Evidence(title="承诺书", order=4, necessity="deferrable"),
    ),
    costs=(Cost(title="工本费", amount="10 元/证"),),
)
BABY = LifeEvent(
    id="baby",
    audience="person",
    title="新生儿出生",
    title_en="Having a baby",
    summary="孩子出生后要办的事。",
    services=("birth", "card", "gone"),
)
JOBS = Policy(
    id="jobs",
    title="稳岗措施",
    expires=date(2026, 12, 31),
    text="一、支持对象。\n二、扩岗补助。",
    clauses=(
        PolicyClause(
            title="扩岗补助", support="每人 1000 元", opens=date(2026, 4, 1), contact="就业科 0000-7133021"
        ),
    ),
)
WATER = Bulletin(
    id="water",
    bulletin_kind="notice",
    title="停水通知",
    body="请提前储水。",
    ends=datetime(2026, 11, 26, tzinfo=UTC),
    measures=("储备生活用水",),
    phone="0000-7196006",
)
BUSES = Participation(
    id="buses",
    participation_kind="重大决策预公开",
    title="农村公交线网方案",
    summary="12 条线路整合为 9 条。",
    body="请提出意见。",
    opens=date(2026, 11, 9),
    closes=date(2026, 12, 9),
    how="网站留言、来信",
    phone="0000-7155020",
    questions=("票价是否能接受？",),
    feedback=Feedback(received=412, adopted=96),
)
FIELD = DisclosureField(id="residence", title="户籍管理")
ALLOWANCE = DisclosureItem(
    id="residence-1",
    directory="standard",
    field="residence",
    level1="政策文件",
    level2="落户政策",
    content=("条件", "材料"),
    basis=("户口登记条例",),
    deadline_text="自形成之日起20个工作日内",
    deadline=DisclosureRule(kind="within", value=20, unit="working_day", start="形成"),
    disclosing_body="甲县公安局、各乡镇",
    channels=("政府网站", "公示栏"),
    to_all_society=True,
    proactive=True,
    levels=("县级",),
    link="https://zone.example/residence",
)
PLAN = FloorPlan(
    id="plan",
    title="甲县政务服务中心",
    address="城关街道 1 号",
    width=60,
    depth=40,
    zones=(HallZone(floor=1, code="A", title="户籍区", x=0, y=0, width=9, depth=9),),
    windows=(Window(floor=1, zone="A", code="A06", x=3, y=3, organisation="公安局", handles="户口登记"),),
)
RECORDS: tuple[Record, ...] = (
    *(POLICE, HALL, STATION, BIRTH, CARD, BABY, JOBS, WATER, BUSES, FIELD, ALLOWANCE, PLAN),
)
PATHS = (
    "/",
    "/m/service/birth",
    "/m/event/baby",
    "/m/policy/jobs",
    "/m/place/station",
    "/m/bulletin/water",
    "/m/participation/buses",
    "/m/disclosure/residence-1",
    "/m/directory",
    "/m/directory/level/县级",
    "/m/window/1/A06",
)
"""One page of each kind."""
