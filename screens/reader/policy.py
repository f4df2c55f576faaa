"""A policy as a page to read: the text, what it grants, how it is explained, and where each chapter is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from catalog.records import Interpretation, Policy, PolicyClause
from screens.reader.page import Block, ReaderPage, contents, document, reader_page
from screens.shared.item import Paragraph, Tile
from screens.shared.words import Words

FEWEST = 3
"""Headings from which on a list of contents is worth a place."""


def policy_page(policy: Policy, part: str, known: Sequence[str], today: date, words: Words) -> ReaderPage:
    """`part` as in `reader_page`; the parts are `reading`, `grants` and `contents`.

    `known` are the ids of the services that the edition has.
    """
    body = document(policy.text) or document(policy.summary)
    parts = {
        "reading": (words("policy-reading"), _readings(policy.interpretations, words)),
        "grants": (words("policy-grants"), _grants(policy.clauses, known, words)),
        "contents": (words("policy-contents"), _contents(policy.id, body)),
    }
    return replace(
        reader_page(f"policy/{policy.id}", words("policy-text"), body, parts, part),
        title=policy.title,
        about=_about(policy, words),
        warning=_warning(policy, today, words),
    )


def policy_tile(policy: Policy, words: Words) -> Tile:
    """A policy as an entry."""
    issued = words("issued", day=policy.issued) if policy.issued else ""
    hint = words("list-dot").join(part for part in (policy.issuer, issued) if part)
    return Tile(policy.title, hint, f"policy/{policy.id}", "text-box-check")


def _about(policy: Policy, words: Words) -> str:
    issued = words("issued", day=policy.issued) if policy.issued else ""
    expires = words("in-force-until", day=policy.expires) if policy.expires else ""
    return " · ".join(part for part in (policy.document_number, policy.issuer, issued, expires) if part)


def _warning(policy: Policy, today: date, words: Words) -> str:
    ended = not policy.in_force or bool(policy.expires and policy.expires < today)
    return words("out-of-force") if ended else ""


def _grants(clauses: Sequence[PolicyClause], known: Sequence[str], words: Words) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for clause in clauses:
        blocks.append(Paragraph(clause.title, "heading"))
        blocks += [Paragraph(clause.support)] if clause.support else []
        for label, text in (
            (words("grant-conditions"), "\n".join(clause.conditions)),
            (words("grant-season"), season(clause.opens, clause.closes, words)),
            (words("grant-how"), clause.how),
            (words("grant-contact"), clause.contact),
        ):
            if text:
                blocks += [Paragraph(label, "label"), Paragraph(text)]
        if clause.service in known:
            blocks.append(Tile(words("to-service"), "", f"service/{clause.service}", "file-document"))
    return tuple(blocks)


def season(opens: date | None, closes: date | None, words: Words) -> str:
    """From when until when, in words; empty when neither is known."""
    if opens and closes:
        return words("from-until", opens=opens, closes=closes)
    if opens:
        return words("from-day", day=opens)
    return words("until-day", day=closes) if closes else ""


def _readings(interpretations: Sequence[Interpretation], words: Words) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for reading in interpretations:
        published = f"{reading.published}" if reading.published else ""
        by = words("list-dot").join(part for part in (reading.interpreter, published) if part)
        blocks.append(Paragraph(reading.title, "heading"))
        blocks += [Paragraph(by, "label")] if by else []
        for question in sorted(reading.questions, key=lambda question: question.order):
            blocks += [
                Paragraph(words("question", text=question.text), "question"),
                *(Paragraph(line) for line in question.answer.splitlines() if line),
            ]
    return tuple(blocks)


def _contents(policy_id: str, body: Sequence[Paragraph]) -> tuple[Block, ...]:
    found = contents(body)
    if len(found) < FEWEST:
        return ()
    return tuple(Tile(title, "", f"policy/{policy_id}/at/{number}", "bookmark") for title, number in found)
