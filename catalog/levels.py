"""The four levels of a warning, as offices write them. Pure.

Levels are those of 突发事件应对法 (2024) art. 63, from 一级 (red) to 四级 (blue).
"""

LEVELS = (
    ("特别重大", "一级", "红", "ⅰ级", "i级", "1级"),
    ("二级", "橙", "ⅱ级", "ii级", "2级", "重大"),
    ("三级", "黄", "ⅲ级", "iii级", "3级", "较大"),
    ("四级", "蓝", "ⅳ级", "iv级", "4级", "一般"),
)
"""Ways to write the levels from 1 to 4."""


def level(text: str) -> int | None:
    """The level from 1, the gravest, to 4; None when the text names none of them."""
    plain = "".join(text.lower().split())
    found = [
        (-len(word), number)
        for number, words in enumerate(LEVELS, 1)
        for word in words
        if plain.startswith(word) or (word in plain and not word.isascii() and "级" not in word[1:])
    ]
    return min(found)[1] if found else None
