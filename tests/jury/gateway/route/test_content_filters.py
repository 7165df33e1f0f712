"""Content filters of every provider: what each says is read as one thing, and what says something else is not.

Forms: platform.openai.com/docs/guides/error-codes, learn.microsoft.com/azure/ai-services/openai/concepts/content-filter,
docs.anthropic.com/en/docs/test-and-evaluate/strengthen-guardrails/handle-streaming-refusals,
ai.google.dev/api/generate-content, openrouter.ai/docs/api-reference/errors,
docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-converse-api.html.
"""

import json

import pytest

from jury.gateway.route.content_filters import filter_of_answer, filter_of_error
from jury.gateway.route.provider_reply import ProviderReply


def reply(body: object, status: int = 400) -> ProviderReply:
    return ProviderReply(status, {"content-type": "application/json"}, json.dumps(body))


def openai(message: str, code: str | None = None, **fields: object) -> dict:
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code, **fields}}


def azure(**filtered: bool) -> dict:
    results = {name: {"filtered": found, "severity": "medium" if found else "safe"} for name, found in filtered.items()}
    inner = {"code": "ResponsibleAIPolicyViolation", "content_filter_result": results}
    words = "The response was filtered due to the prompt triggering Azure OpenAI's content management policy."
    return {
        "error": {"message": words, "param": "prompt", "code": "content_filter", "status": 400, "innererror": inner}
    }


BEHIND = json.dumps(openai("It was filtered.", "content_filter"))

BLOCKED = {
    "openai, prompt": (openai("Invalid prompt: your prompt was flagged as potentially violating our usage policy.", "invalid_prompt"), 400, "prompt", ""),
    "openai, safety": (openai("Invalid prompt: we've limited access to this content for safety reasons.", "invalid_prompt"), 400, "prompt", ""),
    "openai, policy": (openai("Your request was rejected as a result of our safety system.", "content_policy_violation"), 400, "prompt", ""),
    "openai, image": (openai("Your input image may contain content that is not allowed by our safety system.", "image_content_policy_violation"), 400, "prompt", ""),
    "openai, painted": (openai("Your request was rejected by the safety system. safety_violations=[sexual].", "moderation_blocked"), 400, "prompt", "sexual"),
    "openai, cyber": (openai("This request is not allowed.", "cyber_policy"), 400, "prompt", ""),
    "azure": (azure(hate=False, violence=True, self_harm=True), 400, "prompt", "violence, self_harm"),
    "azure, jailbreak": (azure(jailbreak=True), 400, "prompt", "jailbreak"),
    "anthropic": ({"type": "error", "error": {"type": "invalid_request_error", "message": "Output blocked by content filtering policy"}}, 400, "output", ""),
    "openrouter": ({"error": {"code": 403, "message": "Your input was flagged", "metadata": {"reasons": ["violence", "hate"], "flagged_input": "how", "provider_name": "X"}}}, 403, "prompt", "violence, hate"),
    "openrouter, words": ({"error": {"code": 403, "message": "a/b requires moderation on X. Your input was flagged for \"self-harm\"."}}, 403, "prompt", ""),
    "openrouter, behind it": ({"error": {"code": 400, "message": "Provider returned error", "metadata": {"raw": BEHIND, "provider_name": "Azure"}}}, 400, "prompt", ""),
    "xai": ({"code": "The caller does not have permission", "error": "Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO"}, 403, "prompt", "bio"),
    "deepseek": (openai("Content Exists Risk", "invalid_request_error"), 400, "prompt", ""),
    "dashscope": (openai("Output data may contain inappropriate content.", "data_inspection_failed"), 400, "output", ""),
    "zhipu": ({"contentFilter": [{"role": "user", "level": 1}], "error": {"code": "1301", "message": "系统检测到输入或生成内容可能包含不安全或敏感内容"}}, 400, "prompt", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKED)
def test_a_prompt_or_answer_that_a_provider_blocks_is_told_from_every_other_error(name):
    body, status, stage, category = BLOCKED[name]
    found = filter_of_error(reply(body, status))
    assert found is not None
    assert (found.stage, found.category) == (stage, category)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (openai("Invalid Responses API request", "invalid_prompt"), 400),
        (openai("Incorrect API key provided", "invalid_api_key"), 401),
        (openai("The server had an error"), 500),
        (openai("You exceeded your current quota", "insufficient_quota"), 429),
        (openai("'json_schema' is not a valid response_format.type"), 400),
        (openai("[{'type': 'missing', 'input': 'which content policy was flagged for safety reasons?'}]"), 400),
        ({"error": {"code": 403, "message": "Your API key does not have permission"}}, 403),
        ("content_filter", 500),
    ],
)
def test_an_error_of_another_kind_is_no_block(body, status):
    assert filter_of_error(reply(body, status)) is None


