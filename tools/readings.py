"""Writes the readings of Chinese characters that search uses: `python -m tools.readings`.

Run it after a new version of pypinyin. Search never imports pypinyin: what it knows is part of the program, so
every box builds the same index.
"""

from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.constants import PINYIN_DICT

TARGET = Path(__file__).parents[1] / "catalog" / "search" / "readings.txt"
UNIFIED_IDEOGRAPHS = range(0x4E00, 0xA000)


def main() -> None:
    """One line a syllable: the syllable without tone (ü as v), a space, every character that may be read so."""
    characters: dict[str, list[str]] = {}
    for code in UNIFIED_IDEOGRAPHS:
        if code in PINYIN_DICT:
            (readings,) = pinyin(chr(code), style=Style.NORMAL, heteronym=True)
            for reading in dict.fromkeys(readings):
                characters.setdefault(reading, []).append(chr(code))
    syllables = [
        syllable for syllable in sorted(characters) if syllable.isascii() and set(syllable) & set("aeiouv")
    ]
    lines = [f"{syllable} {''.join(characters[syllable])}\n" for syllable in syllables]
    TARGET.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
