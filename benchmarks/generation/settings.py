"""Everything the making of a data set can be told, stage by stage."""

from pathlib import Path

from pydantic import Field

from jury.committee.settings import QuerySettings, TaxonomySettings
from jury.records import JsonObject, Maker, Record, Voices


class Place(Record):
    """Where a set is made."""

    out: Path = Field(description="the set's folder; the same command goes on where it stopped, a larger one adds")


class Sitting(Record):
    """With what a set is made and how fast."""

    prompts: Path | None = Field(default=None, description="folder whose templates and roles replace shipped ones")
    models: Path | None = Field(default=None, description="YAML file: what models can do and cost")
    limits: Path | None = Field(default=None, description="YAML file: model → its limits")
    in_flight: int = Field(default=50, ge=1, description="pieces of work under way at once")
    per_model: int = Field(default=32, ge=1, description="calls under way at once per model")
    tries: int = Field(default=5, ge=1, description="tries per call, where trying again may help")
    timeout: float = Field(default=120, gt=0, description="seconds per try")
    patience: float = Field(
        default=600,
        ge=0,
        description="seconds a model may answer nothing but rate limits before the stage stops (exit 3)",
    )
    max_cost: float | None = Field(default=None, ge=0, description="stop (exit 3) once so many dollars are spent")
    max_tokens: int | None = Field(default=None, ge=1, description="stop (exit 3) once so many tokens are spent")
    allow_base: tuple[str, ...] = Field(
        default=(), exclude=True, description="hosts that a committee's or other file may name in base URLs"
    )
    unsafe_params: bool = Field(
        default=False, exclude=True, description="pass on params beyond sampling and provider options"
    )
    max_calls: int | None = Field(default=None, ge=1, description="stop (exit 3) once so many calls are made")


class ByCommittee(Record):
    """Who makes it."""

    committee: str | None = Field(
        default=None,
        description="who proposes, writes, grades and describes: a YAML file, or the preset `rehearsal`; default: the set's own",
    )


class TaxonomyStage(TaxonomySettings):
    """A taxonomy of the committee's own."""

    name: str = Field(default="", description="what the taxonomy is called; default: after the committee")


class QueryStage(QuerySettings):
    """Queries for every scenario, language and technique."""

    taxonomy: str | None = Field(
        default=None, description="safebench, mllmguard, or a YAML file; default: the folder's own, else safebench"
    )
    scenarios: tuple[str, ...] = Field(default=(), description="only the scenarios of these keys; default: all")
    languages: tuple[str, ...] = Field(default=("en",), min_length=1, description="languages to write in: en, zh")
    techniques: tuple[str, ...] = Field(
        default=("plain",), min_length=1, description="how requests are put: plain, disguise, position_swapping …"
    )

    @property
    def shaping(self) -> QuerySettings:
        """What shapes prompts and choice, and so can't change under a set: not how many are wanted, nor of what."""
        return QuerySettings.model_validate(self.model_dump(include=set(QuerySettings.model_fields))).but(
            per_scenario=1
        )


class ImageStage(Record):
    """An image for every query whose policy allows one."""

    painter: str = Field(
        default="pillow/scene", description="an image model, or pillow/scene, pillow/typography, pillow/scene-text"
    )
    painter_base: str | None = Field(default=None, description="API base URL of the painter")
    painter_params: JsonObject = Field(default_factory=dict, description="size, quality … as the painter takes them")
    critic: str | None = Field(
        default=None,
        description="who looks at each image: a vision model, a member's name, or `none`; default: the first member who sees",
    )
    critic_base: str | None = Field(default=None, description="API base URL of the critic")
    rounds: int = Field(default=3, ge=1, le=3, description="how often an image is painted until its critic is content")

    @property
    def maker(self) -> Maker:
        """Who paints."""
        return Maker(model=self.painter, api_base=self.painter_base, params=self.painter_params)


class SpeechStage(Record):
    """Every query spoken by a female and a male voice, where its policy allows it."""

    female: str = Field(default="espeak/female", description="speech model of the female voice")
    female_base: str | None = Field(default=None, description="API base URL of the female voice")
    female_params: JsonObject = Field(default_factory=dict, description="voice, speed … as the model takes them")
    male: str = Field(default="espeak/male", description="speech model of the male voice")
    male_base: str | None = Field(default=None, description="API base URL of the male voice")
    male_params: JsonObject = Field(default_factory=dict, description="voice, speed … as the model takes them")

    @property
    def voices(self) -> Voices:
        """Who speaks."""
        return Voices(
            female=Maker(model=self.female, api_base=self.female_base, params=self.female_params),
            male=Maker(model=self.male, api_base=self.male_base, params=self.male_params),
        )


class Licensed(Record):
    """On what terms it is given to others."""

    licence: str = Field(default="other", description="the set's licence, by the name Hugging Face knows it by")


class GenerationSettings(Licensed, Sitting, ByCommittee, Place):
    """The settings of one sitting, the same from Python and from the command line: the stages named are held, in order."""

    taxonomy: TaxonomyStage | None = None
    queries: QueryStage | None = None
    images: ImageStage | None = None
    speech: SpeechStage | None = None
