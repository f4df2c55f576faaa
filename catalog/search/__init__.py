"""Search over one edition, offline: characters, pinyin, initials, English and ordinary words."""

from catalog.search.hit import Hit

__all__ = ["Hit"]
