"""What a command of `jury generate` may say: its stages' settings in one record, and how it is shown."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from benchmarks.generation.settings import (
    ByCommittee,
    GenerationSettings,
    ImageStage,
    Licensed,
    Place,
    QueryStage,
    Sitting,
    SpeechStage,
    TaxonomyStage,
)
from benchmarks.settings import Shown, part_of
from jury.records import Record

#: What every stage shares.
_SHARED = (Place, ByCommittee, Sitting, Licensed)


class Wish(Shown, Sitting):
    """A command's options. `stages` names the stages that it holds, with the records of their settings."""

    stages: ClassVar[dict[str, type[Record]]] = {}

    @property
    def settings(self) -> GenerationSettings:
        """The settings of the sitting."""
        shared = {name: getattr(self, name) for kind in _SHARED for name in kind.model_fields if hasattr(self, name)}
        return GenerationSettings(**shared, **{name: part_of(self, kind) for name, kind in self.held.items()})

    @property
    def held(self) -> dict[str, Any]:
        """The stages that are held."""
        return dict(self.stages)


class TaxonomyWish(Wish, TaxonomyStage, ByCommittee, Place):
    """What `jury generate taxonomy` may say."""

    stages: ClassVar[dict[str, type[Record]]] = {"taxonomy": TaxonomyStage}


class QueryWish(Wish, Licensed, QueryStage, ByCommittee, Place):
    """What `jury generate queries` may say."""

    stages: ClassVar[dict[str, type[Record]]] = {"queries": QueryStage}


class ImageWish(Wish, ImageStage, ByCommittee, Place):
    """What `jury generate images` may say."""

    stages: ClassVar[dict[str, type[Record]]] = {"images": ImageStage}


class SpeechWish(Wish, SpeechStage, Place):
    """What `jury generate speech` may say."""

    stages: ClassVar[dict[str, type[Record]]] = {"speech": SpeechStage}


class DatasetWish(Wish, Licensed, SpeechStage, ImageStage, QueryStage, ByCommittee, Place):
    """What `jury generate dataset` may say."""

    stages: ClassVar[dict[str, type[Record]]] = {"queries": QueryStage, "images": ImageStage, "speech": SpeechStage}

    without: tuple[Literal["images", "speech"], ...] = Field(
        default=(), description="leave these stages out: images, speech; they can be added to the set later"
    )

    @property
    def held(self) -> dict[str, Any]:
        """The stages that are not left out."""
        return {name: kind for name, kind in self.stages.items() if name not in self.without}
