"""What of a reading is turned into n-grams: its passages, each with columns of its own."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jury.guardrank.grams import Columns, Hashes, columns_of, letter_grams, word_grams
from jury.guardrank.reading import Reading
from jury.guardrank.signals import Floats, signals_of
from jury.guardrank.words import plain, words_of

#: Words of an answer that count as its opening: how it sets out tells most.
OPENING = 15


@dataclass(frozen=True)
class Spelled:
    """A reading in one spelling, cut into words."""

    reading: Reading

    @cached_property
    def response(self) -> str:
        """The answer in one spelling."""
        return plain(self.reading.response)

    @cached_property
    def words(self) -> list[str]:
        """The answer's words."""
        return words_of(self.response)

    @cached_property
    def prompt(self) -> list[str]:
        """The prompt's words."""
        return words_of(plain(self.reading.prompt))

    @cached_property
    def scene(self) -> list[str]:
        """The words of prompt, scenario, and what stands for pictures and clips."""
        beside = " ".join((self.reading.scenario, self.reading.pictures))
        return [*self.prompt, *words_of(plain(beside))]

    @property
    def signals(self) -> Floats:
        """The signals made by hand."""
        return signals_of(self.prompt, self.words, self.response)


@dataclass(frozen=True)
class Passage:
    """Part of a reading: its n-grams by n, how many bits number its columns, and what it weighs beside the others."""

    name: str
    grams: Callable[[Spelled], Sequence[Hashes]]
    bits: int
    weight: float

    @property
    def width(self) -> int:
        """How many columns it has."""
        return 1 << self.bits


PASSAGES = (
    Passage("answer", lambda spelled: word_grams(spelled.words, 2), 18, 1.0),
    Passage("opening", lambda spelled: word_grams(spelled.words[:OPENING], 3), 16, 0.7),
    Passage("prompt", lambda spelled: word_grams(spelled.scene, 2), 16, 0.5),
    Passage("letters", lambda spelled: letter_grams(spelled.response, 3, 4), 18, 0.5),
)

#: Where each passage's columns begin, and how many there are in all.
STARTS = tuple(int(start) for start in np.cumsum([0, *(passage.width for passage in PASSAGES)]))


def columns_in(spelled: Spelled) -> Iterator[Columns]:
    """The columns of a reading's n-grams, passage by passage, as often as they occur."""
    for passage, start in zip(PASSAGES, STARTS, strict=False):
        grams = np.concatenate(passage.grams(spelled))
        yield columns_of(grams, passage.bits) + start
