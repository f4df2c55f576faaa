"""What a visitor who erased sees for a few seconds."""

from dataclasses import dataclass, replace

from catalog.records import Survey
from catalog.survey import asked
from screens.shared.grades import Choice, choices, is_graded
from screens.shared.words import Words


@dataclass(frozen=True, slots=True)
class FinishedPage:
    """That nothing is left, and the five faces of the rating."""

    title: str = ""
    text: str = ""
    question: str = ""
    faces: tuple[Choice, ...] = ()
    skip_label: str = ""


def finished_page(rating: Survey, words: Words) -> FinishedPage:
    """Grading goes on in the language of `words`, which the visit forgot with everything else."""
    graded = next((question for question in asked(rating, {}) if is_graded(question)), None)
    faces = choices(graded, {}, words) if graded else ()
    return FinishedPage(
        title=words("erased"),
        text=words("erased-text"),
        question=words("erased-rate") if faces else "",
        faces=tuple(
            replace(face, route=f"do/rate/{words.language}/{face.route.removeprefix('do/pick/')}")
            for face in faces
        ),
        skip_label=words("erased-skip"),
    )
