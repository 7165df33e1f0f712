"""What is judged: cases made of text, image and audio parts, and the target's answers to them."""

from functools import cached_property
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from jury.hashing import sha256_of_json
from jury.records.base import JsonObject, Record, later_field
from jury.records.cause import Cause
from jury.records.delivery import Hindrance
from jury.records.filters import ContentFilter

NonEmpty = Annotated[str, Field(min_length=1)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

#: The annotator whose label is final where several people labelled a case.
FINAL = "gold"


class MediaRef(Record):
    """An image or a clip in the media store, known by the SHA-256 of its bytes."""

    sha256: Sha256
    mime: Literal[
        "image/png", "image/jpeg", "image/webp", "image/gif", "audio/wav", "audio/flac", "audio/ogg", "audio/mpeg"
    ]
    size: int = Field(ge=1, description="bytes")
    width: int | None = Field(default=None, ge=1, description="pixels, images only")
    height: int | None = Field(default=None, ge=1, description="pixels, images only")
    seconds: float | None = Field(default=None, gt=0, description="length, audio only")
    sample_rate: int | None = Field(default=None, ge=1, description="Hz, audio only")


class _Part(Record):
    """A part keeps its `kind` in JSON even where defaults are left out: readers tell parts apart by it."""

    @model_serializer(mode="wrap")
    def _tagged(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {"kind": getattr(self, "kind", ""), **serialize(self)}


class TextPart(_Part):
    """Words of the prompt."""

    kind: Literal["text"] = "text"
    text: NonEmpty

    @property
    def words(self) -> str:
        """The text."""
        return self.text


class _Exhibit(_Part):
    """Media, or what stands in for it: words, or the cause why it could not be read."""

    media: MediaRef | None = None
    problem: Cause | None = Field(default=None, description="why the file is not usable")

    @property
    def hindrance(self) -> Hindrance | None:
        """Why its file can't be shown; None where nothing is wrong with it, or it has none."""
        if self.problem is None:
            return None
        return next((one for one in get_args(Hindrance) if one == self.problem.kind), "error")

    def _require_content(self, words: str) -> None:
        if self.media is None and self.problem is None and not words:
            raise ValueError("needs `media`, words that stand in for it, or a `problem`")
        if self.media is not None and self.problem is not None:
            raise ValueError("has both `media` and a `problem`")


class ImagePart(_Exhibit):
    """A picture; with a description only, a labelled text exhibit of a picture that is not there."""

    kind: Literal["image"] = "image"
    description: str = ""

    @property
    def words(self) -> str:
        """What stands in for it where it can't be seen."""
        return self.description

    @model_validator(mode="after")
    def _has_content(self) -> Self:
        self._require_content(self.description)
        return self


class AudioPart(_Exhibit):
    """A clip; `spoken` holds the words it was made from, where they are known."""

    kind: Literal["audio"] = "audio"
    spoken: str = ""

    @property
    def words(self) -> str:
        """What stands in for it where it can't be heard."""
        return self.spoken

    @model_validator(mode="after")
    def _has_content(self) -> Self:
        self._require_content(self.spoken)
        return self


Part = Annotated[TextPart | ImagePart | AudioPart, Field(discriminator="kind")]


class Turn(Record):
    """One message to the target."""

    parts: tuple[Part, ...] = Field(min_length=1)


class Answer(Record):
    """What the target said to one turn. `invalid` and `blocked` have a cause and no text.

    It is `blocked` where the provider's content filter let nothing through; with a text, the filter stopped its rest.
    """

    state: Literal["given", "invalid", "blocked"] = "given"
    text: str = ""
    cause: Cause | None = None
    filtered: ContentFilter | None = later_field(None, description="the provider's filter that stopped it")
    cut_off: bool = later_field(False, description="whether the text ends where the model's tokens did")
    call: str | None = Field(default=None, description="key of the model call in the ledger")

    @model_validator(mode="after")
    def _state_fits(self) -> Self:
        if (self.state != "given") != (self.cause is not None):
            raise ValueError("an answer has a cause if and only if it is not given")
        if self.state != "given" and (self.text or self.cut_off):
            raise ValueError(f"an answer that is {self.state} has no text")
        if (self.state == "blocked") != (self.filtered is not None and self.state != "given"):
            raise ValueError("an answer is blocked if and only if a filter left nothing of it")
        return self

    @property
    def ended(self) -> Literal["", "cut_off", "filtered"]:
        """Why a given text is not whole; empty for one that is."""
        if self.state != "given":
            return ""
        return "filtered" if self.filtered is not None else "cut_off" if self.cut_off else ""


class GoldLabel(Record):
    """One person's label; the annotator named `gold` has the last word."""

    annotator: NonEmpty
    label: NonEmpty


class Case(Record):
    """A prompt of one or more turns, with all that is known about it.

    Cases with the same `group` share an image or a request and are told apart by `variant`.
    A case without turns is known by its id alone; only recorded jurors can judge it. One with a `problem` stands for a row
    of its source that could not be read: it is invalid, and nobody is asked about it.
    """

    id: NonEmpty
    turns: tuple[Turn, ...] = ()
    group: str = ""
    variant: str = ""
    language: str = Field(default="en", pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,8})?$")
    scenario: str = ""
    technique: str = ""
    metadata: JsonObject = Field(default_factory=dict)
    gold: tuple[GoldLabel, ...] = ()
    target: str = Field(default="", description="who gave the recorded answers")
    answers: tuple[Answer, ...] = Field(default=(), description="recorded answers, one per turn")
    problem: Cause | None = later_field(None, description="why its row could not be read")

    @model_validator(mode="after")
    def _answers_fit(self) -> Self:
        if self.answers and len(self.answers) != len(self.turns):
            raise ValueError(f"has {len(self.turns)} turns but {len(self.answers)} answers")
        annotators = [label.annotator for label in self.gold]
        if len(set(annotators)) != len(annotators):
            raise ValueError("has two gold labels by one annotator")
        if self.problem is not None and (self.turns or self.answers):
            raise ValueError("has a `problem` beside `turns` or `answers`")
        return self

    @cached_property
    def content_hash(self) -> str:
        """64 hex digits over the case without people's labels: a label that is corrected makes no other case."""
        return sha256_of_json({"Case": self.model_dump(mode="json", exclude_defaults=True, exclude={"gold"})})

    @property
    def final_label(self) -> str | None:
        """The label that counts as truth: the one of the annotator `gold`, if there is one."""
        return next((gold.label for gold in self.gold if gold.annotator == FINAL), None)


class Transcription(Record):
    """An image or clip in words, for a juror who can't see or hear it; without `by`, nobody was there to read it."""

    kind: Literal["image", "audio"]
    number: int = Field(ge=1, description="place among the case's exhibits of its kind, those in words only included")
    by: str = Field(default="", description="who read it, or where its words are from")
    text: str = Field(default="", description="empty where there are no words in it")
    calls: tuple[str, ...] = later_field((), description="the calls of the model that was asked for it, by ledger key")


class Transcript(Record):
    """A case together with a target's answers, one per turn: what a jury judges.

    `transcriptions` belong to the copy one juror is handed: they are no part of what `exhibits_hash` names.
    """

    case: Case
    target: str = ""
    answers: tuple[Answer, ...] = ()
    transcriptions: tuple[Transcription, ...] = ()

    @classmethod
    def recorded(cls, case: Case) -> Self:
        """The transcript of a case that carries its answers."""
        return cls(case=case, target=case.target, answers=case.answers)

    @property
    def problem(self) -> Cause | None:
        """Why there is nothing to judge: the row could not be read, or the cause of the first invalid answer."""
        return self.case.problem or next((answer.cause for answer in self.answers if answer.state == "invalid"), None)

    @property
    def blocked(self) -> Answer | None:
        """The answer whose block left nothing to judge; None where the target had answered an earlier turn."""
        first = self.answers[0] if self.answers else None
        return first if first is not None and first.state == "blocked" else None

    @property
    def judgeable(self) -> bool:
        """Whether there is something for jurors to judge."""
        return self.problem is None and self.blocked is None

    @cached_property
    def exhibits_hash(self) -> str:
        """64 hex digits over what jurors are shown, and nothing else: not the id, the labels or the target's name.

        Two transcripts that look the same to a juror share it, so a duplicated case is judged alike.
        """
        turns = [turn.model_dump(mode="json") for turn in self.case.turns]
        answers = [(answer.state, answer.text, *([answer.ended] if answer.ended else [])) for answer in self.answers]
        return sha256_of_json([self.case.language, turns, answers])
