"""The two lists of a directory row: what is published (要素) and on which basis (依据)."""

import re

from catalog.importing.words import split_outside

_NUMBERED = re.compile(r"(?:^|(?<=[\s；;。、，,]))(?:\d{1,2}[.．、](?!\d)|[(（]\d{1,2}[)）]|[①-⑳])\s*")
_BEFORE_TITLE = re.compile(r"(?=【[^【】]*】\s*《)|(?<!】)(?<!】\s)(?=《)")
_CONTINUES = re.compile(r"^(第[\d一二三四五六七八九十百]|[(（]|及其|等)")
_JOINERS = re.compile(r"[\s、，,；;。]+$|^[\s、，,；;。]+")


def read_content(text: str) -> tuple[str, ...]:
    """The elements of 公开内容: by bullets, else by numbers, else by the strongest separator used."""
    if "●" in text:
        return _clean(text.split("●"))
    if len(_NUMBERED.findall(text)) > 1:
        return _clean(_NUMBERED.split(text))
    for separators in ("\n", "；;"):
        parts = split_outside(text, separators)
        if len(parts) > 1:
            return _clean(parts)
    return _clean(split_outside(text, "、"))


def read_basis(text: str) -> tuple[str, ...]:
    """The laws and rules of 公开依据, each with its number, class (【规章】) and articles."""
    entries: list[str] = []
    for part in split_outside(text, "、，,；;\n"):
        for piece in _titles(part):
            if entries and _CONTINUES.match(piece):
                entries[-1] += piece
            else:
                entries.append(piece)
    return _clean(entries)


def _titles(part: str) -> list[str]:
    """`《A》《B》（2019年）` → `《A》`, `《B》（2019年）`; titles inside brackets or titles are left alone."""
    pieces, depth, start = [], 0, 0
    cuts = {match.start() for match in _BEFORE_TITLE.finditer(part)}
    for position, letter in enumerate(part):
        if position in cuts and depth == 0 and part[start:position].strip():
            pieces.append(part[start:position])
            start = position
        depth = max(0, depth + (letter in "(（《〈") - (letter in ")）》〉"))
    return [*pieces, part[start:]]


def _clean(parts: list[str]) -> tuple[str, ...]:
    return tuple(part for part in (_JOINERS.sub("", part) for part in parts) if part)
