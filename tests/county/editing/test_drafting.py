"""Saving drafts, who may, what is kept of what people type, and the line of each record that lists show."""

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import Engine, delete, select

from catalog.records import DisclosureItem, LifeStage, PublicOrganisation, PublicService, Record
from county import audit, revisions, summaries
from county.database.editing import record_summary
from county.database.engine import writing
from county.editing import drafting, listing, sensitive, unsaved
from county.editing.checking import catalogue, check_now, checked, findings_of, read_ahead
from county.editing.drafting import Editor, Overtaken
from county.editing.listing import Wanted, find_records
from county.editing.merging import merge
from county.errors import Refused
from tests.county.catalogue import NOW, approve

CIVIL = PublicOrganisation(id="civil", title="安宁县民政局", short_title="民政局")
POLICE = PublicOrganisation(id="police", title="安宁县公安局", short_title="公安局")
SERVICE = PublicService(id="marriage", title="结婚登记", aliases=("领证",), competent_authority="civil")
ITEM = DisclosureItem(
    id="row",
    directory="standard",
    field="social-assistance",
    level1="低保",
    disclosing_body="县民政局、县公安局",
)
STAGE = LifeStage(id="birth", audience="person", title="出生")
CLERK = Editor("wang", "civil", common=True)
OTHER = Editor("li", "police", common=True)


@pytest.fixture
def known(engine: Engine) -> Engine:
    """A county with two offices, a service of one, a row of both and a stage of nobody."""
    approve(engine, [CIVIL, POLICE, SERVICE, ITEM, STAGE])
    return engine


def number(engine: Engine, record: Record, kind: str = "service") -> int:
    with engine.connect() as connection:
        return drafting.current(connection, kind, record.id).number


def save(engine: Engine, editor: Editor, record: Record, based_on: int) -> int:
    with writing(engine) as connection:
        return drafting.save(connection, editor, record, based_on, NOW)


def renamed(title: str) -> PublicService:
    return msgspec.structs.replace(SERVICE, title=title)


