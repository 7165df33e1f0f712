"""Content filters of providers: how each says that it stopped a prompt or an answer, and what of that is the same for all.

Formats: OpenAI (error codes), Azure OpenAI (content filtering), Anthropic (stop reasons), Gemini (`PromptFeedback`,
`FinishReason`), OpenRouter (moderation errors), Amazon Bedrock (guardrails), xAI, DeepSeek, DashScope, Zhipu, Cohere.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jury.gateway.route.provider_reply import ProviderReply
from jury.records import ContentFilter

#: Codes that say it by themselves.
_CODE = re.compile(
    r"content[-_ ]?filter(?:ed)?$|content[-_ ]?(?:policy|moderation|risk)|moderation|policy_?violation|responsible_?ai"
    r"|data_?inspection_?failed|sensitive_?content|safety_(?:check|violation|error)|image_safety|cyber_policy|guardrail"
    r"|prohibited_content|blocklist|^(?:safety|sensitive)$"
)

#: A code that says it only together with words: it is also that of a request that is not well formed.
_AMBIGUOUS_CODE = "invalid_prompt"
_AMBIGUOUS_WORDS = re.compile(r"flagged|usage polic|safety|violat", re.IGNORECASE)

#: HTTP statuses of refusals to answer this prompt; others are errors whatever their words.
_STATUSES = frozenset({None, 200, 400, 403, 422, 451})

#: Where providers say it in words alone.
_WORDS = re.compile(
    r"content (?:management|filtering|moderation|policy)|safety system|usage (?:polic|guidelines)|content exists risk"
    r"|input was flagged|flagged (?:as|for|by)|requires moderation|inappropriate content|considered high risk"
    r"|(?:blocked|rejected|stopped) (?:by|due to|because of) (?:the |our |its )?(?:content|safety|guardrail|moderation)"
    r"|for safety reasons|safety_check_type|sensitive content|不安全或敏感|敏感内容|违规内容|内容安全",
    re.IGNORECASE,
)

#: Words of a message that are searched, and what begins what a server repeats of the prompt: there nothing is.
_SEARCHED = 400
_REPEATED = re.compile(r"""['"](?:input|messages?|content|prompt)['"]\s*:|input_value=""")

#: How answers end that a filter cut off, as providers name it. Gemini's ends that are no filter's are not among them.
_ENDS = frozenset(
    {
        "content_filter", "content_filtered", "content-filter", "refusal", "guardrail_intervened", "sensitive", "error_toxic",
        "safety", "prohibited_content", "recitation", "blocklist", "spii", "image_safety", "image_prohibited_content",
        "image_recitation", "model_armor", "escalation",
    }
)  # fmt: skip

#: Ends whose name is no category: it says only that there was a filter.
_NAMELESS = frozenset(
    {"content_filter", "content_filtered", "content-filter", "refusal", "sensitive", "guardrail_intervened", "safety"}
)

_PROMPT_SIDE = re.compile(r"\bprompt\b|\binput\b|\brequest\b", re.IGNORECASE)
_OUTPUT_SIDE = re.compile(r"\boutput\b|\bgenerated\b|\bresponse\b|\bcompletion\b", re.IGNORECASE)
_NAMED_IN_WORDS = re.compile(r"safety_check_type_(\w+)|safety_violations=\[([^\]]+)\]", re.IGNORECASE)


def filter_of_error(reply: ProviderReply, name: str = "") -> ContentFilter | None:
    """The filter that an error tells of, None for any other error; `name` is LiteLLM's for the exception."""
    said = "\n".join(map(_own_words, reply.messages or (reply.text,)))
    if not _is_filtered(reply, name, said):
        return None
    codes = " ".join(sorted(reply.codes))
    sided = f"{said}\n{codes}"
    output = bool(_OUTPUT_SIDE.search(sided)) and not _PROMPT_SIDE.search(said)
    return ContentFilter(stage="output" if output else "prompt", category=_category(_found_in(reply), said))


def filter_of_answer(reply: ProviderReply, finish_reason: str) -> ContentFilter | None:
    """The filter that stopped an answer which came with status 200, None where none did.

    `finish_reason` is LiteLLM's, which counts where the body is not known.
    """
    body = reply.body if isinstance(reply.body, Mapping) else {}
    feedback = body.get("promptFeedback")
    if isinstance(feedback, Mapping) and feedback.get("blockReason"):
        named = [*_rated(feedback), str(feedback["blockReason"]).lower()]
        return ContentFilter(stage="prompt", category=_joined(named[:1]))
    ends = [end.lower() for end in _ends_in(body)] or [finish_reason]
    stopped = [end for end in ends if end in _ENDS]
    if not stopped:
        return None
    found = _found_in(reply) or [end for end in stopped if end not in _NAMELESS]
    return ContentFilter(stage="prompt" if _stopped_before(body) else "output", category=_joined(found))


