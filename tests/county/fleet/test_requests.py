"""What boxes send: signed, numbered, bounded. Whatever else comes is refused and counted, and changes nothing."""

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import Engine, func, select

from catalog import fleet
from catalog.box import Answer, Command
from catalog.fleet import Delivery, Heard, Refusal, Report, Taken
from catalog.outbox import Row
from catalog.text import encode
from county.database.engine import writing
from county.database.insight import report as reported
from county.errors import Refused
from county.fleet import commands, reports
from county.settings import Settings
from county.web.api.endpoints import REASONS, Api
from tests.county.catalogue import NOW
from tests.county.fleet.box import TalkingBox, decoded, post
from tests.county.fleet.conftest import Clock

REPORT = Report(at=NOW, program="1", edition=3, digest="a" * 64)
CALL = encode({"call": "c1", "state": "asked", "at": NOW})


def rows(*ids: str) -> Delivery:
    return Delivery(outbox=7, rows=tuple(Row(row, "call", n, CALL) for n, row in enumerate(ids, 1)))


def count(county: Engine) -> int:
    with county.connect() as connection:
        return connection.scalar(select(func.count()).select_from(reported)) or 0


def test_a_report_is_kept_and_answered(box: TalkingBox, county: Engine) -> None:
    heard = decoded(box.send(fleet.REPORT, REPORT), Heard)
    assert heard.at == NOW
    assert heard.commands == ()
    with county.connect() as connection:
        assert reports.newest(connection, box.kiosk) == REPORT
        assert reports.editions_shown(connection, box.kiosk) == [(3, "a" * 64, NOW)]


def test_rows_are_taken_once(box: TalkingBox, county: Engine) -> None:
    assert decoded(box.send(fleet.OUTBOX, rows("r1", "r2")), Taken) == Taken(kept=2, known=0, refused=0)
    assert decoded(box.send(fleet.OUTBOX, rows("r2", "r1")), Taken) == Taken(kept=0, known=2, refused=0)
    assert count(county) == 2


def test_nothing_is_accepted_twice(box: TalkingBox, county: Engine, api: Api) -> None:
    box.number = 10
    body = encode(rows("r1"))
    headers = box.signed(fleet.OUTBOX, body)
    assert post(box.app, fleet.OUTBOX, body, headers).status == 200
    again = post(box.app, fleet.OUTBOX, body, headers)
    assert again.status == 409
    assert msgspec.json.decode(again.body, type=Refusal) == Refusal(error=REASONS[409], number=10)
    assert api.refused == {409: 1}


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({fleet.SIGNATURE: "00" * 64}, 401),
        ({fleet.SIGNATURE: "zz"}, 400),
        ({fleet.SIGNATURE: ""}, 401),
        ({fleet.NUMBER: "2"}, 401),
        ({fleet.NUMBER: "-1"}, 400),
        ({fleet.NUMBER: "9" * 17}, 400),
        ({fleet.NUMBER: "9" * 16}, 400),
        ({fleet.KIOSK: "f" * 16}, 401),
        ({fleet.KIOSK: "../../etc/passwd"}, 400),
        ({"content-length": "9999999"}, 413),
        ({"content-length": "x"}, 413),
    ],
)
def test_a_request_that_is_not_the_boxs_own_changes_nothing(
    box: TalkingBox, county: Engine, api: Api, wrong: dict[str, str], status: int
) -> None:
    assert box.send(fleet.OUTBOX, rows("r1"), **wrong).status == status
    assert api.refused == {status: 1}
    assert count(county) == 0
    assert box.send(fleet.OUTBOX, rows("r1")).status == 200


def test_a_signature_is_for_one_body_and_one_path(box: TalkingBox, county: Engine) -> None:
    body = encode(rows("r1"))
    headers = box.signed(fleet.OUTBOX, body)
    assert post(box.app, fleet.OUTBOX, body.replace(b"r1", b"r2"), headers).status == 401
    assert post(box.app, fleet.REPORT, body, headers).status == 401
    assert count(county) == 0


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"outbox":-1,"rows":[]}', encode(rows(*["r"] * 501))],
)
def test_another_shape_is_refused(box: TalkingBox, body: bytes) -> None:
    assert box.send(fleet.OUTBOX, body).status == 400
    assert box.send(fleet.REPORT, body).status == 400


def test_too_much_is_refused_before_it_is_read(box: TalkingBox) -> None:
    assert box.send(fleet.OUTBOX, b" " * (fleet.LARGEST_BODY + 1)).status == 413


def test_who_asks_too_often_waits(box: TalkingBox, api: Api) -> None:
    statuses = [box.send(fleet.REPORT, REPORT).status for _ in range(60)]
    assert statuses == [200] * 50 + [429] * 10
    assert api.refused == {429: 10}


def test_a_command_comes_with_the_answer_until_it_is_answered_or_expires(
    box: TalkingBox, county: Engine, clock: Clock
) -> None:
    first, second = (
        Command(id=name * 10, kind="verify", sent=NOW, expires=NOW + timedelta(minutes=minutes))
        for name, minutes in (("a", 5), ("b", 10))
    )
    with writing(county) as connection:
        for asked in (first, second):
            commands.send(connection, box.kiosk, asked, "admin", NOW)
    assert decoded(box.send(fleet.REPORT, REPORT), Heard).commands == (first, second)
    answers = (Answer(id=first.id, outcome="done", at=NOW), Answer(id="unknown00", outcome="done", at=NOW))
    said = fleet.Report(at=NOW, program="1", answers=answers)
    assert decoded(box.send(fleet.REPORT, said), Heard).commands == (second,)
    clock.advance(minutes=10)
    assert decoded(box.send(fleet.REPORT, REPORT), Heard).commands == ()
    with county.connect() as connection:
        assert [(s.command.id, s.outcome) for s in commands.history(connection, box.kiosk)] == [
            (first.id, "done"),
            (second.id, ""),
        ]


def test_few_commands_may_wait(box: TalkingBox, county: Engine) -> None:
    def ask(number: int) -> None:
        asked = Command(id=f"{number:08d}", kind="restart", sent=NOW, expires=NOW + timedelta(minutes=1))
        with writing(county) as connection:
            commands.send(connection, box.kiosk, asked, "admin", NOW)

    for number in range(commands.MOST):
        ask(number)
    with pytest.raises(Refused, match="too many"):
        ask(commands.MOST)


def test_a_picture_is_taken_only_when_somebody_asked(
    box: TalkingBox, county: Engine, settings: Settings
) -> None:
    picture = fleet.PNG + b"..."
    assert box.send(fleet.PICTURE, picture).status == 415
    asked = Command(id="a" * 8, kind="screenshot", sent=NOW, expires=NOW + timedelta(minutes=1))
    with writing(county) as connection:
        commands.send(connection, box.kiosk, asked, "admin", NOW)
    assert box.send(fleet.PICTURE, b"<svg onload=alert(1)>").status == 415
    assert box.send(fleet.PICTURE, picture).status == 204
    assert (settings.folder / "pictures" / f"{box.kiosk}.png").read_bytes() == picture
