from pathlib import Path

import msgspec
import pytest
from starlette.applications import Starlette

from catalog.box import active_path
from catalog.records import Record
from county.web.app import create_app
from county.web.headers import SECURITY_HEADERS
from tests.county.web.client import ask
from tests.county.web.markup import read_page
from tests.county.web.records import BIRTH, PATHS, POLICE, RECORDS
from tests.county.web.state import MORNING, publish
from tests.sample import COUNTY


def _with(service: Record) -> tuple[Record, ...]:
    return (COUNTY, *(service if record.id == service.id else record for record in RECORDS))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_page_is_drawn(app: Starlette, path: str, language: str) -> None:
    answer = ask(app, f"{path}?lang={language}")
    assert answer.status == 200
    page = read_page(answer.text)
    assert page.values("lang")[0] == {"zh": "zh-CN", "en": "en"}[language]
    assert answer.headers["vary"].startswith("Accept-Language")


def test_the_browsers_language_is_taken_unless_the_visitor_chose(app: Starlette) -> None:
    assert "Birth registration" in ask(app, "/m/service/birth", accept_language="en-GB").text
    assert "Birth registration" not in ask(app, "/m/service/birth?lang=zh", accept_language="en-GB").text


def test_switching_the_language_keeps_the_edition_that_was_scanned(app: Starlette) -> None:
    assert "?lang=en&e=6" in read_page(ask(app, "/m/service/birth?e=6").text).hrefs


def test_demonstration_content_says_so(app: Starlette, state: Path) -> None:
    assert "演示内容" in ask(app, "/m/service/birth").text
    publish(state, (msgspec.structs.replace(COUNTY, demonstration=False), *RECORDS), 8)
    assert "演示内容" not in ask(app, "/m/service/birth").text


def test_a_new_edition_is_shown_by_the_next_request(app: Starlette, state: Path) -> None:
    before = ask(app, "/m/service/birth")
    publish(state, _with(msgspec.structs.replace(BIRTH, description="新的说明。")), 8)
    after = ask(app, "/m/service/birth", if_none_match=before.headers["etag"])
    assert (after.status, "新的说明。" in after.text) == (200, True)


def test_what_is_known_already_is_not_sent_again(app: Starlette) -> None:
    first = ask(app, "/m/service/birth")
    assert ask(app, "/m/service/birth", if_none_match=first.headers["etag"]).status == 304


@pytest.mark.parametrize("scanned", ["7", "8", "x", "-1", "", "9999999999", "７"])
def test_nothing_was_missed_by_who_scanned_this_edition_or_none(app: Starlette, scanned: str) -> None:
    assert "您扫码以后" not in ask(app, f"/m/service/birth?e={scanned}").text


def test_what_changed_since_scanning_is_named(app: Starlette, state: Path) -> None:
    channel = msgspec.structs.replace(BIRTH.channel, phone="0000-7129999")
    publish(state, _with(msgspec.structs.replace(BIRTH, channel=channel, costs=())), 8)
    assert "有改动：地点、时间或电话。" in ask(app, "/m/service/birth?e=7").text
    assert "有改动" not in ask(app, "/m/service/card?e=7").text


def test_an_event_changes_with_its_services(app: Starlette, state: Path) -> None:
    publish(state, _with(msgspec.structs.replace(BIRTH, evidence=BIRTH.evidence[1:])), 8)
    assert "有改动：要带的材料。" in ask(app, "/m/event/baby?e=7").text


def test_when_the_scanned_edition_is_gone_a_newer_one_is_announced(app: Starlette, state: Path) -> None:
    assert "（第 7 版）" in ask(app, "/m/service/birth?e=3").text
    (store,) = (state / "stores").iterdir()
    publish(state, (COUNTY, *RECORDS), 8)
    store.write_bytes(b"no store")
    assert "（第 8 版）" in ask(app, "/m/service/birth?e=7").text


