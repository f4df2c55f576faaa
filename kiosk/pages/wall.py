"""The pages of a screen on a wall."""

from catalog.links import host
from kiosk.handoff import qr_matrix
from kiosk.pages.asked import Asked, Shown
from screens.shared.item import Handoff
from screens.wall.page import parts, wall_page

SECONDS = 12
"""How long one page stands."""


def wall(rest: str, asked: Asked) -> Shown:
    """`wall` and `wall/<number>`, counted round and round."""
    records, at = asked.catalogue, int(rest) if rest.isascii() and rest.isdigit() else 0
    found = parts(records.bulletins, records.policies, records.plan, asked.now, asked.words)
    page = wall_page(found, at, records.county, asked.now, asked.words)
    return Shown("wall", page, page.heading, _phone(asked))


def route(now: float) -> str:
    """The page whose turn it is; `now` in seconds."""
    return f"wall/{int(now // SECONDS)}"


def _phone(asked: Asked) -> Handoff:
    county = asked.catalogue.county
    if county is None:
        return Handoff()
    url = f"{county.public_url}/m/"
    return Handoff(url=url, matrix=qr_matrix(url), host=host(county.public_url))
