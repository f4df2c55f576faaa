"""The page with the large QR code."""

from dataclasses import dataclass

from screens.shared.item import Handoff
from screens.shared.words import Words

NO_HANDOFF = Handoff()


@dataclass(frozen=True, slots=True)
class HandoffPage:
    """A large code, what it opens, and the other ways to carry it away."""

    title: str = ""
    subject: str = ""
    handoff: Handoff = NO_HANDOFF
    host_label: str = ""
    steps: tuple[str, ...] = ()
    privacy: str = ""
    otherwise_title: str = ""
    otherwise: str = ""


def handoff_page(subject: str, handoff: Handoff, guide: str, words: Words) -> HandoffPage:
    """`subject` names the record; `guide` says where the guide desk is."""
    return HandoffPage(
        title=words("scan-to-take"),
        subject=subject,
        handoff=handoff,
        host_label=words("opens-host", host=handoff.host),
        steps=(words("scan-step-1"), words("scan-step-2"), words("scan-step-3")),
        privacy=words("scan-privacy"),
        otherwise_title=words("no-phone"),
        otherwise=words("no-phone-text", desk=guide),
    )
