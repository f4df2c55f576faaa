"""The page on which a visitor calls a guide."""

from dataclasses import dataclass, replace
from datetime import datetime

from screens.shared.words import Words


@dataclass(frozen=True, slots=True)
class GuidePage:
    """Where the desk is; whether somebody was called, since when, and what can be done now."""

    title: str = ""
    desk: str = ""
    around: str = ""
    state_icon: str = ""
    state: str = ""
    since: str = ""
    warning: str = ""
    label: str = ""
    route: str = ""
    called: bool = False


def guide_page(desk: str, called: datetime | None, now: datetime, heard: bool, words: Words) -> GuidePage:
    """`called` is when a guide was called; `heard` is whether the county server has lately been reached."""
    page = GuidePage(
        title=words("guide-title"),
        desk=words("guide-desk", desk=desk),
        around=words("guide-around"),
        state_icon="hand-wave",
        state=words("guide-not-called"),
        warning="" if heard else words("guide-unheard", desk=desk),
        label=words("guide-call"),
        route="do/call",
    )
    if called is None:
        return page
    return replace(
        page,
        state_icon="bell-ring",
        state=words("guide-called", clock=f"{called:%H:%M}"),
        since=words("guide-since", age=words.age(now - called)),
        label=words("guide-withdraw"),
        route="do/withdraw",
        called=True,
    )
