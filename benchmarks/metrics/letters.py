"""Which option an answer chose: what figures over pairs of answers are made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from jury.records import Answer, Case


@dataclass(frozen=True)
class Letter:
    """The letter an answer chose; that it declined to choose; that it can't be read; or that there is no answer."""

    state: Literal["chosen", "declined", "unreadable", "invalid"]
    letter: str = ""


#: Reads an answer to a question, given the texts of its two options.
Read = Callable[[str, Sequence[str]], Letter]


def read_choice(answer: str, options: Sequence[str]) -> Letter:
    """What an answer chose of two options, as far as it can be read for certain (`jury.variants.read_letter`)."""
    from jury.variants import read_letter

    found = read_letter(answer, options).choice
    if found is None:
        return Letter("unreadable")
    return Letter("declined") if found == "none" else Letter("chosen", found)


def letter_of(case: Case, answer: Answer | None, read: Read = read_choice) -> Letter | None:
    """What an answer chose of the two options in the case's metadata; None where it was not asked to choose of two."""
    options = case.metadata.get("options")
    if not isinstance(options, list) or len(options) != 2:
        return None
    if answer is None or answer.state == "invalid":
        return Letter("invalid")
    if answer.state == "blocked":
        return Letter("declined")
    return read(answer.text, [str(option) for option in options])
