"""What the stages made for a query, as far as publishing looks at it: its image with every version, and its clips."""

from collections.abc import Sequence
from typing import Literal, Protocol

from jury.records import Cause, MediaRef

Voice = Literal["female", "male"]

VOICES: tuple[Voice, ...] = ("female", "male")


class Version(Protocol):
    """One painting: the words it was made from, what came of it, and what the critic said."""

    @property
    def prompt(self) -> str:
        """What the painter was told."""

    @property
    def image(self) -> MediaRef | None:
        """The painting, if there is one."""

    @property
    def accepted(self) -> bool | None:
        """Whether it brings the request to mind; None where nobody could tell."""

    @property
    def advice(self) -> str:
        """What to change."""

    @property
    def cause(self) -> Cause | None:
        """What went wrong, if anything."""

    @property
    def calls(self) -> Sequence[str]:
        """The ledger's keys."""


class Drawing(Protocol):
    """The image of a query, with the versions before it; without an image it has a cause."""

    @property
    def query(self) -> str:
        """The query's id."""

    @property
    def subject(self) -> str:
        """What is to be seen."""

    @property
    def scene(self) -> str:
        """Where it is to be seen."""

    @property
    def versions(self) -> Sequence[Version]:
        """In the order they were painted."""

    @property
    def image(self) -> MediaRef | None:
        """The version that was taken."""

    @property
    def cause(self) -> Cause | None:
        """Why there is none."""

    @property
    def calls(self) -> Sequence[str]:
        """The calls that described the scene."""


class Take(Protocol):
    """One attempt at a clip."""

    @property
    def call(self) -> str:
        """The ledger's key, empty where nobody was asked."""

    @property
    def clip(self) -> MediaRef | None:
        """What was spoken."""

    @property
    def cause(self) -> Cause | None:
        """What is wrong with it, if anything."""


class Recording(Protocol):
    """The clip of a query in one voice, with the takes before it; without a clip it has a cause."""

    @property
    def query(self) -> str:
        """The query's id."""

    @property
    def voice(self) -> Voice:
        """Whose voice."""

    @property
    def takes(self) -> Sequence[Take]:
        """In the order they were spoken."""

    @property
    def clip(self) -> MediaRef | None:
        """The take that was taken, mastered."""

    @property
    def cause(self) -> Cause | None:
        """Why there is none."""
