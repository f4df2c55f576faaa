"""Channels of disclosure (公开渠道和载体): the ticked ones out of a list with or without boxes."""

import re

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

_TICKED = "■☑√✓✔●◼▪☒"
_BOX = re.compile(rf"([{_TICKED}□☐◻○])")
_DAMAGED = re.compile(r"(?:^|(?<=\s))([t口])(?=[\u4e00-\u9fff\d])")


def read_channels(text: str) -> tuple[str, ...]:
    """The ticked channels, under their national names where they have one.

    Boxes may be damaged: `t` for ■ and `口` for □, as scanned forms have them. A list without any box names
    the chosen channels only.
    """
    boxes = _BOX if _BOX.search(text) else _DAMAGED if _is_damaged(text) else None
    if boxes is None:
        return _named(re.split(r"[\n、，,；;]+", text))
    pieces = boxes.split(text)
    lone = [] if boxes is _DAMAGED else [pieces[0]]
    chosen = [name for box, name in zip(pieces[1::2], pieces[2::2], strict=True) if box in _TICKED + "t"]
    return _named([*lone, *(_DAMAGED.split(name)[0] if boxes is _BOX else name for name in chosen)])


def is_canonical(channels: tuple[str, ...]) -> bool:
    """Whether the channels stand in the order of the national form, with local ones behind."""
    national = [NATIONAL.index(name) for name in channels if name in NATIONAL]
    local = [name for name in channels if name not in NATIONAL]
    return national == sorted(national) and list(channels[len(national) :]) == local


def _is_damaged(text: str) -> bool:
    found = list(_DAMAGED.finditer(text))
    known = [m for m in found if plain(re.split(r"\s", text[m.end() :], maxsplit=1)[0]) in _CANONICAL]
    return bool(known) and (len(known) > 1 or len(found) == len(text.split()))


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
