"""Sending files and watching how they are read."""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from county import audit
from county.database.engine import writing
from county.errors import Refused
from county.importing.folder import MAX_FILE, MAX_FILES, MAX_TOTAL, Sent, job_folder, keep
from county.importing.job import (
    Job,
    close_job,
    forget_old_jobs,
    get_job,
    jobs_of,
    open_job,
    start,
    status,
)
from county.web.admin.forms import posted
from county.web.admin.page import Page
from county.web.admin.records.common import WRITERS, when
from county.web.admin.shell import desk, done, flash, person, render, words

SLACK = 1024 * 1024
"""Bytes that a form may have beside its files."""


def show(request: Request) -> Response:
    """A place to drop files, and what was sent before."""
    at = desk(request)
    with at.engine.connect() as connection:
        jobs = jobs_of(connection, person(request).name)
    return render(
        request,
        "importing/jobs.html",
        title=words(request)("importing.import"),
        jobs=[(job, status(job, job_folder(at.settings.folder, job.id))) for job in jobs],
        limits={"files": MAX_FILES, "file": MAX_FILE >> 20, "total": MAX_TOTAL >> 20},
        when=when,
    )


async def send(request: Request) -> Response:
    """Keep the files and have them read. What is too large is refused before it is received."""
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or int(length) > MAX_TOTAL + SLACK:
        flash(request, words(request)("importing.too-much", total=MAX_TOTAL >> 20), "error")
        return RedirectResponse("/admin/import", 303)
    try:
        async with request.form(max_files=MAX_FILES + 1, max_fields=10) as form:
            job = await run_in_threadpool(_keep, request, form)
    except Refused as refused:
        flash(request, str(refused), "error")
        return RedirectResponse("/admin/import", 303)
    except ClientDisconnect:
        return Response(status_code=400)
    return RedirectResponse(f"/admin/import/{job}", 303)


def _keep(request: Request, form: FormData) -> str:
    at, name = desk(request), person(request).name
    _require_one_at_a_time(request)
    sent = [
        Sent(file.filename or "", file.file)
        for file in form.getlist("file")
        if isinstance(file, UploadFile) and (file.filename or file.size)
    ]
    job, files = keep(at.settings.folder, sent)
    with writing(at.engine) as connection:
        forget_old_jobs(connection, at.settings.folder, at.clock())
        open_job(connection, job, name, files, at.clock())
        audit.append(connection, name, "import sent", at.clock(), job=job, files=files)
    start(job_folder(at.settings.folder, job), _database(request))
    return job


def _require_one_at_a_time(request: Request) -> None:
    """Reading takes a processor: everybody has one reading at a time."""
    at = desk(request)
    with at.engine.connect() as connection:
        jobs = jobs_of(connection, person(request).name)
    for job in jobs:
        if status(job, job_folder(at.settings.folder, job.id)) == "reading":
            raise Refused("上一批文件还在读取，请等它读完或先取消它")


def _database(request: Request) -> str:
    return desk(request).engine.url.render_as_string(hide_password=False)


def own_job(request: Request) -> Job:
    """The job of the request's path, which is the person's own. Raises Refused."""
    with desk(request).engine.connect() as connection:
        return get_job(connection, request.path_params["job"], person(request).name)


def progress(request: Request) -> Response:
    """How far the reading is, for the page's script."""
    job = own_job(request)
    folder = job_folder(desk(request).settings.folder, job.id)
    so_far = folder.progress()
    return JSONResponse(
        {
            "status": status(job, folder),
            "done": so_far.done,
            "total": so_far.total or len(job.files),
            "name": so_far.name,
        }
    )


def read_again(request: Request, form: FormData) -> Response:
    """Read the files once more: after an interruption, or because the county's texts have changed."""
    job = own_job(request)
    if job.state != "open":
        raise Refused("这次导入已经办结")
    _require_one_at_a_time(request)
    start(job_folder(desk(request).settings.folder, job.id), _database(request))
    return done(request, f"/admin/import/{job.id}")


def cancel(request: Request, form: FormData) -> Response:
    """Give a job up and remove its files."""
    job, at = own_job(request), desk(request)
    with writing(at.engine) as connection:
        close_job(connection, job, "cancelled")
        audit.append(connection, job.person, "import cancelled", at.clock(), job=job.id)
    job_folder(at.settings.folder, job.id).remove()
    return done(request, "/admin/import", words(request)("importing.cancelled"))


PAGES = (
    Page(
        "/import",
        show,
        WRITERS,
        label="importing.import",
        group="content",
        icon="fa-solid fa-file-import",
    ),
    Page("/import/send", send, WRITERS, methods=("POST",)),
    Page("/import/{job}/progress", progress, WRITERS),
    Page("/import/{job}/read", posted(read_again), WRITERS, methods=("POST",)),
    Page("/import/{job}/cancel", posted(cancel), WRITERS, methods=("POST",)),
)
