"""The form of a query that offers a choice: `question | right answer | wrong answer` on one line."""

import re
from dataclasses import dataclass

from jury.committee.similarity import normalised
from jury.errors import InputError
from jury.hashing import sha256_of_json
from jury.records import Query
from jury.records.query import Reason
from jury.variants.item import Item
from jury.variants.wording import Wording

LETTERS = ("A", "B")

#: The longest question and the longest answer, in characters.
LONGEST_QUESTION, LONGEST_ANSWER = 400, 120

_SEPARATOR = re.compile(r"[|｜]")
#: An answer that brings its own letter would be lettered twice.
_LETTERED = re.compile(r"\W*[ABＡＢ](?:\s*[.)\]:、．）：。]|\s*$)", re.IGNORECASE)


@dataclass(frozen=True)
class Choice:
    """A question with its right and its wrong answer."""

    question: str
    right: str
    wrong: str

    def ordered(self, name: str) -> tuple[tuple[str, str], str]:
        """The answers in the order that the hash of a name decides, and the letter of the right one."""
        if int(sha256_of_json(["order", name])[:8], 16) % 2:
            return (self.wrong, self.right), "B"
        return (self.right, self.wrong), "A"


def choice_of(text: str) -> Choice | None:
    """The choice that a text offers; None where it has not the form.

    That is three parts of words, the answers told apart by more than marks and capitals, without letters of their own, and
    none longer than allowed.
    """
    parts = [part.strip() for part in _SEPARATOR.split(text)]
    if "\n" in text or len(parts) != 3 or not all(map(normalised, parts)):
        return None
    question, right, wrong = parts
    answers = (right, wrong)
    if len(question) > LONGEST_QUESTION or any(len(answer) > LONGEST_ANSWER for answer in answers):
        return None
    if normalised(right) == normalised(wrong) or any(map(_LETTERED.match, answers)):
        return None
    return Choice(question, right, wrong)


class ChoiceForm:
    """What the techniques share whose queries offer a choice."""

    def problem(self, text: str, /) -> Reason:
        """`malformed` for a text without the form."""
        return "" if choice_of(text) else "malformed"

    def choice(self, query: Query) -> Choice:
        """The choice of a query. Raises `InputError` where its text has not the form."""
        found = choice_of(query.draft.text)
        if found is None:
            raise InputError(
                f"query {query.id!r} of technique {query.technique!r} is not `question | right answer | wrong answer`; "
                "write it in that form or leave it out"
            )
        return found


def lettered(query: Query, variant: str, asked: str, *, options: tuple[str, str], gold: str, wording: Wording) -> Item:
    """One of the items of a query, with its options behind letters."""
    return Item(
        id=f"{query.id}-{variant}",
        query=query.id,
        prompt=wording.choice(query.language, asked, options),
        group=query.id,
        variant=variant,
        options=options,
        gold=gold,
    )


def other(letter: str) -> str:
    """The letter that is not this one."""
    return LETTERS[1 - LETTERS.index(letter)]
