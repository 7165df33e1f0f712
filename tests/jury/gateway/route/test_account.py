"""What no further call mends: told apart from what passes, whatever the provider, with the way out in the sentence."""

import json

import pytest

from jury.gateway.route.account import advice_on, trouble_of
from jury.gateway.route.provider_reply import ProviderReply

QUOTA = "You exceeded your current quota, please check your plan and billing details."


def reply(status: int, body: object, **headers: str) -> ProviderReply:
    text = body if isinstance(body, str) else json.dumps(body)
    return ProviderReply(status, {"content-type": "application/json", **headers}, text)


def openai(message: str, code: str | int | None = None, kind: str = "invalid_request_error") -> dict:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def google(code: int, message: str, status: str, *details: dict) -> dict:
    return {"error": {"code": code, "message": message, "status": status, "details": list(details)}}


def anthropic(kind: str, message: str) -> dict:
    return {"type": "error", "error": {"type": kind, "message": message}}


TROUBLE = [
    ("key", reply(401, openai("Incorrect API key provided", "invalid_api_key"))),
    ("key", reply(401, anthropic("authentication_error", "invalid x-api-key"))),
    ("key", reply(401, "")),
    ("key", reply(400, google(400, "API key not valid. Please pass a valid API key.", "INVALID_ARGUMENT", {"reason": "API_KEY_INVALID"}))),
    ("credit", reply(429, openai(QUOTA, "insufficient_quota", "insufficient_quota"))),
    ("credit", reply(429, openai("No more this month.", "project_spend_limit_exceeded", "insufficient_quota"))),
    ("credit", reply(429, {"error": {"message": QUOTA}})),
    ("credit", reply(400, openai("Billing hard limit has been reached", "billing_hard_limit_reached"))),
    ("credit", reply(400, anthropic("invalid_request_error", "Your credit balance is too low to access the Anthropic API."))),
    ("credit", reply(402, {"error": {"message": "Insufficient credits", "code": 402}})),
    ("credit", reply(200, {"error": {"message": "Insufficient credits", "code": 402}})),
    ("credit", reply(402, {"error": {"message": "This request requires more credits, or fewer max_tokens.", "code": 402}})),
    ("credit", reply(403, {"code": "The caller does not have permission", "error": "Your newly created team doesn't have any credits yet."})),
    ("credit", reply(400, openai("Access denied, please make sure your account is in good standing.", "Arrearage"))),
    ("credit", reply(429, {"error": {"code": "1113", "message": "您的账户已欠费，请充值后重试。"}})),
    ("credit", reply(429, google(429, "Your prepayment credits are depleted.", "RESOURCE_EXHAUSTED"))),
    ("access", reply(403, anthropic("permission_error", "Your API key may not use it."))),
    ("access", reply(403, openai("Country, region, or territory not supported", "unsupported_country_region_territory"))),
    ("access", reply(403, {"message": "You don't have access to the model."}, **{"x-amzn-errortype": "AccessDeniedException:http://a"})),
    ("access", reply(404, {"error": {"message": "No endpoints found matching your data policy.", "code": 404}})),
    ("access", reply(400, google(400, "User location is not supported for the API use.", "FAILED_PRECONDITION"))),
    ("model", reply(404, openai("The model `gpt-9` does not exist or you do not have access to it.", "model_not_found"))),
    ("model", reply(404, anthropic("not_found_error", "model: claude-9"))),
    ("model", reply(404, {"error": {"code": "DeploymentNotFound", "message": "The API deployment for this resource does not exist."}})),
    ("model", reply(404, google(404, "models/gemini-9 is not found for API version v1beta, or is not supported.", "NOT_FOUND"))),
    ("model", reply(404, {"object": "error", "message": "The model `qwen` does not exist.", "type": "NotFoundError", "code": 404})),
    ("model", reply(404, {"error": 'model "llava" not found, try pulling it first'})),
    ("model", reply(400, {"error": {"message": "a/b is not a valid model ID", "code": 400}})),
    ("model", reply(400, {"message": "The provided model identifier is invalid."})),
    ("address", reply(404, {"detail": "Not Found"})),
    ("address", reply(404, "<html>Not here</html>")),
    ("address", reply(405, {"detail": "Method Not Allowed"})),
]  # fmt: skip


@pytest.mark.parametrize(("trouble", "answer"), TROUBLE)
def test_trouble_with_an_account_is_told_apart_whatever_the_provider(trouble, answer):
    assert trouble_of(answer) == trouble


@pytest.mark.parametrize(
    "answer",
    [
        reply(429, openai("Rate limit reached for requests", "rate_limit_exceeded", "requests")),
        reply(429, google(429, QUOTA, "RESOURCE_EXHAUSTED", {"retryDelay": "38s"})),
        reply(429, anthropic("rate_limit_error", "This request would exceed your rate limit.")),
        reply(529, anthropic("overloaded_error", "Overloaded")),
        reply(400, openai("This model's maximum context length is 8192 tokens", "context_length_exceeded")),
        reply(400, openai("Unsupported value: 'temperature' does not support 0 with this model.")),
        reply(400, openai("Invalid input 'your credit balance is too low': too short")),
        reply(404, {"error": {"message": "No endpoints found that support image input", "code": 404}}),
        reply(500, openai("Insufficient memory")),
        reply(503, openai("The model is loading")),
        ProviderReply(text="litellm.APIConnectionError: Connection reset"),
    ],
)
def test_what_passes_or_is_one_requests_fault_is_no_trouble_with_an_account(answer):
    assert trouble_of(answer) is None


def test_a_key_that_is_not_there_is_found_out_before_anything_is_sent():
    assert (
        trouble_of(ProviderReply(401, text="litellm.AuthenticationError: nothing set"), "AuthenticationError") == "key"
    )
    assert trouble_of(ProviderReply(500, text="litellm.APIConnectionError: Missing Gemini API key. Set it.")) == "key"


@pytest.mark.parametrize(
    ("trouble", "model", "way_out"),
    [
        ("key", "openrouter/a/b", "set OPENROUTER_API_KEY in the environment or in .env"),
        ("credit", "openai/gpt-4o", "add credit there or raise its limit"),
        ("access", "bedrock/x", "set AWS_BEARER_TOKEN_BEDROCK"),
        ("model", "azure/our-own", "correct the name"),
        ("address", "hosted_vllm/x", "--target-base"),
        ("server", "hosted_vllm/x", "no server answers at http://there/v1"),
    ],
)
def test_the_sentence_says_what_is_wrong_what_the_provider_says_and_what_to_do(trouble, model, way_out):
    sentence = advice_on(trouble, model, "http://there/v1", "Its own words.")
    assert sentence.startswith(f"{model} can't be asked, since")
    assert '"Its own words."' in sentence
    assert way_out in sentence
