"""An author at work: which act it is asked for, and what it says."""

from collections.abc import Callable

from jury.providers.rehearsal.authors.asked import Asked, read_asked
from jury.providers.rehearsal.authors.character import MANNERS, Author
from jury.providers.rehearsal.authors.grading import grade
from jury.providers.rehearsal.authors.interpreting import interpret
from jury.providers.rehearsal.authors.looking import look
from jury.providers.rehearsal.authors.naming import name
from jury.providers.rehearsal.authors.proposing import propose
from jury.providers.rehearsal.authors.sayings import saying
from jury.providers.rehearsal.authors.voting import KEEP, vote
from jury.providers.rehearsal.authors.writing import write
from jury.providers.rehearsal.jurors import summarise
from jury.providers.rehearsal.reading import Messages, read_prompt
from jury.providers.rehearsal.words import phrase

__all__ = ["ACTS", "MANNERS", "Author", "speak"]

#: By the word after `ACT:` in a prompt. Votes have choices instead of an act.
ACTS: dict[str, Callable[[Author, Asked], str]] = {
    "propose": propose,
    "name": name,
    "write": write,
    "score": grade,
    "interpret": interpret,
    "look": look,
}


def speak(author: Author, messages: Messages, seed: int) -> str:
    """What an author says to what it is asked; of anything but a committee's acts it has nothing to say."""
    asked = read_asked(messages, seed)
    if author.refusing:
        return saying(asked.language, "refused", key=asked.words)
    if asked.act in ACTS:
        return ACTS[asked.act](author, asked)
    reading = read_prompt(messages)
    if KEEP in reading.choices:
        return vote(author, reading, asked.fenced("PROMPT"))
    return summarise(reading) if reading.outcome else phrase(reading.language, "nothing")