def native_end(reply: ProviderReply) -> str:
    """How the provider itself says that an answer ended, in lower case; "" where that is not known."""
    body = reply.body if isinstance(reply.body, Mapping) else {}
    return next((end.lower() for end in _ends_in(body)), "")


def text_beside_filter(reply: ProviderReply) -> str:
    """What a Gemini model had written when its filter stopped it: LiteLLM leaves that out."""
    body = reply.body if isinstance(reply.body, Mapping) else {}
    written = [
        part["text"]
        for candidate in _listed(body, "candidates")
        for part in _listed(candidate.get("content"), "parts")
        if isinstance(part.get("text"), str) and not part.get("thought")
    ]
    return "".join(written)


def speaks_for_model(reply: ProviderReply) -> bool:
    """Whether the words of a stopped answer are the filter's own: Bedrock's guardrails put their message in its place."""
    return isinstance(reply.body, Mapping) and reply.body.get("stopReason") == "guardrail_intervened"


def _is_filtered(reply: ProviderReply, name: str, said: str) -> bool:
    if name == "ContentPolicyViolationError":
        return True
    if reply.status not in _STATUSES:
        return False
    if any(_CODE.search(code) for code in reply.codes) or _flagged(reply):
        return True
    return bool((_AMBIGUOUS_WORDS if _AMBIGUOUS_CODE in reply.codes else _WORDS).search(said))


def _own_words(message: str) -> str:
    """What a message says before it repeats anything of the prompt."""
    return _REPEATED.split(message[:_SEARCHED], maxsplit=1)[0]


def _flagged(reply: ProviderReply) -> bool:
    """OpenRouter's moderation: what was flagged, and why."""
    return any("flagged_input" in error or error.get("reasons") for error in reply.errors)


def _ends_in(body: Mapping[str, Any]) -> Iterator[str]:
    """How an answer ended in the form of each provider, the most telling first."""
    stated: list[Any] = [body.get(name) for name in ("stop_reason", "stopReason", "done_reason")]
    for choice in _listed(body, "choices"):
        stated += [choice.get("native_finish_reason"), choice.get("finish_reason")]
    stated += [candidate.get("finishReason") for candidate in _listed(body, "candidates")]
    yield from (end for end in stated if isinstance(end, str) and end)


def _found_in(reply: ProviderReply) -> list[str]:
    """What a filter says that it found, in any provider's form."""
    return list(dict.fromkeys(_categories(reply.body, depth=6)))


def _categories(value: Any, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(value, list):
        for one in value[:8]:
            yield from _categories(one, depth - 1)
    if not isinstance(value, Mapping):
        return
    yield from _filtered_names(value)
    yield from _rated(value)
    details = value.get("stop_details")
    if isinstance(details, Mapping) and isinstance(details.get("category"), str):
        yield details["category"]
    if isinstance(value.get("reasons"), list):
        yield from (reason for reason in value["reasons"] if isinstance(reason, str))
    for name in (
        "error",
        "innererror",
        "metadata",
        "choices",
        "candidates",
        "prompt_filter_results",
        "content_filters",
    ):
        yield from _categories(value.get(name), depth - 1)


def _filtered_names(value: Mapping[str, Any]) -> Iterator[str]:
    """Azure's results: each category with whether it was filtered."""
    for name in ("content_filter_result", "content_filter_results"):
        results = value.get(name)
        if isinstance(results, Mapping):
            yield from (
                str(category)
                for category, result in results.items()
                if isinstance(result, Mapping) and result.get("filtered") is True
            )


def _rated(value: Mapping[str, Any]) -> Iterator[str]:
    """Gemini's ratings: the categories that were blocked."""
    for rating in _listed(value, "safetyRatings"):
        if rating.get("blocked") is True and isinstance(rating.get("category"), str):
            yield rating["category"].lower().removeprefix("harm_category_")


def _stopped_before(body: Mapping[str, Any]) -> bool:
    """Whether the prompt was stopped though an answer came: Bedrock's guardrail took nothing out of the model."""
    usage = body.get("usage")
    return (
        body.get("stopReason") == "guardrail_intervened"
        and isinstance(usage, Mapping)
        and not usage.get("outputTokens")
    )


def _category(found: list[str], said: str) -> str:
    named = _NAMED_IN_WORDS.search(said)
    return _joined(found or ([(named[1] or named[2]).lower()] if named else []))


def _joined(names: list[str]) -> str:
    """Names on one line, short: they are a server's words."""
    words = " ".join(", ".join(names).split())
    return words.encode(errors="replace").decode()[:100]


def _listed(value: Any, name: str) -> list[Mapping[str, Any]]:
    members = value.get(name) if isinstance(value, Mapping) else None
    return [one for one in members if isinstance(one, Mapping)] if isinstance(members, list) else []
