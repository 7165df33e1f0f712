"""LiteLLM's response as the completion the ledger keeps; what a server sends is taken with care."""

import json
from typing import Any

from jury.gateway.route.content_filters import filter_of_answer, native_end, speaks_for_model, text_beside_filter
from jury.gateway.route.provider_reply import ProviderReply
from jury.gateway.route.raw_answers import error_inside, tells_of_tokens, unusual_end
from jury.gateway.route.thinking import apart
from jury.gateway.spending.prices import Price
from jury.gateway.transport import CallFailedError
from jury.records import Cause, Completion, Structured
from jury.secrets import sentence_of

#: Longest part of what a provider says of an error that is kept, in characters.
LONGEST = 300

#: Longest answer that is kept, in characters: many times what any model writes.
LONGEST = 2_000_000

#: How an answer ends that a filter stopped; LiteLLM says so of ends that are no filter's, too.
_FILTERED = "content_filter"

#: How an answer ends whose tokens were used up, and how providers say so where LiteLLM does not.
_STOPPED, _CUT_OFF = "stop", "length"
_LENGTHS = frozenset({"length", "max_tokens", "model_length", "model_context_window_exceeded"})


def completion_of(
    response: Any, price: Price | None, *, seconds: float, rung: Structured | None, sent: ProviderReply
) -> Completion:
    """The completion: answer and thoughts apart, tokens, cost. Raises `CallFailedError` where there is no choice.

    `sent` is the answer as the provider sent it: it says more of filters than LiteLLM does.
    """
    if not getattr(response, "choices", None):
        raise CallFailedError(Cause(kind="error", detail="the answer has no choices"), passing=True)
    _check_whole(sent)
    choice = response.choices[0]
    ended = _words(choice.finish_reason)
    filtered, cut_off = filter_of_answer(sent, ended), ended == _CUT_OFF or native_end(sent) in _LENGTHS
    said = _words(choice.message.content)
    if not said.strip():
        said = text_beside_filter(sent) if filtered else _called_with(choice.message) if rung is not None else said
    inside, text = apart(said)
    thoughts = _words(getattr(choice.message, "reasoning_content", None)) or inside
    refusal = _refusal(choice.message)
    if filtered and speaks_for_model(sent):
        text, refusal = "", text
    read, written = _tokens_told(response, sent, text or thoughts)
    return Completion(
        text=text.strip() if thoughts else text,
        thinking=thoughts,
        refusal=refusal,
        structured=rung,
        finish_reason=_finish(ended, sent, filtered=filtered is not None, cut_off=cut_off),
        filtered=filtered,
        cut_off=cut_off and bool(text.strip()),
        answered_by=_words(response.model),
        input_tokens=read,
        output_tokens=written,
        cost=_cost(response, price, read, written),
        seconds=round(seconds, 6),
    )


def _check_whole(sent: ProviderReply) -> None:
    """Raise `CallFailedError` for an answer that ended in an error, whatever was written until then."""
    said = error_inside(sent)
    if said is not None:
        words = sentence_of(_words(said), LONGEST) if said else ""
        detail = f"the answer ended in an error of the provider{f': {words}' if words else ''}"
        raise CallFailedError(Cause(kind="error", detail=detail), passing=True)


def _finish(ended: str, sent: ProviderReply, *, filtered: bool, cut_off: bool) -> str:
    """How an answer ended, in LiteLLM's words but where those are wrong."""
    if filtered:
        return _FILTERED
    if cut_off:
        return _CUT_OFF
    native = native_end(sent)
    return native if ended == _FILTERED else (unusual_end(native) or ended) if ended == _STOPPED else ended


def tokens_of(response: Any) -> tuple[int, int]:
    """The tokens that an answer says it took, in and out; 0 where it does not say."""
    usage = getattr(response, "usage", None)
    return _count(usage, "prompt_tokens"), _count(usage, "completion_tokens")


def _words(value: Any) -> str:
    """A text that can be written down: half a character of UTF-16 can't."""
    if not isinstance(value, str):
        return ""
    if len(value) > LONGEST:
        detail = f"the answer is {len(value):,} characters long; more than {LONGEST:,} are not kept"
        raise CallFailedError(Cause(kind="error", detail=detail), passing=False, request_at_fault=True)
    return value.encode(errors="replace").decode()


def _count(usage: Any, name: str) -> int:
    number = getattr(usage, name, 0)
    return number if isinstance(number, int) and number > 0 else 0


def _called_with(message: Any) -> str:
    """The arguments of the tools that a model calls in the place of words, one call a line: some answer a form so."""
    calls = getattr(message, "tool_calls", None)
    if not isinstance(calls, list):
        return ""
    arguments = [getattr(getattr(call, "function", None), "arguments", None) for call in calls]
    texts = [json.dumps(one, ensure_ascii=False) if isinstance(one, dict) else _words(one) for one in arguments]
    return "\n".join(text for text in texts if text)


def _refusal(message: Any) -> str:
    """The refusal that OpenAI's form sets apart; LiteLLM keeps it among the provider's own fields."""
    fields = getattr(message, "provider_specific_fields", None) or {}
    return _words(getattr(message, "refusal", None) or fields.get("refusal"))


def _tokens_told(response: Any, sent: ProviderReply, said: str) -> tuple[int | None, int | None]:
    """The tokens that an answer says it took; None for what it does not say, which LiteLLM makes 0.

    Every prompt has a token, and so has every answer that says something: 0 of them is nothing told.
    """
    if not tells_of_tokens(sent):
        return None, None
    read, written = tokens_of(response)
    return read or None, None if not written and (said or not read) else written


def _cost(response: Any, price: Price | None, read: int | None, written: int | None) -> float | None:
    """US dollars as stated, or as LiteLLM's price list has it; None, not 0, where price or tokens are unknown."""
    if price is None:
        return None
    if price.is_free:
        return 0.0
    if read is None or written is None:
        return None
    reckoned = (getattr(response, "_hidden_params", None) or {}).get("response_cost") if price.listed else None
    return float(reckoned) if reckoned else price.of(read, written)
