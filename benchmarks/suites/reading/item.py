"""One case as a published set describes it, before any of its media is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue, ValidationError

from benchmarks.sources.exhibits import Exhibits
from benchmarks.sources.fields import Fields
from benchmarks.sources.row import complaint
from jury.records import Case, Part, TextPart, Turn


@dataclass(frozen=True, kw_only=True)
class Item:
    """What becomes a case: its words, and the paths of its image and clip in the data folder, empty where it has none.

    `row` is where it was read, for complaints. `spoken` holds the words of the clip.
    """

    row: Fields
    id: str
    prompt: str = ""
    image: str = ""
    description: str = ""
    audio: str = ""
    spoken: str = ""
    group: str = ""
    variant: str = ""
    language: str = "en"
    scenario: str = ""
    technique: str = ""
    metadata: Mapping[str, JsonValue] = field(default_factory=dict)

    def case(self, exhibits: Exhibits) -> Case:
        """The case, its media admitted: words, an image or a clip will do. Raises `InputError` naming file and row."""
        if not (self.prompt.strip() or self.image or self.audio):
            raise self.row.place.error("has no words and names no image or clip", "fill it in, or remove it")
        try:
            return Case(
                id=self.id,
                turns=(Turn(parts=self._parts(exhibits)),),
                group=self.group,
                variant=self.variant,
                language=self.language,
                scenario=self.scenario,
                technique=self.technique,
                metadata={name: value for name, value in self.metadata.items() if value},
            )
        except ValidationError as error:
            raise complaint(self.row, error) from error

    def _parts(self, exhibits: Exhibits) -> tuple[Part, ...]:
        parts: list[Part] = [TextPart(text=self.prompt)] if self.prompt.strip() else []
        if self.image:
            parts.append(exhibits.image(self.image, self.description))
        if self.audio:
            parts.append(exhibits.audio(self.audio, self.spoken))
        return tuple(parts)
