"""Documents to read."""

from dataclasses import replace

from catalog.records import Policy, PublicService
from kiosk.pages.asked import Asked, Shown
from screens.reader.policy import policy_page
from screens.shared.item import Tile


def policy(rest: str, asked: Asked) -> Shown | None:
    """`policy/<id>`, `policy/<id>/<part>`, `policy/<id>/at/<paragraph>`."""
    record_id, _, part = rest.partition("/")
    store = asked.catalogue.store
    policy = store.get(Policy, record_id)
    if policy is None:
        return None
    named = [clause.service for clause in policy.clauses if clause.service]
    known = [service.id for service in store.many(PublicService, named)]
    page = policy_page(policy, part, known, asked.now.date(), asked.words)
    return Shown("reader", replace(page, actions=to_take("policy", record_id, asked)), page.title)


def to_take(kind: str, record_id: str, asked: Asked) -> tuple[Tile, ...]:
    """The two buttons that carry a record away."""
    words = asked.words
    chosen = asked.visit.has_chosen(kind, record_id)
    return (
        Tile(
            words("in-basket" if chosen else "add-to-basket"),
            "",
            f"do/choose/{kind}/{record_id}",
            "playlist-check" if chosen else "playlist-plus",
        ),
        Tile(words("scan-short"), "", f"handoff/{kind}/{record_id}", "qrcode"),
    )
