"""What became of an image or a clip on its way to a model."""

from typing import Literal, Self

from pydantic import Field

from jury.records.base import Record

MediaKind = Literal["image", "audio"]

#: Every kind of exhibit.
MEDIA_KINDS: tuple[MediaKind, ...] = ("image", "audio")

#: Whose words stand in an exhibit's place that came with the data.
DATA_SET = "data set"

#: Why a model was not shown an exhibit. The first six are what can be wrong with its file; `unable`: the model takes none
#: of its kind; `refused`: the server turned this one down; `hidden`: the protocol shows jurors no media.
Hindrance = Literal["missing", "broken", "mislabelled", "too_large", "timeout", "error", "unable", "refused", "hidden"]


class Delivery(Record):
    """One exhibit as one model was really given it.

    `number` is its place among the exhibits of its kind, those without a file included: of the case in a ballot and a
    verdict, of the request in a call. `words` in its place are the data set's own or a clerk's (`by`). A call that an
    earlier release has made says nothing of its exhibits: `unrecorded`.
    """

    kind: MediaKind
    number: int = Field(ge=1)
    state: Literal["shown", "words", "withheld", "unrecorded"] = "shown"
    reason: Hindrance | None = Field(default=None, description="why it was not shown")
    by: str = Field(default="", description="whose words stood in its place")

    @classmethod
    def instead(cls, kind: MediaKind, number: int, by: str, reason: Hindrance | None) -> Self:
        """An exhibit that was not shown: somebody's words stood in its place, or nobody's."""
        return cls(kind=kind, number=number, state="words" if by else "withheld", reason=reason, by=by)

    def __str__(self) -> str:
        """The delivery in a few words, as in `image 1: not shown (missing)`."""
        told = {"words": "in words", "withheld": "not shown", "unrecorded": "not recorded"}.get(self.state, self.state)
        further = ", ".join(filter(None, (self.reason, self.by)))
        return f"{self.kind} {self.number}: {told}{further and f' ({further})'}"
