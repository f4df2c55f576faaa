"""The publish page: what changes, what blocks, who signed; making, signing, publishing, rolling back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from catalog.records import County
from county import editions, revisions
from county.accounts.roles import Role
from county.building import abandon
from county.clock import COUNTY_TIME, local
from county.database.tables import edition as edition_table
from county.editions import Edition
from county.errors import CountyError, Refused
from county.publishing import publisher
from county.releasing.making import Wish, maker
from county.releasing.outlook import kept_outlook, pending
from county.releasing.release import release
from county.signing.approval import add_signatures, sign, signatures
from county.signing.candidate import export_candidate, read_signatures
from county.signing.keys import read_signers
from county.web.admin.entry.again import proven
from county.web.admin.forms import number, posted, text
from county.web.admin.page import Page
from county.web.admin.records.common import field_label, names_of, titles_by_id, when
from county.web.admin.shell import desk, done, flash, person, render, words

APPROVERS: tuple[Role, ...] = ("approver",)
READERS: tuple[Role, ...] = ("approver", "reviewer", "supervisor", "auditor")
HERE = "/admin/publish"
EARLIER = 30
"""Editions in the history."""

MAX_SIGNATURE = 64 * 1024


def show(request: Request) -> Response:
    """Everything about the next edition, and the history of the others."""
    at = desk(request)
    work = maker(at.engine)
    # Before the database, which then has everything that a finished work left.
    stage, problem = work.stage, work.problem
    with at.engine.connect() as connection:
        waiting = editions.candidate(connection)
        newest = editions.newest_published(connection)
        due = pending(connection)
        demonstration = _demonstration(connection)
        history = _history(connection)
        approvals = waiting.manifest.approvals if waiting else ()
        names = names_of(connection, {row.author for row in history} | {each.by for each in approvals})
        outlook = kept_outlook(at.settings, waiting) if waiting else None
        wrong = {each.record for each in outlook.blocking} if outlook else set()
        titles = titles_by_id(connection, wrong) if wrong else {}
    if waiting and outlook is None and not stage and not problem:
        work.look_again(at.settings, at.clock)
        stage = "checking"
    return render(
        request,
        "publish/page.html",
        title=words(request)("publish.publish"),
        waiting=waiting,
        outlook=outlook,
        titles=titles,
        label=field_label,
        signed=signatures(at.settings, waiting) if waiting else None,
        newest=newest,
        pending=due,
        stage=stage,
        problem=problem,
        history=history,
        approvals=approvals,
        names=names,
        when=when,
        now=local(at.clock()),
        demonstration=demonstration,
        keys_here=any(at.settings.keys.glob("targets-*.pem")),
        may_publish=person(request).has(*APPROVERS),
    )


def _history(connection: Connection) -> list[Any]:
    columns = edition_table.c
    return list(
        connection.execute(
            select(columns.number, columns.digest, columns.state, columns.author)
            .add_columns(columns.created, columns.copy_of)
            .order_by(columns.number.desc())
            .limit(EARLIER)
        )
    )


def _demonstration(connection: Connection) -> bool:
    return any(county.demonstration for county in revisions.published_of(connection, County))


def progress(request: Request) -> Response:
    """Whether something is being made, for the page's script."""
    stage = maker(desk(request).engine).stage
    name = words(request)(f"publish.stage-{stage}") if stage else ""
    return JSONResponse({"status": "working" if stage else "done", "name": name})


def make(request: Request, form: FormData) -> Response:
    """Begin to make an edition of what is approved."""
    effective = _effective(form)
    if effective is not None and effective <= desk(request).clock():
        raise Refused("生效时间已经过去，请填写将来的时间，或留空表示立即生效")
    return _begin(request, Wish(person(request).name, effective))


def _effective(form: FormData) -> datetime | None:
    """The moment that was typed, on the county's clocks. Raises Refused."""
    given = text(form, "effective")
    if not given:
        return None
    try:
        return datetime.fromisoformat(given).replace(tzinfo=COUNTY_TIME)
    except ValueError:
        raise Refused(f"“{given[:20]}”不是时间，请写成 2026-11-22T09:30 的样子") from None


def _begin(request: Request, wish: Wish) -> Response:
    at = desk(request)
    begun = maker(at.engine).begin(at.settings, wish, at.clock)
    return done(request, HERE, "" if begun else words(request)("publish.busy"))


