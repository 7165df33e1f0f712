"""From a completion to what was asked for: a reading of it, or its cause and what may still be done about it."""

from collections.abc import Callable, Mapping, Sequence

from jury.gateway.answers.form import Form, T, UnreadableError, is_refusal, read_answer
from jury.gateway.reply import Reply
from jury.records import Cause, CauseKind, Completion, Message, Request, TextPart
from jury.usage import in_turn

REPAIR = "Your answer could not be read: {reason}. Answer again, with one JSON object of the form asked for and nothing else."

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
    parsed, error = None, completion.error
    if error is None:
        try:
            parsed = read_answer(completion.text, form)
        except UnreadableError as problem:
            error = _cause_of(problem, completion)
    keys = (request.key,) if completion.asked else ()
    return Reply(parsed, completion.text, error, keys, completion.usage, completion.exhibits)


def together(replies: Sequence[Reply[T]]) -> Reply[T]:
    """What came of asking several times: the last reply, with the calls of all and what they cost."""
    last = replies[-1]
    keys = tuple(key for reply in replies for key in reply.keys)
    usage = in_turn(reply.usage for reply in replies)
    return Reply(last.parsed, last.text, last.error, keys, usage, last.exhibits)


def repair_question(request: Request, completion: Completion, cause: Cause) -> Request:
    """The same question again, with the model's own words and what was wrong with them; the speakers alternate."""
    question = TextPart(text=REPAIR.format(reason=cause.detail))
    said = completion.text.strip()
    if said:
        own = Message(role="assistant", parts=(TextPart(text=said),))
        return request.but(messages=(*request.messages, own, Message(role="user", parts=(question,))))
    *earlier, last = request.messages
    return request.but(messages=(*earlier, last.but(parts=(*last.parts, question))))


def roomier_question(request: Request, completion: Completion, _: Cause) -> Request | None:
    """The same question with room for twice as many tokens as the answer was given; None where there was no limit."""
    if request.max_tokens is None:
        return None
    return request.but(max_tokens=max(2 * request.max_tokens, min(2 * (completion.output_tokens or 0), ROOMIEST)))


Remedy = Callable[[Request, Completion, Cause], Request | None]

#: What may be done about an answer that fails in this way. A refusal is not argued with.
REMEDIES: Mapping[CauseKind, Remedy] = {"unreadable": repair_question, "cut_off": roomier_question}


def follow_up(
    request: Request, completion: Completion, cause: Cause | None, left: dict[CauseKind, Remedy]
) -> Request | None:
    """The question to ask next, None if nothing is left to be done; a remedy is taken from those left once used."""
    remedy = left.pop(cause.kind, None) if cause else None
    return remedy(request, completion, cause) if remedy and cause else None


def _cause_of(problem: UnreadableError, completion: Completion) -> Cause:
    """Why an answer that doesn't fit its form doesn't."""
    if not completion.text.strip() or completion.finish_reason in {"length", "content_filter"}:
        return _why_silent(completion)
    if is_refusal(problem.said):
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
    return Cause(kind="unreadable", detail="is empty")


def _excerpt(text: str) -> str:
    return text if len(text) <= 300 else text[:300] + "…"
