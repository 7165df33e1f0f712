"""From an Inspect sample, as its solvers left it, to the transcript that a jury judges."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from inspect_ai.model import ChatMessage, ChatMessageAssistant, ChatMessageUser, ModelOutput
from inspect_ai.solver import TaskState

from benchmarks.inspecting.exhibits import parts_of
from jury.media import MediaStore
from jury.records import Answer, Case, Cause, CauseKind, ContentFilter, Part, Transcript, Turn
from jury.secrets import sentence_of

#: Longest part of a provider's error message that is kept, in characters.
_DETAIL = 500

#: Why a model that stopped so said nothing.
_SILENCES: dict[str, CauseKind] = {"content_filter": "refused", "max_tokens": "cut_off", "model_length": "cut_off"}

#: Inspect says of a provider's filter no more than that there was one.
_FILTERED = ContentFilter(stage="output")


@dataclass
class _Exchange:
    """What the user said, and the model's last words on it."""

    parts: list[Part] = field(default_factory=list)
    said: str = ""


def transcript_of(state: TaskState, store: MediaStore) -> Transcript:
    """The conversation of a sample, with the sample's output as the last answer.

    A user's messages without words of the model between them are one turn. System messages, tools and reasoning are not
    shown. A failed or empty output is an invalid answer with its cause, and so is any output where there is no prompt.
    """
    exchanges = _exchanges(_messages(state), store)
    name, target = str(state.sample_id), str(state.model)
    if not exchanges:
        return _nothing_asked(name, target)
    answers = (*(Answer(text=one.said) for one in exchanges[:-1]), answer_of(state.output))
    turns = tuple(Turn(parts=tuple(one.parts)) for one in exchanges)
    case = Case(id=name, turns=turns, answers=answers, target=target, metadata={"epoch": state.epoch})
    return Transcript.recorded(case)


def answer_of(output: ModelOutput) -> Answer:
    """What a model said; where a provider failed or filtered it, the provider's words are the cause and never an answer."""
    stopped = output.stop_reason if output.choices else "unknown"
    filtered = _FILTERED if stopped == "content_filter" else None
    if output.error:
        return _failed("refused" if filtered else "error", output.error, filtered)
    if output.completion.strip():
        return Answer(text=output.completion, filtered=filtered, cut_off=_SILENCES.get(stopped) == "cut_off")
    if not output.choices:
        return _failed("missing", "the model was not asked, or gave no output")
    return _failed(_SILENCES.get(stopped, "missing"), f"the model said nothing and stopped with {stopped}", filtered)


def _messages(state: TaskState) -> Sequence[ChatMessage]:
    """What was said; where a solver keeps no messages, the sample's own input."""
    if any(isinstance(message, ChatMessageUser) for message in state.messages):
        return state.messages
    return [ChatMessageUser(content=state.input)] if isinstance(state.input, str) else state.input


def _exchanges(messages: Sequence[ChatMessage], store: MediaStore) -> list[_Exchange]:
    exchanges: list[_Exchange] = []
    for role, parts, words in _spoken(messages, store):
        if role == "user" and (not exchanges or exchanges[-1].said):
            exchanges.append(_Exchange(parts))
        elif role == "user":
            exchanges[-1].parts.extend(parts)
        elif exchanges:
            exchanges[-1].said = words
    return exchanges


def _spoken(messages: Sequence[ChatMessage], store: MediaStore) -> Iterator[tuple[str, list[Part], str]]:
    """Who said something, and what."""
    for message in messages:
        if isinstance(message, ChatMessageUser) and (parts := parts_of(message.content, store)):
            yield "user", parts, ""
        elif isinstance(message, ChatMessageAssistant) and message.text.strip():
            yield "assistant", [], message.text


def _nothing_asked(name: str, target: str) -> Transcript:
    unasked = _failed("missing", "the sample has no prompt that a jury could be shown")
    return Transcript(case=Case(id=name, target=target), target=target, answers=(unasked,))


def _failed(kind: CauseKind, detail: str, filtered: ContentFilter | None = None) -> Answer:
    """No answer: blocked by a provider's filter, or invalid."""
    cause = Cause(kind=kind, detail=sentence_of(detail, _DETAIL))
    return Answer(state="blocked" if filtered else "invalid", cause=cause, filtered=filtered)
