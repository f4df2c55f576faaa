"""Addresses of the phone pages: what a QR code says.

An address names a public record and the edition it was seen in. What a visitor chose goes into the fragment,
which browsers never send to a server.
"""

from urllib.parse import quote, urlsplit

PAGES = {
    "service": "service",
    "life_event": "event",
    "policy": "policy",
    "place": "place",
    "bulletin": "bulletin",
    "participation": "participation",
    "disclosure": "disclosure",
}
"""Kind → first part of the phone page's path below /m/."""

SCREENS = PAGES | {"disclosure": "disclosure/item"}
"""Kind → what stands before the id in the kiosk's route of a record."""


def phone_url(public_url: str, kind: str, record_id: str, edition: int, answers: str = "") -> str:
    """The phone page of one record. Raises KeyError for a kind that has none.

    `answers`, as catalog.guided.fragment writes them, stand in the fragment.
    """
    fragment = f"#a={answers}" if answers else ""
    return f"{public_url}/m/{PAGES[kind]}/{quote(record_id)}?e={edition}{fragment}"


def list_url(public_url: str, codes: str) -> str:
    """The phone page of a take-away list; `codes` as catalog.codes.listed gives them, some with `-` and answers."""
    return f"{public_url}/m/list#{codes}"


def host(public_url: str) -> str:
    """Host and port, as shown beside a QR code."""
    return urlsplit(public_url).netloc


def kiosk_route(kind: str, record_id: str) -> str:
    """The page of a record on the kiosk, as a command names it. Raises KeyError for a kind that has none."""
    return f"{SCREENS[kind]}/{record_id}"
