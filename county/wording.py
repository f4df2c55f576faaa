"""What papers and tables ask for their words, whoever has them."""

from typing import Protocol


class Words(Protocol):
    """The texts of one language, `zh` or `en`."""

    @property
    def language(self) -> str:
        """Which one."""

    def __call__(self, key: str, **values: object) -> str:
        """The text under a key such as `paper.page` with `values` filled in. Raises KeyError."""

    def pick(self, chinese: str, english: str) -> str:
        """The text in this language, or in Chinese when there is no English one."""