def chat(finish_reason: str, **fields: object) -> dict:
    return {"choices": [{"index": 0, "message": {"content": None}, "finish_reason": finish_reason, **fields}]}


def gemini(finish_reason: str, **fields: object) -> dict:
    return {"candidates": [{"finishReason": finish_reason, **fields}]}


RATED = [
    {"category": "HARM_CATEGORY_HARASSMENT", "probability": "LOW", "blocked": False},
    {"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "probability": "HIGH", "blocked": True},
]

STOPPED = {
    "openai": (chat("content_filter"), "output", ""),
    "azure": (chat("content_filter", content_filter_results={"hate": {"filtered": True}}), "output", "hate"),
    "openrouter": (chat("stop", native_finish_reason="SAFETY"), "output", ""),
    "openrouter, anthropic behind it": (chat("content_filter", native_finish_reason="refusal"), "output", ""),
    "anthropic": ({"stop_reason": "refusal", "content": []}, "output", ""),
    "anthropic, with details": ({"stop_reason": "refusal", "stop_details": {"type": "refusal", "category": "cyber"}}, "output", "cyber"),
    "anthropic, with empty details": ({"stop_reason": "refusal", "stop_details": {"category": None}}, "output", ""),
    "gemini, prompt": ({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}}, "prompt", "prohibited_content"),
    "gemini, prompt, rated": ({"promptFeedback": {"blockReason": "SAFETY", "safetyRatings": RATED}}, "prompt", "dangerous_content"),
    "gemini": (gemini("SAFETY", safetyRatings=RATED), "output", "dangerous_content"),
    "bedrock": ({"stopReason": "guardrail_intervened", "usage": {"outputTokens": 12}}, "output", ""),
    "bedrock, prompt": ({"stopReason": "guardrail_intervened", "usage": {"outputTokens": 0}}, "prompt", ""),
    **{
        f"gemini, {reason}": (gemini(reason), "output", reason.lower())
        for reason in ("RECITATION", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "IMAGE_SAFETY", "MODEL_ARMOR")
    },
}  # fmt: skip


@pytest.mark.parametrize("name", STOPPED)
def test_an_answer_that_a_filter_stopped_is_known_by_how_its_provider_says_so(name):
    body, stage, category = STOPPED[name]
    found = filter_of_answer(reply(body, 200), "stop")
    assert found is not None
    assert (found.stage, found.category) == (stage, category)


@pytest.mark.parametrize(
    "body", [chat("stop"), chat("length"), gemini("LANGUAGE"), gemini("OTHER"), {"stop_reason": "end_turn"}, [], "x"]
)
def test_an_answer_that_ended_otherwise_was_stopped_by_no_filter(body):
    assert filter_of_answer(reply(body, 200), "stop") is None


def test_where_the_answer_itself_is_not_known_the_reason_counts_that_litellm_gives():
    assert filter_of_answer(ProviderReply(), "content_filter") is not None
    assert filter_of_answer(ProviderReply(), "stop") is None


def test_a_servers_words_for_a_category_are_kept_short_and_on_one_line():
    body = {"error": {"code": 403, "message": "flagged", "metadata": {"reasons": ["a\nb", "c" * 500, 7]}}}
    found = filter_of_error(reply(body, 403))
    assert found is not None
    assert found.category.startswith("a b, ccc")
    assert len(found.category) == 100