def lines(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        rows = connection.execute(
            select(record_summary).order_by(record_summary.c.kind, record_summary.c.record)
        )
        return [tuple(row) for row in rows]


def made_again(engine: Engine) -> list[tuple[object, ...]]:
    """The lines as they would be made from the revisions alone."""
    with writing(engine) as connection:
        connection.execute(delete(record_summary))
        summaries.renew(connection)
    return lines(engine)


def test_a_draft_leaves_what_is_published(known: Engine) -> None:
    first = number(known, SERVICE)
    second = save(known, CLERK, renamed("婚姻登记"), first)
    with known.connect() as connection:
        now = drafting.current(connection, "service", "marriage")
        assert (now.number, now.state, now.author, now.published) == (second, "draft", "wang", first)
        assert revisions.published(connection) != revisions.latest(connection)
        assert audit.entries(connection)[-1].action == "draft"
    assert lines(known) == made_again(known)


def test_what_did_not_change_makes_no_revision(known: Engine) -> None:
    assert save(known, CLERK, SERVICE, number(known, SERVICE)) == number(known, SERVICE)


def test_nobody_saves_over_a_text_that_they_did_not_see(known: Engine) -> None:
    first = number(known, SERVICE)
    second = save(known, CLERK, renamed("婚姻登记"), first)
    with pytest.raises(Overtaken) as caught:
        save(known, CLERK, renamed("登记"), first)
    assert caught.value.current == second
    with pytest.raises(Overtaken):
        save(known, CLERK, renamed("登记"), 0)
    assert number(known, SERVICE) == second


def test_clerks_write_what_is_their_organisations(known: Engine) -> None:
    with pytest.raises(Refused, match="不属于您的部门"):
        save(known, OTHER, renamed("登记"), number(known, SERVICE))
    taken = msgspec.structs.replace(SERVICE, competent_authority="police")
    for editor in (CLERK, OTHER):
        with pytest.raises(Refused):
            save(known, editor, taken, number(known, SERVICE))
    assert save(known, Editor("chen", "office", coordinator=True), taken, number(known, SERVICE))
    for editor in (CLERK, OTHER):
        row = msgspec.structs.replace(ITEM, note=editor.name)
        assert save(known, editor, row, number(known, ITEM, "disclosure"))
    stage = msgspec.structs.replace(STAGE, hint="新")
    with pytest.raises(Refused):
        save(known, Editor("wang", "civil"), stage, number(known, STAGE, "life_stage"))
    assert save(known, CLERK, stage, number(known, STAGE, "life_stage"))


def test_a_draft_does_not_escape_its_owner(known: Engine) -> None:
    """Also while the newest text is a draft that names another office."""
    coordinator = Editor("chen", "office", coordinator=True)
    moved = msgspec.structs.replace(SERVICE, competent_authority="police")
    second = save(known, coordinator, moved, number(known, SERVICE))
    with pytest.raises(Refused):
        save(known, OTHER, msgspec.structs.replace(moved, title="登记"), second)


def test_discarding_brings_the_published_line_back(known: Engine) -> None:
    first = number(known, SERVICE)
    before = lines(known)
    second = save(known, CLERK, renamed("婚姻登记"), first)
    with writing(known) as connection:
        drafting.discard(connection, CLERK, "service", "marriage", second, NOW)
    assert number(known, SERVICE) == first
    assert lines(known) == before == made_again(known)


def test_a_new_record_that_is_discarded_is_gone(known: Engine) -> None:
    record = msgspec.structs.replace(SERVICE, id="divorce", title="离婚登记")
    new = save(known, CLERK, record, 0)
    with writing(known) as connection:
        drafting.discard(connection, CLERK, "service", "divorce", new, NOW)
        assert drafting.current(connection, "service", "divorce").number == 0
        again = drafting.restore(connection, CLERK, "service", "divorce", new, 0, NOW)
    assert number(known, record) == again
    assert lines(known) == made_again(known)


def test_withdrawing_is_a_draft_and_can_be_taken_back(known: Engine) -> None:
    first = number(known, SERVICE)
    with writing(known) as connection:
        gone = drafting.withdraw(connection, CLERK, "service", "marriage", first, NOW)
        assert drafting.current(connection, "service", "marriage").record is None
        with pytest.raises(Refused):
            drafting.withdraw(connection, OTHER, "service", "marriage", gone, NOW)
        revisions.approve_founding(connection, [gone], "tester", NOW)
        line = find_records(connection, Wanted(state="withdrawn")).lines
        assert [(one.id, one.title) for one in line] == [("marriage", "结婚登记")]
        drafting.restore(connection, CLERK, "service", "marriage", first, gone, NOW)
    assert lines(known) == made_again(known)


def test_a_text_of_another_record_is_not_restored(known: Engine) -> None:
    other, based_on = number(known, STAGE, "life_stage"), number(known, SERVICE)
    with writing(known) as connection, pytest.raises(Refused):
        drafting.restore(connection, CLERK, "service", "marriage", other, based_on, NOW)


def test_a_new_office_is_the_countys_to_add(known: Engine) -> None:
    office = PublicOrganisation(id="new", title="安宁县数据局")
    with pytest.raises(Refused):
        save(known, Editor("wang", "civil"), office, 0)
    new = save(known, CLERK, office, 0)
    with pytest.raises(Refused):
        save(known, CLERK, msgspec.structs.replace(office, phone="1"), new)


def test_an_office_that_is_renamed_keeps_its_rows(known: Engine) -> None:
    with known.connect() as connection:
        assert find_records(connection, Wanted(kind="disclosure", organisation="civil")).total == 1
    office = msgspec.structs.replace(CIVIL, title="安宁县老龄局", short_title="老龄局")
    save(known, CLERK, office, number(known, CIVIL, "organisation"))
    with known.connect() as connection:
        assert find_records(connection, Wanted(kind="disclosure", organisation="civil")).total == 0
        assert find_records(connection, Wanted(kind="disclosure", organisation="police")).total == 1
    assert lines(known) == made_again(known)


def test_the_list_finds_sorts_and_pages(known: Engine) -> None:
    many = [PublicOrganisation(id=f"o{n:03}", title=f"第{n}办") for n in range(45)]
    approve(known, many)
    with known.connect() as connection:
        first = find_records(connection, Wanted(kind="organisation", sort="title"))
        assert (first.total, first.pages, len(first.lines)) == (47, 3, 20)
        rest = [
            line.id
            for page in (1, 2, 3)
            for line in find_records(connection, Wanted(kind="organisation", page=page)).lines
        ]
        assert len(set(rest)) == 47
        assert [line.id for line in find_records(connection, Wanted(q="领证")).lines] == ["marriage"]
        named = find_records(connection, Wanted(q="O01")).lines
        assert sorted(line.id for line in named) == [f"o01{n}" for n in range(10)]
        assert find_records(connection, Wanted(q="%")).total == 0
        assert find_records(connection, Wanted(area="social-assistance")).total == 1
        assert find_records(connection, Wanted(page=99)).lines == ()
        assert [offer.id for offer in listing.offers(connection, ("service",), "登记")] == ["marriage"]


def test_what_is_typed_is_kept_until_it_is_saved(known: Engine) -> None:
    tree = {"title": "婚", "aliases": {"r9": "a", "n1": "b"}}
    with writing(known) as connection:
        unsaved.keep(connection, "wang", "service", "marriage", tree, 3, NOW)
        unsaved.keep(connection, "wang", "service", "marriage", tree | {"title": "婚姻"}, 3, NOW)
        kept = unsaved.kept(connection, "wang", "service", "marriage")
        assert kept is not None
        assert list(kept.tree["aliases"]) == ["r9", "n1"]
        assert (kept.tree["title"], kept.based_on, kept.at) == ("婚姻", 3, NOW)
        assert unsaved.kept(connection, "li", "service", "marriage") is None
    save(known, CLERK, renamed("婚姻登记"), number(known, SERVICE))
    with known.connect() as connection:
        assert unsaved.kept(connection, "wang", "service", "marriage") is None


def test_who_is_editing_is_known_while_they_are_heard(known: Engine) -> None:
    with writing(known) as connection:
        unsaved.appear(connection, "wang", "service", "marriage", NOW)
        unsaved.appear(connection, "wang", "service", "marriage", NOW)
        assert unsaved.others(connection, "li", "service", "marriage", NOW) == ["wang"]
        assert unsaved.others(connection, "wang", "service", "marriage", NOW) == []
        assert unsaved.others(connection, "li", "service", "marriage", NOW + timedelta(seconds=46)) == []
        unsaved.leave(connection, "wang", "service", "marriage")
        assert unsaved.others(connection, "li", "service", "marriage", NOW) == []


def test_merging_field_by_field() -> None:
    base = {"title": "甲", "note": "", "aliases": {"r0": "a", "r1": "b"}, "channel": {"phone": "1"}}
    theirs = base | {"title": "乙", "aliases": {"r0": "a"}}
    mine = base | {"note": "新", "channel": {"phone": "2"}, "aliases": {"n5": "a", "r1": "b"}}
    merged = merge(base, theirs, mine)
    assert merged.conflicts == ()
    assert set(merged.taken) == {"title", "aliases"}
    assert (merged.tree["title"], merged.tree["note"], merged.tree["channel"]) == ("乙", "新", {"phone": "2"})
    both = merge(base, theirs, base | {"title": "丙"})
    assert (both.conflicts, both.tree["title"]) == (("title",), "丙")


def test_the_whole_county_is_checked_once_for_each_state(known: Engine) -> None:
    today = NOW.astimezone().date()
    with known.connect() as connection:
        assert not checked(connection, today).fresh
    assert check_now(known, NOW) > 0
    with known.connect() as connection:
        assert checked(connection, today).fresh
        assert find_records(connection, Wanted(level="error")).total == 1
        assert find_records(connection, Wanted(level="none", kind="life_stage")).total == 1
    save(known, CLERK, renamed("婚姻登记"), number(known, SERVICE))
    with known.connect() as connection:
        assert not checked(connection, today).fresh


def test_what_was_read_ahead_is_not_read_again(known: Engine) -> None:
    read_ahead(known)
    with known.connect() as connection:
        whole = catalogue(known).made
        assert whole is not None
        assert catalogue(known).whole(connection) is whole[1]
    save(known, CLERK, renamed("婚姻登记"), number(known, SERVICE))
    with known.connect() as connection:
        assert catalogue(known).whole(connection) is not whole[1]


def test_one_record_is_checked_with_the_others_in_view(known: Engine) -> None:
    twin = msgspec.structs.replace(ITEM, id="twin", field="other")
    today = NOW.astimezone().date()
    codes = {finding.code for finding in findings_of(known, twin, today)}
    assert {"duplicate-across-domains", "empty-content"} <= codes
    assert {f.code for f in findings_of(known, renamed("登记"), today)} == {"incomplete-guide"}


def test_sensitive_words_are_the_countys(known: Engine) -> None:
    today = NOW.astimezone().date()
    with writing(known) as connection:
        assert (
            sensitive.add_words(connection, ["某某楼盘", " ", "某某楼盘"], "error", "删去", "rev", NOW) == 1
        )
        for bad in (["长" * 65], [" "]):
            with pytest.raises(Refused):
                sensitive.add_words(connection, bad, "error", "", "rev", NOW)
        with pytest.raises(Refused):
            sensitive.add_words(connection, ["词"], "fatal", "", "rev", NOW)
    found = [f for f in findings_of(known, renamed("某某楼盘登记"), today) if f.code == "sensitive-text"]
    assert [(f.severity, f.field, f.advice) for f in found] == [("error", "title", "删去")]
    with writing(known) as connection:
        sensitive.remove_word(connection, "某某楼盘", "rev", NOW)
        with pytest.raises(Refused):
            sensitive.remove_word(connection, "某某楼盘", "rev", NOW)
