"""Words from outside, such as those of a form, as the words that a type allows."""

from collections.abc import Iterable
from typing import TypeVar

W = TypeVar("W", bound=str)


def one_of(words: Iterable[W], given: str) -> W | None:
    """The one of `words` that is `given`, None when it is none of them.

    `words` is a constant with a type, such as `ROLES: tuple[Role, ...] = get_args(Role)`.
    """
    return next((word for word in words if word == given), None)
