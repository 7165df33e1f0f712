"""A model call as the ledger keeps it: what was asked, and what came back."""

from collections.abc import Collection
from functools import cached_property
from itertools import count
from typing import Any, Literal

from pydantic import Field

from jury.hashing import sha256_of_json
from jury.records.base import JsonObject, Record, later_field
from jury.records.case import AudioPart, ImagePart, MediaRef, Part, TextPart
from jury.records.cause import Cause
from jury.records.committee import Maker
from jury.records.delivery import MEDIA_KINDS, Delivery, Hindrance, MediaKind
from jury.records.filters import ContentFilter
from jury.records.model import Structured
from jury.records.settings import Endpoint, ModelSettings, Setting, stated_address
from jury.records.trial import Usage


class Message(Record):
    """One message of a chat; media stay references until the request is built."""

    role: Literal["system", "user", "assistant"]
    parts: tuple[Part, ...] = Field(min_length=1)


class Request(Record):
    """One question to one model: everything that can change its answer, and nothing else."""

    model: str
    messages: tuple[Message, ...] = Field(min_length=1)
    temperature: float | None = None
    max_tokens: int | None = None
    seed: int | None = None
    api_base: str | None = None
    params: JsonObject = Field(default_factory=dict)
    answer_schema: dict[str, Any] | None = Field(default=None, description="JSON schema the answer must fit")
    item: str = Field(default="", description="id of the case, only for models that answer by item")
    brief: JsonObject = Field(
        default_factory=dict, description="exhibits and rubric as plain values, only for models that read no prompt"
    )
    sample: int = Field(default=0, ge=0, description="tells deliberate repeats of one question apart")
    origin: str = Field(default="", description="hash of the file or character behind an offline model")
    makes: Literal["text", "image", "audio"] = Field(default="text", description="what is asked for")

    @cached_property
    def key(self) -> str:
        """64 hex digits: the ledger's key of this call."""
        return sha256_of_json(self.model_dump(mode="json", exclude_defaults=True))

    @property
    def exhibits(self) -> tuple[tuple[int, ImagePart | AudioPart], ...]:
        """Its images and clips with their numbers, each kind from 1, those without a file included."""
        numbers = {kind: count(1) for kind in MEDIA_KINDS}
        parts = (part for message in self.messages for part in message.parts)
        return tuple((next(numbers[part.kind]), part) for part in parts if not isinstance(part, TextPart))

    @property
    def endpoint(self) -> Endpoint:
        """The model and its address."""
        return self.model, stated_address(self.api_base, self.params)

    @property
    def attached_kinds(self) -> tuple[MediaKind, ...]:
        """The kinds of those that have a file."""
        return tuple(kind for kind in MEDIA_KINDS if any(part.media for _, part in self.exhibits if part.kind == kind))

    def delivered(
        self,
        kinds: Collection[MediaKind] = MEDIA_KINDS,
        state: Literal["shown", "withheld"] = "shown",
        reason: Hindrance | None = None,
    ) -> tuple[Delivery, ...]:
        """What became of its images and clips of some kinds that have a file, where it was the same for all."""
        return tuple(
            Delivery(kind=part.kind, number=number, state=state, reason=reason)
            for number, part in self.exhibits
            if part.kind in kinds and part.media
        )

    @property
    def words(self) -> str:
        """All its text, a line for each part: what is to be painted or spoken."""
        return "\n".join(part.text for message in self.messages for part in message.parts if isinstance(part, TextPart))

    @classmethod
    def by(cls, asked: ModelSettings, messages: tuple[Message, ...], *, sample: int = 0, item: str = "") -> "Request":
        """A request in the settings of a juror or a target."""
        return cls(
            model=asked.model,
            messages=messages,
            temperature=asked.temperature,
            max_tokens=asked.max_tokens,
            seed=asked.seed,
            api_base=asked.api_base,
            params=asked.params,
            sample=sample,
            item=item,
        )

    @classmethod
    def to_make(cls, kind: MediaKind, maker: Maker, words: str, *, sample: int = 0) -> "Request":
        """A request to paint or speak some words."""
        return cls(
            model=maker.model,
            messages=(Message(role="user", parts=(TextPart(text=words),)),),
            api_base=maker.api_base,
            params=maker.params,
            sample=sample,
            makes=kind,
        )


class Completion(Record):
    """A model's finished answer as the ledger keeps it: words or an error, and what it cost.

    Tokens are None where the server does not say how many it took. `cost` is in US dollars, None where the price or
    what it is a price of is unknown; `seconds` is the time of the last try.
    """

    text: str = ""
    media: MediaRef | None = Field(
        default=None, description="the image or clip that was made; its bytes are in the store"
    )
    thinking: str = Field(default="", description="a reasoning model's thoughts, never parsed as its answer")
    refusal: str = Field(default="", description="a refusal the provider marks as one, in its own words")
    structured: Structured | None = Field(default=None, description="how JSON was asked for, where it was")
    finish_reason: str = ""
    filtered: ContentFilter | None = later_field(
        None, description="the provider's content filter that stopped the prompt, or the answer"
    )
    cut_off: bool = later_field(False, description="whether the words end where the tokens did")
    answered_by: str = Field(default="", description="the model as the provider names it")
    input_tokens: int | None = Field(default=0, ge=0)
    output_tokens: int | None = Field(default=0, ge=0)
    cost: float | None = Field(default=0.0, ge=0)
    seconds: float = Field(default=0.0, ge=0)
    tries: int = Field(default=1, ge=0)
    error: Cause | None = None
    unsent: tuple[Setting, ...] = later_field(
        (), description="settings of the request that were left out since the model does not take them"
    )
    exhibits: tuple[Delivery, ...] = later_field(
        (), description="what became of each image and clip of the request, in their order"
    )

    @property
    def asked(self) -> bool:
        """Whether the model was asked at all; one that is out of service is not, and then nothing is kept."""
        return self.tries > 0

    @property
    def tokens(self) -> int | None:
        """Tokens in and out; None where either is unknown."""
        return (
            None if self.input_tokens is None or self.output_tokens is None else self.input_tokens + self.output_tokens
        )

    @property
    def usage(self) -> Usage:
        """What this one call cost."""
        return Usage(
            calls=int(self.asked),
            input_tokens=self.input_tokens or 0,
            output_tokens=self.output_tokens or 0,
            cost=self.cost,
            seconds=self.seconds,
            calls_without_usage=int(self.tokens is None),
        )
