"""What staff say to whoever stands at the kiosk."""

from dataclasses import dataclass

from screens.shared.words import Words

ACCEPT, DECLINE = "accept", "decline"
"""Routes of the two buttons; they lead nowhere by themselves."""


@dataclass(frozen=True, slots=True)
class OfferPage:
    """An offer has two buttons, a message one: its `accept_label` is empty."""

    title: str = ""
    text: str = ""
    accept_label: str = ""
    decline_label: str = ""


def offer_page(subject: str, words: Words) -> OfferPage:
    """Asks whether the visitor wants to see the page with this title."""
    return OfferPage(
        title=words("offer-title"),
        text=subject,
        accept_label=words("offer-accept"),
        decline_label=words("offer-decline"),
    )


def message_page(message: str, desk: str, words: Words) -> OfferPage:
    """One of the kiosk's own messages. Raises KeyError for another one."""
    text = words(f"offer-message-{message}", desk=desk)
    return OfferPage(title=words("offer-message"), text=text, decline_label=words("offer-seen"))
