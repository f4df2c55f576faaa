"""The page that is shown instead of one that cannot be."""

from dataclasses import dataclass

from county.web.phone.words import Words

_KINDS = {404: "missing", 405: "method", 503: "empty"}


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What went wrong, and what to do about it."""

    title: str
    advice: str


def problem_page(status: int, words: Words) -> ProblemPage:
    """The page for an HTTP status of 400 and above."""
    kind = _KINDS.get(status, "broken")
    return ProblemPage(words(f"problem.{kind}"), words(f"problem.{kind}_advice"))
