"""What is made for a query: its image with every version and critique, and its clips."""

from typing import Literal

from pydantic import Field

from jury.records.base import Record
from jury.records.case import MediaRef, NonEmpty
from jury.records.cause import Cause

Voice = Literal["female", "male"]


class Version(Record):
    """One painting: the words it was made from, the image or why there is none, and what the critic said of it."""

    prompt: NonEmpty
    image: MediaRef | None = None
    accepted: bool | None = Field(default=None, description="None: nobody looked, or nobody could tell")
    advice: str = ""
    cause: Cause | None = None
    calls: tuple[str, ...] = ()


class Drawing(Record):
    """The image of one query; `versions` in the order they were painted. Without an image it has a cause."""

    query: NonEmpty
    subject: str = ""
    scene: str = ""
    versions: tuple[Version, ...] = ()
    image: MediaRef | None = None
    cause: Cause | None = None
    calls: tuple[str, ...] = Field(default=(), description="the calls that described the scene")


class Take(Record):
    """One attempt at a clip, and what was wrong with it, if anything."""

    call: str = ""
    clip: MediaRef | None = None
    cause: Cause | None = None


class Recording(Record):
    """The clip of one query in one voice; without a clip it has a cause."""

    query: NonEmpty
    voice: Voice
    takes: tuple[Take, ...] = ()
    clip: MediaRef | None = None
    cause: Cause | None = None
