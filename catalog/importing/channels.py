"""Channels of disclosure (公开渠道和载体): the ticked ones out of a list with or without boxes."""

import re

from catalog.importing.marks import BOXES_EMPTY, BOXES_TICKED, FONT_EMPTY, FONT_TICKED, boxed
from catalog.importing.words import plain

NATIONAL = (
    "政府网站",
    "政府公报",
    "两微一端",
    "发布会/听证会",
    "广播电视",
    "纸质媒体",
    "公开查阅点",
    "政务服务中心",
    "便民服务站",
    "入户/现场",
    "社区/企事业单位/村公示栏（电子屏）",
    "精准推送",
    "其他",
)
"""The options of the national form, in its order."""

_OTHER_NAMES = {
    "网站": "政府网站",
    "政府门户网站": "政府网站",
    "纸质载体": "纸质媒体",
    "发布会": "发布会/听证会",
    "听证会": "发布会/听证会",
    "行政服务中心": "政务服务中心",
    "政府服务中心": "政务服务中心",
    "入户": "入户/现场",
    "现场": "入户/现场",
    "便民服务中心": "便民服务站",
    "社区/企事业单位/村公示栏": "社区/企事业单位/村公示栏（电子屏）",
    "社区/企事业单位公示栏(电子屏)": "社区/企事业单位/村公示栏（电子屏）",
    "公示栏": "社区/企事业单位/村公示栏（电子屏）",
    "村公示栏": "社区/企事业单位/村公示栏（电子屏）",
    "村公示栏(电子屏)": "社区/企事业单位/村公示栏（电子屏）",
    "公示栏(电子屏)": "社区/企事业单位/村公示栏（电子屏）",
}
_CANONICAL = {plain(name): name for name in NATIONAL} | {plain(k): v for k, v in _OTHER_NAMES.items()}

_BOX = re.compile(rf"([{BOXES_TICKED}{BOXES_EMPTY}])")
_NAME = "|".join(sorted((re.escape(name) for name in (*NATIONAL, *_OTHER_NAMES)), key=len, reverse=True))
_DAMAGED_HERE = re.compile(rf"(?<![a-zA-Z窗门])([{FONT_TICKED}{FONT_EMPTY}])(?=[ \u3000]?(?:{_NAME}))")
_DAMAGED = re.compile(rf"(?:^|(?<=\s))([{FONT_TICKED}{FONT_EMPTY}])(?=[ \u3000]?[\u4e00-\u9fff\d])")


def read_channels(text: str) -> tuple[str, ...]:
    """The ticked channels, under their national names where they have one.

    Boxes may be brackets (`[x]`), stand behind the names, or be damaged: `t` for ■ and `口` for □, as scanned
    forms have them, and the letters of a lost symbol font. A list without any box names the chosen channels only.
    """
    pieces = _BOX.split(_mended(boxed(text)))
    lone, boxes, names = pieces[0], pieces[1::2], pieces[2::2]
    if not boxes:
        return _named(re.split(r"[\n、，,；;]+", text))
    if lone.strip() and not names[-1].strip():
        lone, names = "", [lone, *names[:-1]]
    return _named([lone, *(name for box, name in zip(boxes, names, strict=True) if box in BOXES_TICKED)])


def is_canonical(channels: tuple[str, ...]) -> bool:
    """Whether the channels stand in the order of the national form, with local ones behind."""
    national = [NATIONAL.index(name) for name in channels if name in NATIONAL]
    local = [name for name in channels if name not in NATIONAL]
    return national == sorted(national) and list(channels[len(national) :]) == local


def _mended(text: str) -> str:
    """`text` with letters in the place of boxes as boxes. One before a known name shows that there are any."""
    mended = _DAMAGED_HERE.sub(_box, text)
    return text if mended == text else _DAMAGED.sub(_box, mended)


def _box(found: re.Match[str]) -> str:
    return "■" if found[1] in FONT_TICKED else "□"


def _named(pieces: list[str]) -> tuple[str, ...]:
    names: list[str] = []
    for piece in pieces:
        words = [word for word in re.split(r"\s+", piece.strip(" _＿、，,；;。\n\t")) if word]
        apart = [word for word in words if plain(word) in _CANONICAL]
        for word in words if len(apart) == len(words) else ["".join(piece.split())]:
            name = word.strip("_＿、，,；;：:")
            if name:
                names.append(_CANONICAL.get(plain(name), name))
    return tuple(dict.fromkeys(names))
