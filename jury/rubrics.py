"""Rubrics: what a ballot asks, read from the library's cards."""

from jury.errors import InputError
from jury.prompt_files import load_card, require_languages
from jury.records import Rubric
from prompts import Library


def rubric_names(library: Library) -> tuple[str, ...]:
    """The names of all rubrics in the library, sorted."""
    return tuple(library.rubric_cards())


def load_rubric(name: str, library: Library) -> Rubric:
    """The rubric of that name, in every language of the library's templates.

    Raises `InputError` for an unknown rubric (with the known ones), and for a card with an unknown or missing key,
    a missing language, or a meaning for something that is no choice (with its file).
    """
    rubric, where = load_card(Rubric, "rubric", name, library)
    require_languages(rubric.question, library, f"{where}: field `question`")
    if rubric.meanings:
        require_languages(rubric.meanings, library, f"{where}: field `meanings`")
    if rubric.criteria:
        require_languages(rubric.criteria, library, f"{where}: field `criteria`")
    _require_meanings_of_choices(rubric, where)
    return rubric


def _require_meanings_of_choices(rubric: Rubric, where: str) -> None:
    for language, meanings in rubric.meanings.items():
        strays = sorted(set(meanings) - set(rubric.choices))
        if strays:
            raise InputError(
                f"{where}: field `meanings.{language}` explains {strays[0]!r}, which is no choice; "
                f"choices: {', '.join(rubric.choices)}"
            )
