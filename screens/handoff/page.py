"""The page with the large QR code and every other way to carry a page away."""

from dataclasses import dataclass, replace
from typing import Literal

from screens.shared.item import Handoff, Tab
from screens.shared.words import Words

Stage = Literal["absent", "ready", "working", "done", "failed"]
Reason = Literal["", "paper", "jam", "off", "slow"]
NO_HANDOFF = Handoff()


@dataclass(frozen=True, slots=True)
class Printing:
    """How far a sheet is, and of what it is; `reason` says why it failed. `absent`: there is no printer now."""

    stage: Stage = "absent"
    subject: str = ""
    reason: Reason = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """What one hand-off has besides its address: the code to type, and the modules of a code without network.

    `answers` says that the address carries answers, which a typed code does not.
    """

    code: str = ""
    matrix: tuple[tuple[bool, ...], ...] = ()
    answers: bool = False


@dataclass(frozen=True, slots=True)
class HandoffPage:
    """A large code, what it opens, and the other ways to carry it away. Empty parts are not drawn.

    `dense` says that the code has many modules and needs room, `urgent` that `print_text` is bad news.
    """

    title: str = ""
    subject: str = ""
    handoff: Handoff = NO_HANDOFF
    tabs: tuple[Tab, ...] = ()
    under: str = ""
    typed_title: str = ""
    typed: str = ""
    code: str = ""
    dense: bool = False
    print_title: str = ""
    print_text: str = ""
    urgent: bool = False
    print_label: str = ""
    print_route: str = ""
    guide_title: str = ""
    guide: str = ""
    steps: tuple[str, ...] = ()
    privacy: str = ""


def handoff_page(
    subject: str, route: str, handoff: Handoff, ways: Ways, printing: Printing, guide: str, words: Words
) -> HandoffPage:
    """`subject` names the record or list whose hand-off stands at `route`; `guide` says where the guide desk is.

    With `ways.matrix` the text itself is shown instead of the address.
    """
    plain = bool(ways.matrix)
    of = route.partition("/")[2]
    print_text, print_label = _printing(printing, of, words)
    return HandoffPage(
        title=words("scan-to-take"),
        subject=subject,
        handoff=replace(handoff, matrix=ways.matrix) if plain else handoff,
        tabs=(
            Tab(words("take-page"), route, not plain),
            Tab(words("take-text"), f"{route}/text", plain),
        ),
        under=words("plain-under") if plain else words("opens-host", host=handoff.host),
        typed_title=words("take-typed") if ways.code else "",
        typed=words("typed-text-answers" if ways.answers else "typed-text", host=handoff.host)
        if ways.code
        else "",
        code=ways.code,
        dense=plain,
        print_title=words("take-printed") if print_text or print_label else "",
        print_text=print_text,
        urgent=printing.stage == "failed",
        print_label=print_label,
        print_route=f"do/print/{of}" if print_label else "",
        guide_title=words("no-phone"),
        guide=words("no-phone-text", desk=guide),
        steps=tuple(words(f"plain-step-{n}") if plain else words(f"scan-step-{n}") for n in (1, 2, 3)),
        privacy=words("scan-privacy-answers" if ways.answers else "scan-privacy"),
    )


def _printing(printing: Printing, of: str, words: Words) -> tuple[str, str]:
    """What is said of the printer, and the button, which is empty when it would do nothing."""
    if printing.stage == "absent":
        return "", ""
    if printing.stage == "working":
        return words("print-working"), ""
    if printing.stage == "failed":
        return words(f"print-failed-{printing.reason}"), ""
    done = printing.stage == "done" and printing.subject == of
    return words("print-done" if done else "print-ready"), words("print-again" if done else "print")
