"""Everything a run can be told. Each setting is stated once: Python, the command line and files take it from here."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeVar

from pydantic import AfterValidator, ConfigDict, Field, PlainSerializer, field_validator, model_validator

from jury.errors import InputError
from jury.records import BlockedPolicy, Endpoint, JsonObject, PanelWritten, PlanWritten, Record, Target
from jury.records.stated import check_base

if TYPE_CHECKING:
    from jury.screening import Screen

S = TypeVar("S", bound=Record)

#: The jury that replays a folder's recorded ballots.
RECORDED = "recorded"

#: A part of a data set's item that a target may be given.
ExhibitName = Literal["text", "image", "audio_female", "audio_male"]

#: The parts in the order in which they are given.
EXHIBITS: tuple[ExhibitName, ...] = ("text", "image", "audio_female", "audio_male")

#: What cases can be told apart by.
SORTS = ("language", "technique", "scenario", "category", "group", "variant")


def _database(store: str) -> str:
    from jury.ledger.address import without_password

    try:
        without_password(store)
    except InputError as error:
        raise ValueError(str(error)) from None
    return store


def _written(store: str) -> str:
    from jury.ledger.address import without_password

    return without_password(store)


#: A database's address. It may hold a password, which is used and never written down.
Store = Annotated[str, AfterValidator(_database), PlainSerializer(_written)]


class SourceSettings(Record):
    """Which cases, what of them is shown, and where what comes of them goes."""

    source: str = Field(
        description="folder (responses.csv, ballots.csv, gold.csv; a data set's: data.jsonl), JSONL or CSV file, or a suite's name"
    )
    out: Path = Field(description="the run's folder; the same settings there again resume it")
    store: Store | None = Field(
        default=None,
        description="keep ledger and labels in PostgreSQL: postgresql://USER@HOST/DATABASE; password from PGPASSWORD or ~/.pgpass",
    )
    limit: int | None = Field(default=None, ge=1, description="only the first so many cases")
    exhibits: tuple[ExhibitName, ...] | None = Field(
        default=None,
        min_length=1,
        description=f"parts of a data set's items to show: {', '.join(EXHIBITS)} (none named: text, and an image if there)",
    )
    condition: str | None = Field(
        default=None,
        description="what is done to every image: none (no image), intact, black, white, noise, unrelated, blurred, "
        "downscaled, jpeg; with a strength blurred:0.05; cases without an image are left out",
    )
    only: JsonObject = Field(
        default_factory=dict, description=f"only the cases that are so, such as language=en: {', '.join(SORTS)}"
    )
    data: Path | None = Field(default=None, description="where a suite's files are, if they are not shipped")
    allow_remote: tuple[str, ...] = Field(default=(), description="hosts that the data's media may be fetched from")

    @field_validator("exhibits", mode="before")
    @classmethod
    def _known(cls, named: Any) -> Any:
        unknown = [name for name in named if name not in EXHIBITS] if isinstance(named, list | tuple) else []
        if unknown or named == ():
            said = repr(unknown[0]) if unknown else "nothing"
            raise ValueError(f"names {said}; name some of {', '.join(EXHIBITS)}")
        return named

    @field_validator("exhibits")
    @classmethod
    def _in_order(cls, named: tuple[ExhibitName, ...] | None) -> tuple[ExhibitName, ...] | None:
        """Each part once and in one order, so that the order of naming them makes no other run."""
        return None if named is None else tuple(name for name in EXHIBITS if name in named)

    @field_validator("condition")
    @classmethod
    def _is_condition(cls, named: str | None) -> str | None:
        from jury.dosed import dosed

        try:
            return None if named is None else str(dosed(named))
        except InputError as error:
            raise ValueError(str(error)) from None

    @field_validator("only")
    @classmethod
    def _in_words(cls, wanted: JsonObject) -> JsonObject:
        unknown = next((name for name in wanted if name not in SORTS), None)
        if unknown is not None:
            raise ValueError(f"names {unknown!r}; name some of {', '.join(SORTS)}")
        return {name: str(value) for name, value in sorted(wanted.items())}


class TargetSettings(Record):
    """Who is asked."""

    target: Target | None = Field(default=None, description="model under test; without one, answers must be recorded")
    missing_exhibits: Literal["skip", "ask"] = Field(
        default="skip",
        description="a case with an image or a clip that the target can't be shown: skip (not asked, invalid) or ask "
        "(asked without it, and every figure is marked)",
    )

    @property
    def ask_without(self) -> bool:
        """Whether a target is asked about a case that it can't be shown in full."""
        return self.missing_exhibits == "ask"

    @field_validator("target", mode="before")
    @classmethod
    def _named(cls, target: Any) -> Any:
        """A target may be named by its model alone."""
        return {"model": target} if isinstance(target, str) else target


