"""The routes of this part."""

from county.web.admin.forms import posted
from county.web.admin.page import Page
from county.web.admin.records import findings, form, listing, preview, record
from county.web.admin.records.common import READERS, WRITERS

_ONE = "/records/{kind}/{id}"

PAGES: tuple[Page, ...] = (
    Page(
        "/records",
        listing.records,
        READERS,
        label="records.records",
        group="content",
        icon="fa-solid fa-list-ul",
    ),
    Page("/references", listing.offers, READERS),
    Page("/new/{kind}", record.begin, WRITERS),
    Page("/new/{kind}", record.begun, WRITERS, methods=("POST",)),
    Page(_ONE, record.show, READERS),
    Page(_ONE, record.change, WRITERS, methods=("POST",)),
    Page(f"{_ONE}/compare", record.compare, READERS),
    Page(f"{_ONE}/edit", form.edit, WRITERS),
    Page(f"{_ONE}/edit", form.save, WRITERS, methods=("POST",)),
    Page(f"{_ONE}/keep", form.keep, WRITERS, methods=("POST",)),
    Page(f"{_ONE}/forget", form.forget, WRITERS, methods=("POST",)),
    Page(f"{_ONE}/here", form.here, WRITERS, methods=("POST",)),
    Page(f"{_ONE}/preview", posted(preview.ask), READERS, methods=("POST",)),
    Page(f"{_ONE}/phone", preview.phone, READERS),
    Page("/previews/{name}", preview.picture, READERS),
    Page(
        "/findings",
        findings.findings,
        READERS,
        label="records.findings",
        group="content",
        icon="fa-solid fa-list-check",
    ),
    Page("/findings/progress", findings.progress, READERS, methods=("POST",)),
    Page("/findings.xlsx", findings.workbook, READERS),
    Page(
        "/sensitive-words",
        findings.word_list,
        ("reviewer", "approver"),
        label="records.sensitive",
        group="content",
        icon="fa-solid fa-ban",
    ),
    Page("/sensitive-words", findings.change_words, ("reviewer", "approver"), methods=("POST",)),
)
