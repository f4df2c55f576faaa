"""Search over one edition, offline: characters, pinyin, initials, English and ordinary words."""

from catalog.search.query import Hit, Index

__all__ = ["Hit", "Index"]
