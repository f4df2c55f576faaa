"""The page of a long text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from screens.shared.item import Paragraph, Tab, Tile

INDENT = "\u3000\u3000"
"""What a paragraph of an official document begins with."""
HEADING_LENGTH = 40
_CHAPTER = re.compile(r"\s*第[一二三四五六七八九十百千零〇○两\d]+[编章节](?=[\s\u3000]|\S)")
_ARTICLE = re.compile(r"\s*(?:第[一二三四五六七八九十百千零〇○两\d]+条|[一二三四五六七八九十]+、)")
_NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]+、|附件|附则)")


@dataclass(frozen=True, slots=True)
class ReaderPage:
    """A text in `body`, what explains it in `side`; entries and paragraphs in both.

    `aside` says which of the two is shown where there is room for one column only. `start` counts the items of
    `body`. `tabs` choose where there is one column, `side_tabs` where there are two.
    """

    title: str = ""
    about: str = ""
    warning: str = ""
    tabs: tuple[Tab, ...] = ()
    side_tabs: tuple[Tab, ...] = ()
    body: tuple[Paragraph | Tile, ...] = ()
    side: tuple[Paragraph | Tile, ...] = ()
    aside: bool = False
    start: int = 0
    actions: tuple[Tile, ...] = ()


Block = Paragraph | Tile
Part = tuple[str, tuple[Block, ...]]
"""The name of what stands beside a text, and what it consists of."""


def reader_page(
    route: str, label: str, body: tuple[Block, ...], parts: Mapping[str, Part], chosen: str
) -> ReaderPage:
    """A page of a text called `label` at `route`, and of the parts beside it at `route/<name>`, best first.

    `chosen` is the name of a part, empty for the text, or `at/<number>` for the text from that item on; then the
    part called `contents` stays beside it. An unknown one shows the text. Parts that are empty are left out.
    """
    shown = {name: part for name, part in parts.items() if part[1]}
    place, _, number = chosen.partition("/")
    side = "contents" if place == "at" and "contents" in shown else chosen
    side = side if side in shown else next(iter(shown), "")
    aside = chosen if chosen in shown else ""
    tabs = [(label, route, not aside)]
    tabs += [(name, f"{route}/{key}", key == aside) for key, (name, _) in shown.items()]
    beside = [(name, f"{route}/{key}", key == side) for key, (name, _) in shown.items()]
    return ReaderPage(
        tabs=_tabs(tabs),
        side_tabs=_tabs(beside),
        body=body,
        side=shown[side][1] if side else (),
        aside=bool(aside),
        start=int(number) if place == "at" and number.isdecimal() and len(number) < 7 else 0,
    )


def _tabs(tabs: Sequence[tuple[str, str, bool]]) -> tuple[Tab, ...]:
    return tuple(Tab(*tab) for tab in tabs) if len(tabs) > 1 else ()


def document(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of an official text: 编, 章, 节 and short numbered lines are headings, others are indented."""
    return tuple(_paragraph(line.strip()) for line in text.splitlines() if line.strip())


def _paragraph(line: str) -> Paragraph:
    if (
        len(line) <= HEADING_LENGTH
        and (_CHAPTER.match(line) or _NUMBERED.match(line))
        and line[-1] not in "。；"
    ):
        return Paragraph(line, "heading")
    return Paragraph(INDENT + line)


def contents(paragraphs: Iterable[Paragraph]) -> tuple[tuple[str, int], ...]:
    """(title, number of the paragraph) of every heading, or of every article (条) where there are no headings."""
    numbered = [(paragraph, number) for number, paragraph in enumerate(paragraphs)]
    headings = tuple((p.text, number) for p, number in numbered if p.look == "heading")
    if headings:
        return headings
    articles = ((p.text.strip(), number) for p, number in numbered if _ARTICLE.match(p.text))
    return tuple((_shortened(text), number) for text, number in articles)


def _shortened(text: str, limit: int = 28) -> str:
    first = re.split(r"[，。；：]", text, maxsplit=1)[0]
    return first if len(first) <= limit else first[: limit - 1] + "…"
