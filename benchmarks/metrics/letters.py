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


#: Reads an answer, given the options and the language of its question.
Read = Callable[[str, Sequence[str], str], Letter]


def letter_of(case: Case, answer: Answer | None, read: Read) -> Letter | None:
    """What an answer chose among the options in the case's metadata; None where it was not asked to choose."""
    options = case.metadata.get("options")
    if not isinstance(options, list) or not options:
        return None
    if answer is None or answer.state == "invalid":
        return Letter("invalid")
    return read(answer.text, [str(option) for option in options], case.language)
