"""Answers as providers sent them, where LiteLLM can't read them: a content in parts, or none of the usage it looks for."""

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from jury.gateway.route.provider_reply import ProviderReply

#: How answers end as a matter of course, in the words of each provider. What else one may say is worth keeping.
_ORDINARY = frozenset(
    {
        "stop", "end_turn", "stop_sequence", "complete", "completed", "finished", "finish", "eos", "eos_token", "done",
        "tool_use", "tool_call", "tool_calls", "function_call", "finish_reason_unspecified",
    }
)  # fmt: skip

#: How an answer ends that used up its tokens.
_LENGTHS = frozenset({"length", "max_tokens", "model_context_window_exceeded"})


def answer_in(reply: ProviderReply) -> Any | None:
    """The answer in a body, shaped like LiteLLM's; None for a body without one, and for an error."""
    body = reply.body
    if reply.status != 200 or not isinstance(body, Mapping) or body.get("error"):
        return None
    found = _of_choices(body) or _of_blocks(body) or _of_candidates(body)
    if found is None:
        return None
    content, thoughts, ended, usage = found
    message = SimpleNamespace(content=content, reasoning_content=thoughts)
    choice = SimpleNamespace(message=message, finish_reason="length" if str(ended).lower() in _LENGTHS else "stop")
    model = body.get("model") or body.get("modelVersion")
    return SimpleNamespace(choices=[choice], usage=SimpleNamespace(**usage), model=model)


def unusual_end(native: str) -> str:
    """How an answer ended, if that is not a matter of course; "" otherwise."""
    return "" if native in _ORDINARY else native


def error_inside(reply: ProviderReply) -> str | None:
    """The error that came in the place of an answer, or broke one off: its words, "" where it has none; None without one."""
    body = reply.body if isinstance(reply.body, Mapping) else {}
    if body.get("error"):
        return reply.sentence
    for choice in _mappings(body.get("choices")):
        error = choice.get("error")
        if error or choice.get("finish_reason") == "error":
            said = error.get("message") if isinstance(error, Mapping) else error
            return said if isinstance(said, str) else ""
    return None


def tells_of_tokens(reply: ProviderReply) -> bool:
    """Whether an answer says how many tokens it took; where its form is not known, it may.

    LiteLLM counts tokens itself where Ollama tells of none.
    """
    body = reply.body if isinstance(reply.body, Mapping) else {}
    if "choices" in body:
        return isinstance(body.get("usage"), Mapping)
    return "done" not in body or "eval_count" in body or "prompt_eval_count" in body


#: Words, thoughts, how the answer ended, and what it took.
_Answer = tuple[str, str, Any, dict[str, Any]]


def _of_choices(body: Mapping[str, Any]) -> _Answer | None:
    """OpenAI's form, its content a text or a list of parts."""
    choice = next(_mappings(body.get("choices")), None)
    message = choice.get("message") if choice else None
    if choice is None or not isinstance(message, Mapping):
        return None
    content = message.get("content")
    text = content if isinstance(content, str) else _joined(content, "text")
    thoughts = message.get("reasoning_content") or message.get("reasoning")
    usage = body.get("usage")
    told = usage if isinstance(usage, Mapping) else {}
    return (
        text,
        thoughts if isinstance(thoughts, str) else _joined(content, "thinking"),
        choice.get("finish_reason"),
        {name: told.get(name) for name in ("prompt_tokens", "completion_tokens")},
    )


def _of_blocks(body: Mapping[str, Any]) -> _Answer | None:
    """Anthropic's form."""
    blocks = body.get("content")
    if body.get("type") != "message" or not isinstance(blocks, list):
        return None
    return _joined(blocks, "text"), _joined(blocks, "thinking"), body.get("stop_reason"), {}


def _of_candidates(body: Mapping[str, Any]) -> _Answer | None:
    """Gemini's form."""
    candidate = next(_mappings(body.get("candidates")), None)
    if candidate is None:
        return None
    content = candidate.get("content")
    parts = list(_mappings(content.get("parts") if isinstance(content, Mapping) else None))
    said = _joined([part for part in parts if not part.get("thought")], "text")
    return said, _joined([part for part in parts if part.get("thought")], "text"), candidate.get("finishReason"), {}


def _joined(parts: Any, name: str) -> str:
    """The texts under a name in a list of parts; a part may be a text itself."""
    if not isinstance(parts, list):
        return ""
    texts = (part if isinstance(part, str) and name == "text" else _field(part, name) for part in parts)
    return "".join(text for text in texts if isinstance(text, str))


def _field(part: Any, name: str) -> Any:
    return part.get(name) if isinstance(part, Mapping) else None


def _mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    yield from (one for one in value if isinstance(one, Mapping)) if isinstance(value, list) else ()
