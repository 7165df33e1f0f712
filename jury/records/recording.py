"""A query spoken: every take, and the clip that came of them."""

from typing import Literal

from pydantic import Field

from jury.records.base import Record
from jury.records.case import MediaRef, NonEmpty
from jury.records.cause import Cause
from jury.records.committee import Maker

Voice = Literal["female", "male"]

#: Both voices, in the order in which they are named.
VOICES: tuple[Voice, ...] = ("female", "male")


class Voices(Record):
    """Who speaks: a model for the female voice and one for the male."""

    female: Maker
    male: Maker

    def of(self, voice: Voice) -> Maker:
        """The model that speaks in a voice."""
        return self.female if voice == "female" else self.male


class Take(Record):
    """One attempt at a clip as the model gave it, and what is wrong with it, if anything."""

    call: str = Field(default="", description="the ledger's key; empty: the model was not asked")
    clip: MediaRef | None = None
    cause: Cause | None = None


class Recording(Record):
    """The mastered clip of one query in one voice, and the takes before it; without a clip it has a cause."""

    query: NonEmpty = Field(description="the query's id")
    voice: Voice
    takes: tuple[Take, ...] = ()
    clip: MediaRef | None = None
    cause: Cause | None = None
