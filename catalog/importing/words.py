"""Words as offices type them: spaces, line breaks, full-width letters and brackets do not matter."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufe0e\ufe0f\ufeff]")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_OPEN = "(（《〈【[“‘「"
_CLOSE = ")）》〉】]”’」"


def cell_text(text: str) -> str:
    """A cell's text without what nobody sees: blanks around it, characters without width, selectors of glyphs."""
    return _UNSEEN.sub("", text).strip()


def plain(text: str) -> str:
    """`text` without any white space, in half-width form: `序 号` → `序号`, `（` → `(`."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def heading(text: str) -> str:
    """A column heading without what offices add to it: `公开内容\\n（要素）` → `公开内容`, `村（社区）级` → `村级`."""
    word = plain(text).strip("*:：").lower()
    return _BRACKETED.sub("", word).strip("*:：") or word


def split_outside(text: str, separators: str) -> list[str]:
    """Split at any of `separators`, but not inside brackets, quotes or 《》. Empty parts are left out."""
    parts, depth, part = [], 0, ""
    for letter in text:
        if letter in separators and depth == 0:
            parts.append(part)
            part = ""
            continue
        depth = max(0, depth + (letter in _OPEN) - (letter in _CLOSE))
        part += letter
    return [stripped for stripped in (p.strip() for p in [*parts, part]) if stripped]


def word_list(text: str) -> tuple[str, ...]:
    """A short list: `准生证、生育服务证` → two words."""
    return tuple(split_outside(text, "、；;\n"))


def line_list(text: str) -> tuple[str, ...]:
    """One entry a line; a number at the start of every line (`1. `) is left out."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    bare = [re.sub(r"^(?:\d{1,2}[.、．](?!\d)|[(（]\d{1,2}[)）])\s*", "", line) for line in lines]
    return tuple(bare if all(b and b != line for b, line in zip(bare, lines, strict=True)) else lines)
