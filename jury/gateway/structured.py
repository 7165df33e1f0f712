"""From a completion to what was asked for: a reading of it, its cause if there is none, and the repair question."""

from jury.gateway.form import Form, T, UnreadableError, is_refusal, read_answer
from jury.gateway.reply import Reply
from jury.records import Cause, Completion, Message, Request, TextPart

REPAIR = "Your answer could not be read: {reason}. Answer again, with one JSON object of the form asked for and nothing else."


def spoken(completion: Completion) -> tuple[str | None, Cause | None]:
    """The words of a free-text answer, or why there are none."""
    if completion.error is not None:
        return None, completion.error
    if not completion.text.strip():
        return None, Cause(kind="unreadable", detail="is empty")
    return completion.text, None


def reading(request: Request, completion: Completion, form: Form[T]) -> Reply[T]:
    """The reply that a completion amounts to under a form: parsed, or with the cause why it can't be."""
    parsed, error = None, completion.error
    if error is None:
        try:
            parsed = read_answer(completion.text, form)
        except UnreadableError as problem:
            error = _cause_of(problem, completion)
    return Reply(parsed, completion.text, error, (request.key,), completion.usage)


def _cause_of(problem: UnreadableError, completion: Completion) -> Cause:
    if completion.finish_reason == "length":
        return Cause(
            kind="cut_off", detail=f"stopped at {completion.output_tokens} tokens; raise the juror's max_tokens"
        )
    if is_refusal(problem.said):
        return Cause(kind="refused", detail=_excerpt(problem.said))
    return Cause(kind="unreadable", detail=_excerpt(str(problem)) if completion.text.strip() else "is empty")


def _excerpt(text: str) -> str:
    return text if len(text) <= 300 else text[:300] + "…"


def repair_question(request: Request, said: str, reason: str) -> Request:
    """The same question again, with the model's own words and what was wrong with them."""
    own = (Message(role="assistant", parts=(TextPart(text=said),)),) if said else ()
    question = Message(role="user", parts=(TextPart(text=REPAIR.format(reason=reason)),))
    return request.but(messages=(*request.messages, *own, question))
