"""The phone page of a draft open for comment, an open day or a meeting to attend."""

from dataclasses import dataclass
from datetime import datetime

from catalog.records import Participation
from catalog.records.county import Feedback
from county.clock import local
from county.web.phone.parts import Link, checked, moment, paragraphs, phones
from county.web.phone.words import Words


@dataclass(frozen=True, slots=True)
class ParticipationPage:
    """What the page shows. Texts are ready to draw."""

    title: str
    kind: str
    over: bool
    summary: tuple[str, ...]
    how: tuple[str, ...]
    phones: tuple[Link, ...]
    particulars: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]
    body: tuple[str, ...]
    documents: tuple[str, ...]
    feedback: tuple[tuple[str, str], ...]
    checked: str


def participation_page(one: Participation, now: datetime, words: Words) -> ParticipationPage:
    """It is over after its last day, or after the day of the event when it has no last day. `now` is aware."""
    last = one.closes or (local(one.event_time).date() if one.event_time else None)
    particulars = {
        "organiser": one.organiser,
        "opens": str(one.opens or ""),
        "closes": str(one.closes or ""),
        "time": moment(one.event_time) if one.event_time else "",
        "place": one.place,
        "quota": str(one.quota or ""),
        "contact": one.contact,
    }
    return ParticipationPage(
        title=one.title,
        kind=one.participation_kind,
        over=bool(last and last < now.date()),
        summary=paragraphs(one.summary),
        how=paragraphs(one.how),
        phones=phones(one.phone),
        particulars=_named(particulars, words),
        questions=one.questions,
        body=paragraphs(one.body),
        documents=one.documents,
        feedback=_feedback(one.feedback, words) if one.feedback else (),
        checked=checked(one, words),
    )


def _feedback(feedback: Feedback, words: Words) -> tuple[tuple[str, str], ...]:
    counts = {
        "received": str(feedback.received),
        "adopted": str(feedback.adopted),
        "partly": str(feedback.partly_adopted),
        "not": str(feedback.not_adopted),
        "published": str(feedback.published or ""),
        "note": feedback.note,
    }
    return _named(counts, words)


def _named(texts: dict[str, str], words: Words) -> tuple[tuple[str, str], ...]:
    return tuple((words(f"participation.{name}"), text) for name, text in texts.items() if text)
