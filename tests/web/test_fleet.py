"""The fleet's pages: taking a kiosk in, asking of it, rings; and who may."""

import re
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from sqlalchemy import select

from catalog import fleet
from catalog.enrolment import proof, read_code
from catalog.fleet import PNG, Enrolled, Enrolment, Report
from catalog.text import encode
from county.database.engine import writing
from county.database.fleet import kiosk as kiosks_table
from county.fleet import commands, kiosks, reports, rollouts
from tests.web.desk import RunningDesk, title

pytestmark = pytest.mark.slow


def take_in(desk: RunningDesk, name: str) -> str:
    """Make a code on the page and use it as a box would; the kiosk's id."""
    page = desk.client("administrator").submit("/admin/fleet/enrol", name=name, zone="", group="试点")
    assert page.status_code == 200
    shown = re.search(r"<code>([0-9A-Z-]{34})</code>", page.text)
    assert shown
    code, public = read_code(shown[1]), name.encode().hex().ljust(64, "0")[:64]
    asked = Enrolment(name=code.name, public_key=public, proof=proof(code.key, public))
    answer = desk.client("administrator").post(fleet.ENROL, data=encode(asked))
    assert answer.status_code == 200
    return msgspec.json.decode(answer.content, type=Enrolled).kiosk


def hear(desk: RunningDesk, kiosk_id: str, **said: object) -> None:
    now = datetime.now(UTC)
    with writing(desk.engine) as connection:
        who = kiosks.get(connection, kiosk_id)
        reports.hear(connection, who, Report(at=now, program="1", **said), now)  # type: ignore[arg-type]


def test_a_kiosk_appears_once_it_was_taken_in(desk: RunningDesk) -> None:
    kiosk_id = take_in(desk, "大厅一号机")
    listed = desk.client("guide").get("/admin/fleet")
    assert "大厅一号机" in listed.text
    hear(desk, kiosk_id, edition=9, digest="e" * 64)
    page = desk.client("supervisor").get(f"/admin/fleet/{kiosk_id}")
    assert title(page) == "大厅一号机"
    assert "与发布的版本不符" in page.text
    assert "取屏幕画面" not in page.text


@pytest.mark.parametrize("role", ["guide", "supervisor", "auditor"])
def test_only_administrators_act(desk: RunningDesk, role: str) -> None:
    kiosk_id = take_in(desk, f"终端 {role}")
    for path in (f"/admin/fleet/{kiosk_id}/revoke", f"/admin/fleet/{kiosk_id}/ask", "/admin/fleet/enrol"):
        assert desk.client(role).submit(path, name="x", kind="restart", sure="yes").status_code == 403


def test_asking_for_a_picture(desk: RunningDesk) -> None:
    kiosk_id = take_in(desk, "画面机")
    client = desk.client("administrator")
    assert client.submit(f"/admin/fleet/{kiosk_id}/ask", kind="screenshot").status_code == 303
    with desk.engine.connect() as connection:
        (sent,) = commands.waiting(connection, kiosk_id, datetime.now(UTC) + timedelta(seconds=1))
    assert sent.kind == "screenshot"
    assert client.submit(f"/admin/fleet/{kiosk_id}/ask", kind="show").status_code == 409
    assert client.get(f"/admin/fleet/{kiosk_id}/picture").status_code == 404
    pictures = desk.settings.folder / "pictures"
    pictures.mkdir(exist_ok=True)
    (pictures / f"{kiosk_id}.png").write_bytes(PNG)
    answer = client.get(f"/admin/fleet/{kiosk_id}/picture")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")


def test_renaming_states_replacing_and_revoking(desk: RunningDesk) -> None:
    kiosk_id = take_in(desk, "旧名")
    client, base = desk.client("administrator"), f"/admin/fleet/{kiosk_id}"
    assert client.submit(f"{base}/rename", name="新名", zone="", group="").status_code == 303
    assert client.submit(f"{base}/rename", name="", zone="", group="").status_code == 409
    assert client.submit(f"{base}/state", state="maintenance").status_code == 303
    assert client.submit(f"{base}/state", state="revoked").status_code == 409
    assert "fleet-code" in client.submit(f"{base}/replace").text
    assert client.submit(f"{base}/revoke").status_code == 409
    assert client.submit(f"{base}/revoke", sure="yes").status_code == 303
    assert client.get(base).status_code == 404
    with desk.engine.connect() as connection:
        row = connection.execute(select(kiosks_table).where(kiosks_table.c.id == kiosk_id)).one()
    assert (row.name, row.state) == ("新名", "revoked")


@pytest.mark.parametrize("kiosk_id", ["none", "f" * 16, "..%2f..%2fkeys"])
def test_a_kiosk_that_is_none(desk: RunningDesk, kiosk_id: str) -> None:
    client = desk.client("administrator")
    assert client.get(f"/admin/fleet/{kiosk_id}").status_code == 404
    assert client.get(f"/admin/fleet/{kiosk_id}/picture").status_code == 404
    assert client.submit(f"/admin/fleet/{kiosk_id}/revoke", sure="yes").status_code in (404, 409)


def test_rings_are_set_and_refused(desk: RunningDesk) -> None:
    client = desk.client("approver")
    row = {"name-0": "试点", "percent-0": "", "group-0": "试点", "minutes-0": "30", "name-1": "一半"}
    assert client.submit("/admin/rings/set", **row, **{"percent-1": "50"}).status_code == 303
    with desk.engine.connect() as connection:
        assert [stage.percent for stage in rollouts.stages(connection)] == [0, 50]
    for wrong in ("101", "x", "-1"):
        assert client.submit("/admin/rings/set", **row, **{"percent-1": wrong}).status_code == 409
    assert client.submit("/admin/rings/halt").status_code == 409
    assert desk.client("supervisor").submit("/admin/rings/set").status_code == 403
    assert client.submit("/admin/rings/set").status_code == 303
