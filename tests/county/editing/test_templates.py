"""Template workbooks in the database, and what the checks make of them."""

from io import BytesIO

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine

from catalog.records import Channel, PublicService
from county import audit
from county.database.engine import writing
from county.editing import templates
from county.editing.checking import check_now, checked, findings_of
from county.editing.templates import (
    add_template,
    list_templates,
    read_template,
    remove_template,
)
from county.errors import Refused
from county.revisions import Change, add_drafts
from county.uploads import MOST_BYTES
from tests.county.catalogue import NOW

PHONE = "0730-6222111"
COPIED = PublicService(id="copied", title="登记", competent_authority="office", channel=Channel(phone=PHONE))


def workbook(*rows: tuple[str, ...]) -> bytes:
    book, data = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = "事项"
    for row in rows:
        sheet.append(row)
    book.save(data)
    return data.getvalue()


THEIRS = workbook(("事项", "电话"), ("登记", PHONE))


def keep(engine: Engine, title: str = "", data: bytes = THEIRS) -> None:
    with writing(engine) as connection:
        add_template(connection, read_template(data, "平江县.xlsx", title, False), "admin", NOW)


def codes(engine: Engine) -> list[str]:
    today = NOW.astimezone().date()
    return [f.message for f in findings_of(engine, COPIED, today) if f.code == "same-as-template"]


def test_a_template_is_kept_and_removed(engine: Engine) -> None:
    assert codes(engine) == []
    keep(engine)
    assert codes(engine) == ["与模板“平江县”的文字相同（事项 B2），疑似照搬"]
    with engine.connect() as connection:
        (kept,) = list_templates(connection)
    assert (kept.title, kept.cells, kept.contact_only, kept.author, kept.at) == (
        "平江县",
        1,
        False,
        "admin",
        NOW,
    )
    with writing(engine) as connection:
        remove_template(connection, kept.number, "admin", NOW)
    assert codes(engine) == []
    with writing(engine) as connection, pytest.raises(Refused):
        remove_template(connection, kept.number, "admin", NOW)
    with engine.connect() as connection:
        assert [entry.action for entry in audit.entries(connection)][-2:] == [
            "template add",
            "template remove",
        ]


def test_the_whole_county_is_checked_anew(engine: Engine) -> None:
    today = NOW.astimezone().date()
    with writing(engine) as connection:
        add_drafts(connection, [Change.to(COPIED)], "clerk", NOW)
    before = check_now(engine, NOW)
    keep(engine)
    with engine.connect() as connection:
        assert not checked(connection, today).fresh
    assert check_now(engine, NOW) == before + 1


def test_titles_are_unlike_and_not_too_many(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(engine)
    with pytest.raises(Refused, match="已有名为"):
        keep(engine)
    monkeypatch.setattr(templates, "MOST", 1)
    with pytest.raises(Refused, match="最多"):
        keep(engine, "另一个")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.xlsx"),
        (b"PK\x03\x04broken", "a.xlsx"),
        (b"<html>", "a.exe"),
        (b"x" * (MOST_BYTES + 1), "a.csv"),
        (workbook(("短", "1")), "a.xlsx"),
    ],
)
def test_what_cannot_be_a_template_is_refused(data: bytes, name: str) -> None:
    with pytest.raises(Refused):
        read_template(data, name, "", False)


def test_what_looks_like_code_is_a_text(engine: Engine) -> None:
    keep(engine, data=workbook(("=1+1+1+1", "<script>alert(1)</script>"), ("登记", PHONE)))
    assert codes(engine) == ["与模板“平江县”的文字相同（事项 B2），疑似照搬"]