class JurySettings(Record):
    """Who judges, and how."""

    jury: PlanWritten = Field(
        default="trial",
        description="a protocol (poll, trial, roundtable, delphi …; the README lists all), recorded, or a YAML file; in a file, a jury itself",
    )
    panel: PanelWritten | None = Field(
        default=None, description="who sits: a YAML file, or the preset `rehearsal`; in a file, a panel itself"
    )
    rubric: str | None = Field(default=None, description="rubric by name; default: what fits the data")
    rule: str | None = Field(default=None, description="decision rule, such as any:2; default: the jury's")
    positive: str | None = Field(default=None, description="the label in the data that means unsafe (default: unsafe)")
    ignore_labels: bool = Field(
        default=False, description="leave out gold labels that nobody knows, and say how many, in place of stopping"
    )
    abstain_labels: tuple[str, ...] = Field(
        default=(), description="further labels, of people and jurors, that choose nothing, beside unsure and the like"
    )
    blocked: BlockedPolicy = Field(
        default="refused",
        description="how cases count whose target a provider's content filter blocked: refused (like a refusal), apart, invalid",
    )
    clerk: str | None = Field(
        default=None, description="model that puts images and clips into words for jurors who can't see or hear"
    )
    clerk_base: str | None = Field(default=None, description="base URL of the clerk's API")

    fences: bool = Field(
        default=True,
        description="set apart what others wrote by lines they can't forge; off only to measure their worth",
    )
    neutralise: bool = Field(
        default=False, description="write out characters that can't be seen, as ⟨U+200B⟩, before jurors read a text"
    )
    longest: int | None = Field(
        default=None,
        ge=200,
        description="longest text jurors are shown, in characters; of a longer one the middle is left out",
    )

    @property
    def clerk_endpoint(self) -> Endpoint | None:
        """The clerk and its address, None without a clerk that is a model."""
        return (self.clerk, self.clerk_base) if self.clerk else None

    @model_validator(mode="after")
    def _base_of_a_clerk(self) -> Self:
        if self.clerk_base and not self.clerk:
            raise ValueError("clerk_base says where a clerk is but none is named; name one as clerk")
        check_base(self.clerk_base)
        return self

    @property
    def screen(self) -> "Screen":
        """What stands between jurors and what others wrote."""
        from jury.screening import Screen

        return Screen(self.fences, self.neutralise, self.longest)

    @field_validator("jury", "panel", mode="before")
    @classmethod
    def _in_full(cls, given: Any) -> Any:
        """From Python, a jury or a panel may be given as the record it is."""
        return given.model_dump(mode="json") if isinstance(given, Record) else given


