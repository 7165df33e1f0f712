"""From a completion to what was asked for: a reading of it, or its cause and what may still be done about it."""

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Any

from jury.gateway.answers.form import Form, T, UnreadableError, declines, is_refusal
from jury.gateway.answers.reader import read_answer
from jury.gateway.answers.repairing import RepairWriter
from jury.gateway.reply import Reply
from jury.records import Cause, CauseKind, Completion, Request, TextPart
from jury.usage import in_turn

#: How an answer ends that is whole, and how one that was cut off.
WHOLE = frozenset({"", "stop", "tool_calls", "function_call", "eos", "end_turn", "stop_sequence"})
CUT_OFF = frozenset({"length", "content_filter"})

#: No answer is given more room than this many tokens because one was cut off.
ROOMIEST = 32_768


def spoken(completion: Completion) -> tuple[str | None, Cause | None]:
    """The words of a free-text answer, or why there are none. A refusal in words is an answer like any other; what a
    provider's filter says in the model's place is none.
    """
    if completion.error is not None:
        return None, completion.error
    text = completion.text or ("" if completion.filtered else completion.refusal)
    return (text, None) if text.strip() else (None, _why_silent(completion))


def reading(request: Request, completion: Completion, form: Form[T]) -> Reply[T]:
    """The reply that a completion amounts to under a form: parsed, or with the cause why it can't be."""
    parsed, error, problem = None, completion.error, None
    if error is None:
        try:
            parsed = read_answer(
                completion.text,
                form,
                shown=lambda: shown_words(request),
                complete=completion.finish_reason in WHOLE,
                thought=bool(completion.thinking),
            )
        except UnreadableError as unreadable:
            problem, error = unreadable, _cause_of(unreadable, completion)
    keys = (request.key,) if completion.asked else ()
    return Reply(parsed, completion.text, error, keys, completion.usage, completion.exhibits, problem)


def shown_words(request: Request) -> str:
    """The words that a model was shown before it answered first: what it is told about its own answer is left out."""
    first = takewhile(lambda message: message.role != "assistant", request.messages)
    return "\n".join(part.text for message in first for part in message.parts if isinstance(part, TextPart))


def together(replies: Sequence[Reply[T]]) -> Reply[T]:
    """What came of asking several times: the last reply, with the calls of all and what they cost."""
    last = replies[-1]
    keys = tuple(key for reply in replies for key in reply.keys)
    usage = in_turn(reply.usage for reply in replies)
    return Reply(last.parsed, last.text, last.error, keys, usage, last.exhibits)


def repair_with(writer: RepairWriter, form: Form[Any], language: str) -> "Remedy":
    """The remedy for an answer that can't be read: the same question again, with what was wrong."""

    def question(request: Request, completion: Completion, reply: Reply[Any]) -> Request | None:
        problem = reply.problem
        return None if problem is None else writer.question(request, completion, problem, form, language)

    return question


def roomier_question(request: Request, completion: Completion, _: object = None) -> Request | None:
    """The same question with room for twice as many tokens as the answer was given; None where there was no limit."""
    if request.max_tokens is None:
        return None
    return request.but(max_tokens=max(2 * request.max_tokens, min(2 * (completion.output_tokens or 0), ROOMIEST)))


#: How an answer ends that is a call of a tool.
_TOOLS = frozenset({"tool_calls", "function_call"})

Remedy = Callable[[Request, Completion, Reply[Any]], Request | None]


def remedies(writer: RepairWriter, form: Form[Any], language: str) -> dict[CauseKind, Remedy]:
    """What may be done about an answer that fails in this way, each once. A refusal is not argued with."""
    return {"unreadable": repair_with(writer, form, language), "cut_off": roomier_question}


def follow_up(
    request: Request, completion: Completion, reply: Reply[Any], left: dict[CauseKind, Remedy]
) -> Request | None:
    """The question to ask next, None if nothing is left to be done; a remedy is taken from those left once used."""
    remedy = left.pop(reply.error.kind, None) if reply.error else None
    return remedy(request, completion, reply) if remedy else None


def _cause_of(problem: UnreadableError, completion: Completion) -> Cause:
    """Why an answer that doesn't fit its form doesn't."""
    if not completion.text.strip() or completion.finish_reason in CUT_OFF:
        return _why_silent(completion)
    if declines(problem.said) or (problem.fault in {"form", "none"} and is_refusal(problem.said)):
        return Cause(kind="refused", detail=_excerpt(problem.said))
    return Cause(kind="unreadable", detail=_excerpt(str(problem)))


def _why_silent(completion: Completion) -> Cause:
    """Why there is no answer, or not the whole of one."""
    if completion.finish_reason == "length":
        written = "its limit of" if completion.output_tokens is None else str(completion.output_tokens)
        return Cause(kind="cut_off", detail=f"stopped at {written} tokens; raise the juror's max_tokens")
    if completion.refusal:
        return Cause(kind="refused", detail=_excerpt(completion.refusal))
    if completion.finish_reason == "content_filter":
        return Cause(kind="refused", detail="stopped by the provider's content filter")
    if completion.finish_reason in _TOOLS:
        return Cause(kind="unreadable", detail="calls a tool, though none is offered, and says nothing")
    ended = completion.finish_reason
    return Cause(kind="unreadable", detail="is empty" if ended in {"", "stop"} else f"is empty; it ended in {ended}")


def _excerpt(text: str) -> str:
    return text if len(text) <= 300 else text[:300] + "…"
