"""The printable review sheet."""

import re
import zlib
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from fpdf import FPDF
from sqlalchemy import Engine

from catalog.records import Policy
from county.editing.difference import Reader
from county.reviewing.sheet import draw_sheet, form_of
from county.reviewing.texts import Text, get_text
from county.revisions import Change
from county.web.admin.words import load_words
from tests.county.catalogue import NOW, approve, organisation
from tests.county.reviewing.cases import FIRST, SECOND, submitted, take
from tests.sample import COUNTY


def drawn(engine: Engine, number: int) -> bytes:
    with engine.connect() as connection:
        text = get_text(connection, number)
    names = {name: name for name in ("clerk", FIRST.name, SECOND.name)}
    return draw_sheet(
        text, names, ["某局"], Reader(load_words("zh"), {}), COUNTY, datetime(2026, 11, 22, tzinfo=UTC)
    )


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


@pytest.mark.parametrize("phone", ["1", "长" * 5000])
def test_a_text_and_its_reviews(engine: Engine, phone: str) -> None:
    approve(engine, [organisation(1)])
    number = submitted(engine, Change.to(organisation(1, phone)))
    take(engine, [number], FIRST)
    take(engine, [number], SECOND, "returned", "不妥")
    pdf = drawn(engine, number)
    assert pdf.startswith(b"%PDF-")
    assert pages(pdf) == 1
    assert pdf == drawn(engine, number)


def test_documents_have_a_form_of_their_own(engine: Engine) -> None:
    policy = Policy(id="p", title="某办法", text="正文" * 4000)
    number = submitted(engine, Change.to(policy))
    with engine.connect() as connection:
        assert form_of(get_text(connection, number)) == "document"
    assert pages(drawn(engine, number)) >= 1
    gone = submitted(engine, Change("organisation", "office-9", None))
    with engine.connect() as connection:
        assert form_of(get_text(connection, gone)) == "other"
    assert zlib.crc32(drawn(engine, gone)) != zlib.crc32(drawn(engine, number))


def test_signatures_stand_on_one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn_on: list[tuple[str, int]] = []
    cell = FPDF.multi_cell

    def noted(pdf: FPDF, *given: Any, **more: Any) -> Any:
        drawn_on.append((str(more.get("text")), pdf.page))
        return cell(pdf, *given, **more)

    monkeypatch.setattr(FPDF, "multi_cell", noted)
    long = msgspec.structs.replace(organisation(1, "长" * 200), duties="长" * 220)
    text = Text(
        number=1,
        kind="organisation",
        id=long.id,
        state="submitted",
        content_hash="0" * 64,
        author="clerk",
        created=NOW,
        submitted=NOW,
        submitted_by="clerk",
        note="",
        record=long,
        before=None,
        owners=frozenset(),
        writers=frozenset(),
        reviews=(),
    )
    pdf = draw_sheet(text, {"clerk": "clerk"}, [], Reader(load_words("zh"), {}), COUNTY, NOW)
    places = [page for text, page in drawn_on if text.startswith("签名")]
    assert pages(pdf) == 2
    assert places[-3:] == [2, 2, 2]
