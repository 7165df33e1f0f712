"""The image of a query: every version that was painted, what the critic said of it, and the one that was taken."""

from pydantic import Field

from jury.records.base import Record
from jury.records.case import MediaRef, NonEmpty
from jury.records.cause import Cause
from jury.records.query import Attempt


class Version(Record):
    """One painting: the words it was made from, what came of it, and what the critic said (SafeBench, "Pictures")."""

    prompt: str = Field(description="what the painter was told")
    image: MediaRef | None = Field(
        default=None, description="None: nothing was painted, or nothing that may be shown, for the cause"
    )
    seen: str = Field(default="", description="what the critic saw in it")
    accepted: bool | None = Field(
        default=None, description="whether it brings the request to mind; None: nobody could tell"
    )
    advice: str = Field(default="", description="what to change")
    cause: Cause | None = Field(
        default=None, description="why there is no image, no opinion of it, or why its advice is not followed"
    )
    calls: tuple[str, ...] = ()


class Drawing(Record):
    """One image of a query with the versions before it; without an image it has a cause.

    Most queries have one panel. Those that are put as a choice between two things have one for each.
    """

    query: NonEmpty = Field(description="the query's id")
    panel: int = Field(default=0, ge=0, description="which of the query's panels")
    subject: str = Field(default="", description="what is to be seen")
    scene: str = Field(default="", description="where it is to be seen")
    attempts: tuple[Attempt, ...] = Field(
        default=(), description="the members asked for a description, in turn: the last one without a cause gave it"
    )
    versions: tuple[Version, ...] = ()
    image: MediaRef | None = Field(default=None, description="the version that was taken")
    cause: Cause | None = None
    calls: tuple[str, ...] = Field(default=(), description="the calls that described the scene")