def test_a_record_outside_its_days_says_so(app: Starlette, state: Path) -> None:
    late = msgspec.structs.replace(BIRTH, valid_to=MORNING.date().replace(day=19))
    publish(state, _with(late), 8)
    assert "不在有效期内" in ask(app, "/m/service/birth").text


def test_a_text_that_nobody_checked_says_so(app: Starlette) -> None:
    assert "2026-10-15 由公安局核对" in ask(app, "/m/service/birth").text
    assert "还没有核对记录" in ask(app, "/m/service/card").text


@pytest.mark.parametrize("path", ["/m/service/birth.ics", "/m/event/baby.ics"])
def test_a_reminder_names_place_and_papers(app: Starlette, path: str) -> None:
    answer = ask(app, path)
    assert answer.headers["content-type"].startswith("text/calendar")
    text = answer.text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20261123" in text
    assert "LOCATION:甲县政务服务中心" in text
    assert "□ 出生医学证明" in text
    assert f"URL:{COUNTY.public_url}{path.removesuffix('.ics')}\r\n" in text


@pytest.mark.parametrize(
    "path",
    [
        "/m/service/nothing",
        "/m/nothing/birth",
        "/m/place/hall.ics",
        "/m/service/%2e%2e",
        "/m/static/x.css",
        "/x",
    ],
)
def test_what_is_not_there_gets_a_page_that_says_what_to_do(app: Starlette, path: str) -> None:
    answer = ask(app, path)
    assert answer.status == 404
    assert "请重新扫码" in read_page(answer.text).text


def test_nothing_can_be_sent_to_a_page(app: Starlette) -> None:
    answer = ask(app, "/m/service/birth", "POST")
    assert (answer.status, set(answer.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})
    read_page(answer.text)


def test_before_the_first_edition_the_pages_say_so(tmp_path: Path) -> None:
    app = create_app(tmp_path, lambda: MORNING)
    assert ask(app, "/healthz").status == 503
    answer = ask(app, "/m/service/birth")
    assert answer.status == 503
    assert "还没有发布" in read_page(answer.text).text
    active_path(tmp_path).write_text(
        '{"edition":1,"digest":"0","file":"stores/0.db","activated":"2026-11-20T00:00:00Z"}'
    )
    assert ask(app, "/m/service/birth").status == 503


def test_a_failure_gets_a_page_and_every_header(state: Path) -> None:
    def broken_clock() -> object:
        raise RuntimeError

    app = create_app(state, broken_clock)  # type: ignore[arg-type]
    answer = ask(app, "/m/service/birth")
    assert answer.status == 500
    assert "暂时打不开" in read_page(answer.text).text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", [*PATHS, "/nothing", "/healthz", "/m/service/birth.ics"])
def test_every_answer_is_guarded_and_sets_no_cookie(app: Starlette, path: str) -> None:
    headers = ask(app, path).headers
    assert {name.lower(): value for name, value in SECURITY_HEADERS.items()}.items() <= headers.items()
    assert "set-cookie" not in headers


def test_health_names_the_edition(app: Starlette) -> None:
    answer = msgspec.json.decode(ask(app, "/healthz").body)
    assert (answer["status"], answer["edition"], len(answer["digest"])) == ("ok", 7, 64)


def test_style_and_scripts_are_kept_for_good(app: Starlette) -> None:
    page = read_page(ask(app, "/m/service/birth").text)
    style = next(href for href in page.values("href") if href.endswith(".css"))
    scripts = page.values("src")
    assert len(scripts) == 2
    for path, kind in ((style, "text/css"), *((script, "text/javascript") for script in scripts)):
        answer = ask(app, path)
        assert answer.headers["content-type"].startswith(kind)
        assert "immutable" in answer.headers["cache-control"]


def test_a_service_names_its_office(app: Starlette) -> None:
    assert POLICE.title in ask(app, "/m/service/birth").text
