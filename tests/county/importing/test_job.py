"""From files to drafts: read by another process, chosen by a person, applied once."""

import os
import signal
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

import msgspec
import openpyxl
import pytest
from sqlalchemy import Engine

from catalog.records import PublicOrganisation, Record
from county import revisions
from county.database.engine import writing
from county.errors import Refused
from county.importing.applying import apply, offers
from county.importing.folder import JobFolder, Sent, job_folder, keep
from county.importing.job import (
    FORGOTTEN,
    Job,
    close_job,
    forget_old_jobs,
    found,
    get_job,
    jobs_of,
    open_job,
    start,
    status,
)
from county.importing.work import read
from county.revisions import Change
from tests.county.catalogue import NOW, approve, organisation
from tests.county.reviewing.cases import drafted
from tests.sample import SAMPLE

OFFICES = (SAMPLE / "机构.xlsx").read_bytes()
COUNT = 34


def anybody(record: Record) -> bool:
    return True


def sent(engine: Engine, state: Path, files: Iterable[tuple[str, bytes]] = (("机构.xlsx", OFFICES),)) -> Job:
    """A job that was just sent."""
    job, names = keep(state, [Sent(name, BytesIO(data)) for name, data in files])
    with writing(engine) as connection:
        open_job(connection, job, "clerk", names, NOW)
        return get_job(connection, job, "clerk")


def folder(state: Path, job: Job) -> JobFolder:
    return job_folder(state, job.id)


def have_read(engine: Engine, state: Path, job: Job) -> JobFolder:
    """Read in this process, which is quicker."""
    place = folder(state, job)
    result = read(place, engine.url.render_as_string(hide_password=False), NOW)
    place.report.write_bytes(msgspec.json.encode(result))
    return place


def wait(so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.slow
def test_another_process_reads(county: Engine, tmp_path: Path) -> None:
    job = sent(county, tmp_path, [("../机构.xlsx", OFFICES), ("坏.xlsx", b"no workbook")])
    place = folder(tmp_path, job)
    assert status(job, place) == "interrupted"
    start(place, county.url.render_as_string(hide_password=False))
    assert status(job, place) == "reading"
    wait(lambda: status(job, place) == "read")
    assert place.progress().total == 2
    result = found(place)
    assert result.refused
    assert {finding.at.file for finding in result.findings if finding.at} == {"机构.xlsx", "坏.xlsx"}
    with pytest.raises(Refused, match="先改正"), writing(county) as connection:
        apply(connection, job, result, ["organisation/x"], anybody, NOW)


@pytest.mark.slow
def test_a_killed_reader_is_started_again(county: Engine, tmp_path: Path) -> None:
    job = sent(county, tmp_path)
    place = folder(tmp_path, job)
    url = county.url.render_as_string(hide_password=False)
    start(place, url)
    os.kill(_holder(place.lock), signal.SIGKILL)
    wait(lambda: status(job, place) == "interrupted")
    start(place, url)
    wait(lambda: status(job, place) == "read")
    assert len(found(place).difference.added) == COUNT


def _holder(lock: Path) -> int:
    """The process, other than this one, that has the file open."""
    for descriptor in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if descriptor.readlink() == lock and int(descriptor.parts[2]) != os.getpid():
                return int(descriptor.parts[2])
        except OSError:
            continue
    raise AssertionError("nobody reads")


def test_only_what_is_chosen_becomes_a_draft(county: Engine, tmp_path: Path) -> None:
    job = sent(county, tmp_path)
    result = found(have_read(county, tmp_path, job))
    chosen = [f"organisation/{change.id}" for change in result.difference.added[:3]]
    with writing(county) as connection:
        assert apply(connection, job, result, chosen, anybody, NOW, hand_in=True) == 3
    with county.connect() as connection:
        assert not [r for r in revisions.published(connection) if isinstance(r, PublicOrganisation)]
        drafts = [r for r in revisions.latest(connection) if isinstance(r, PublicOrganisation)]
        (done,) = jobs_of(connection, "clerk")
    assert [f"organisation/{record.id}" for record in drafts] == sorted(chosen)
    assert (done.state, done.drafts) == ("applied", 3)
    with pytest.raises(Refused, match="办结"), writing(county) as connection:
        close_job(connection, done, "cancelled")


def test_what_others_answer_for_is_refused(county: Engine, tmp_path: Path) -> None:
    job = sent(county, tmp_path)
    result = found(have_read(county, tmp_path, job))
    mine = result.difference.added[0].id
    with county.connect() as connection:
        offered = offers(connection, result, "clerk", lambda record: record.id == mine)
    assert [offer.change.id for offer in offered if not offer.theirs] == [mine]
    for chosen in ([offer.key for offer in offered], ["service/none"], []):
        with pytest.raises(Refused), writing(county) as connection:
            apply(connection, job, result, chosen, lambda record: record.id == mine, NOW)


def test_a_text_that_changed_meanwhile_must_be_seen_first(county: Engine, tmp_path: Path) -> None:
    job = sent(county, tmp_path)
    place = have_read(county, tmp_path, job)
    first = found(place).difference.added[0].id
    other = drafted(county, Change.to(PublicOrganisation(id=first, title="别人刚建的")), "王芳")
    assert other
    with county.connect() as connection:
        (offer, *_) = offers(connection, found(place), "clerk", anybody)
    assert offer.editing == "王芳"
    with pytest.raises(Refused, match="重新读取"), writing(county) as connection:
        apply(connection, job, found(place), [f"organisation/{first}"], anybody, NOW)
    place = have_read(county, tmp_path, job)
    with writing(county) as connection:
        assert apply(connection, job, found(place), [f"organisation/{first}"], anybody, NOW) == 1


def test_what_the_file_no_longer_has_can_be_withdrawn(county: Engine, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(OFFICES))
    book.active.delete_rows(3)  # type: ignore[union-attr]
    shorter = BytesIO()
    book.save(shorter)
    job = sent(county, tmp_path)
    result = found(have_read(county, tmp_path, job))
    with writing(county) as connection:
        apply(
            connection, job, result, [f"organisation/{c.id}" for c in result.difference.added], anybody, NOW
        )
    job = sent(county, tmp_path, [("机构.xlsx", shorter.getvalue())])
    result = found(have_read(county, tmp_path, job))
    (gone,) = result.difference.removed
    with writing(county) as connection:
        assert apply(connection, job, result, [f"organisation/{gone.id}"], anybody, NOW) == 1
        assert gone.id not in {record.id for record in revisions.latest(connection)}


def test_old_jobs_are_forgotten_with_their_files(county: Engine, tmp_path: Path) -> None:
    approve(county, [organisation(1)])
    job = sent(county, tmp_path)
    with writing(county) as connection:
        forget_old_jobs(connection, tmp_path, NOW)
        assert folder(tmp_path, job).path.exists()
        forget_old_jobs(connection, tmp_path, NOW + FORGOTTEN * 1.01)
        assert get_job(connection, job.id, "clerk").state == "cancelled"
        with pytest.raises(Refused):
            get_job(connection, job.id, "other")
    assert not folder(tmp_path, job).path.exists()