class CallSettings(Record):
    """How models are called, and what that may cost."""

    prompts: Path | None = Field(
        default=None, description="folder whose templates, roles and rubrics replace shipped ones"
    )
    models: Path | None = Field(
        default=None, description="YAML file: what models can do and cost, where LiteLLM's data are wrong or silent"
    )
    edge: int = Field(default=1024, ge=64, description="longest edge of images as models are sent them, in pixels")
    in_flight: int = Field(default=200, ge=1, description="cases under way at once")
    per_model: int = Field(default=32, ge=1, description="calls under way at once per model")
    tries: int = Field(default=5, ge=1, description="how often a call that may still succeed is tried")
    timeout: float = Field(default=120, gt=0, description="seconds per try")
    patience: float = Field(
        default=600,
        ge=0,
        description="seconds a model may answer nothing but rate limits before the run stops (exit 3)",
    )
    case_timeout: float | None = Field(default=None, gt=0, description="seconds per case (none: as its calls take)")
    adaptive: bool = Field(default=True, description="approach --per-model slowly, and retreat when told to")
    limits: Path | None = Field(
        default=None, description="YAML file: model → requests_per_minute, tokens_per_minute, concurrency"
    )
    max_cost: float | None = Field(
        default=None, ge=0, description="stop (exit 3) once so many US dollars are spent, all sittings together"
    )
    max_tokens: int | None = Field(default=None, ge=1, description="stop (exit 3) once so many tokens are spent")
    max_calls: int | None = Field(default=None, ge=1, description="stop (exit 3) once so many calls are made")
    allow_base: tuple[str, ...] = Field(
        default=(),
        exclude=True,
        description="hosts that a panel, manifest or other file may name in base URLs; never read from a file of a run",
    )
    unsafe_params: bool = Field(
        default=False,
        exclude=True,
        description="pass on params beyond sampling and provider options; never read from a file of a run",
    )
    retry_invalid: bool = Field(default=False, description="ask again where an answer or a ballot is invalid")


class EngineSettings(Record):
    """Where the work is done: no part of a run's identity, nor of its verdicts."""

    engine: str = Field(default="local", description="what carries the cases: local (this process), ray (workers)")
    workers: int | None = Field(default=None, ge=1, description="workers of `--engine ray` (none said: one per core)")
    address: str | None = Field(
        default=None, description="Ray cluster to work on, HOST:PORT or auto (none: this machine alone)"
    )


class RunSettings(EngineSettings, CallSettings, JurySettings, TargetSettings, SourceSettings):
    """The settings of one run, the same from Python and from the command line."""

    answers: Path | None = Field(
        default=None, description="JSONL or CSV file with the answers to judge: id, response, and who gave it (target)"
    )


class AnswerSettings(CallSettings, TargetSettings, SourceSettings):
    """The settings of a run that only collects answers."""

    target: Target = Field(description="model under test")


class JudgeSettings(EngineSettings, CallSettings, JurySettings):
    """The settings of one more jury over the answers of a finished run."""

    run: Path = Field(description="the folder of a finished run")
    name: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
        description="what this jury's verdicts are kept under, in the run's juries/ (default: jury and hash)",
    )


class Shown(Record):
    """How a command that costs something is shown: no part of what it makes."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    dry_run: bool = Field(default=False, description="count calls, tokens and cost without making any call")
    as_json: bool = Field(default=False, alias="json", description="print one JSON object instead of a table")


class Manner(Shown):
    """How a run's command is carried out and shown: no part of a run."""

    max_invalid: float | None = Field(
        default=None, ge=0, description="exit 4 with more invalid ballots, or answers: a number, or a share below 1"
    )


class Experiment(Manner, RunSettings):
    """A run and how it is carried out: what `jury run`, or its YAML file, may say."""

    @property
    def settings(self) -> RunSettings:
        """The settings of the run itself."""
        return part_of(self, RunSettings)


class Collection(Manner, AnswerSettings):
    """What `jury answer`, or its YAML file, may say."""

    @property
    def settings(self) -> AnswerSettings:
        """The settings of the run itself."""
        return part_of(self, AnswerSettings)


class Judging(Manner, JudgeSettings):
    """What `jury judge`, or its YAML file, may say."""

    @property
    def settings(self) -> JudgeSettings:
        """The settings of the jury itself."""
        return part_of(self, JudgeSettings)


def part_of(whole: Record, kind: type[S]) -> S:
    """The fields that a record has of another's."""
    return kind.model_validate({name: getattr(whole, name) for name in kind.model_fields})