def roll_back(request: Request, form: FormData) -> Response:
    """Make an edition with the content of an earlier one; in a demonstration sign and publish it, too."""
    wanted, at = number(form, "edition"), desk(request)
    with at.engine.connect() as connection:
        if editions.get(connection, wanted).state != "published":
            raise Refused(f"第 {wanted} 版没有发布过，不能回退到它")
        straight = _demonstration(connection) and any(at.settings.keys.glob("targets-*.pem"))
    return _begin(request, Wish(person(request).name, copy_of=wanted, force=True, straight=straight))


def _candidate(request: Request) -> Edition:
    with desk(request).engine.connect() as connection:
        waiting = editions.candidate(connection)
    if waiting is None:
        raise Refused("没有待发布的版本，请先生成")
    return waiting


def download(request: Request) -> Response:
    """The candidate for those who sign it elsewhere."""
    at, waiting = desk(request), _candidate(request)
    data = export_candidate(at.engine, at.settings, waiting, at.clock())
    headers = {"Content-Disposition": f'attachment; filename="candidate-{waiting.number}.zip"'}
    return Response(data, media_type="application/zip", headers=headers)


async def upload(request: Request) -> Response:
    """Take in a signature made elsewhere."""
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or int(length) > MAX_SIGNATURE:
        flash(request, words(request)("publish.no-signature"), "error")
        return RedirectResponse(HERE, 303)
    async with request.form(max_files=1, max_fields=10) as form:
        sent = form.get("signature")
        data = await sent.read() if isinstance(sent, UploadFile) else b""
    return await run_in_threadpool(_take_signatures, request, data)


def _take_signatures(request: Request, data: bytes) -> Response:
    at = desk(request)
    try:
        waiting = _candidate(request)
        made = read_signatures(data, waiting)
        signed = add_signatures(at.engine, at.settings, waiting, made, person(request).name, at.clock())
    except CountyError as refused:
        flash(request, str(refused), "error")
        return RedirectResponse(HERE, 303)
    said = words(request)("publish.signed", made=signed.signatures, needed=signed.threshold)
    return done(request, HERE, said)


def sign_here(request: Request, form: FormData) -> Response:
    """Sign with the keys on disk, which only a demonstration may."""
    at, waiting = desk(request), _candidate(request)
    with at.engine.connect() as connection:
        if not _demonstration(connection):
            raise Refused("正式使用时服务器不保存批准密钥：请下载待签文件，在自己的电脑上签名")
    if text(form, "digest") != waiting.digest:
        raise Refused("待签的版本已经换了，请重新核对")
    keys = read_signers(at.settings.keys, "targets")
    signed = sign(at.engine, at.settings, waiting, keys, person(request).name, at.clock())
    said = words(request)("publish.signed", made=signed.signatures, needed=signed.threshold)
    return done(request, HERE, said)


def put_out(request: Request, form: FormData) -> Response:
    """Publish the candidate that was on the page."""
    at = desk(request)
    digest, reason = text(form, "digest"), text(form, "reason")
    published = release(at.engine, at.settings, digest, reason, person(request).name, at.clock())
    key = "publish.published" if published.fresh else "publish.already"
    return done(request, HERE, words(request)(key, number=published.edition.number))


def give_up(request: Request, form: FormData) -> Response:
    """Abandon the candidate."""
    at = desk(request)
    with publisher(at.settings.folder):
        abandon(at.engine, at.settings, number(form, "edition"), person(request).name, at.clock())
    return done(request, HERE, words(request)("publish.abandoned"))


PAGES = (
    Page(
        "/publish",
        show,
        READERS,
        label="publish.publish",
        group="publish",
        icon="fa-solid fa-paper-plane",
    ),
    Page("/publish/progress", progress, READERS),
    Page("/publish/candidate.zip", download, APPROVERS),
    Page("/publish/make", posted(make), APPROVERS, methods=("POST",)),
    Page("/publish/signature", upload, APPROVERS, methods=("POST",)),
    Page("/publish/sign-here", posted(proven(sign_here)), APPROVERS, methods=("POST",)),
    Page("/publish/release", posted(proven(put_out)), APPROVERS, methods=("POST",)),
    Page("/publish/abandon", posted(give_up), APPROVERS, methods=("POST",)),
    Page("/publish/roll-back", posted(proven(roll_back)), APPROVERS, methods=("POST",)),
)
