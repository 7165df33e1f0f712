"""Azure OpenAI. Its address: `api_base` http://HOST, or AZURE_API_BASE; the model is the deployment's name.

LiteLLM asks at /openai/deployments/NAME/chat/completions?api-version=…; the version is AZURE_API_VERSION's.

https://learn.microsoft.com/azure/ai-services/openai/reference,
https://learn.microsoft.com/azure/ai-services/openai/concepts/content-filter
"""

from typing import Any

from wire.dialect import Asked, json_reply
from wire.http_server import HttpReply
from wire.openai import OpenAI

#: What the content filter looks for in every prompt and answer.
CATEGORIES = ("hate", "self_harm", "sexual", "violence")


def filter_results(filtered: str = "") -> dict[str, Any]:
    """The filter's findings, with one category that was filtered, or none."""
    results: dict[str, Any] = {name: {"filtered": False, "severity": "safe"} for name in CATEGORIES}
    if filtered == "jailbreak":
        results["jailbreak"] = {"filtered": True, "detected": True}
    elif filtered:
        results[filtered] = {"filtered": True, "severity": "medium"}
    return results


class Azure(OpenAI):
    """OpenAI's form with Azure's addresses, findings of the content filter, and errors whose code is a status."""

    name = "azure"
    model = "azure/our-own-deployment"
    unlisted = "azure/our-own-deployment"
    key = "made-up-azure-0123456789abcdef"
    key_variable = "AZURE_API_KEY"
    base_path = ""
    base_variables = ("AZURE_API_BASE",)
    api_version = "2024-10-21"

    def sent_key(self, asked: Asked) -> str:
        return asked.headers.get("api-key", "")

    def completion(self, *message: Any, **settings: Any) -> dict[str, Any]:
        body = super().completion(*message, **settings)
        (choice,) = body["choices"]
        choice["content_filter_results"] = filter_results(
            "violence" if choice["finish_reason"] == "content_filter" else ""
        )
        return body | {"prompt_filter_results": [{"prompt_index": 0, "content_filter_results": filter_results()}]}

    def wrong_key(self) -> HttpReply:
        words = (
            "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for "
            "an active subscription and use a correct regional API endpoint for your resource."
        )
        return json_reply({"error": {"code": "401", "message": words}}, 401)

    def unknown_model(self) -> HttpReply:
        words = (
            "The API deployment for this resource does not exist. If you created the deployment within the last 5 "
            "minutes, please wait a moment and try again."
        )
        return json_reply({"error": {"code": "DeploymentNotFound", "message": words}}, 404)

    def rate_limited(self, seconds: float | None = None) -> HttpReply:
        words = (
            "Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-10-21 have exceeded "
            "call rate limit of your current OpenAI S0 pricing tier."
        )
        headers = {}
        if seconds is not None:
            words += f" Please retry after {seconds:g} seconds."
            headers = {"retry-after": f"{seconds:g}", "retry-after-ms": f"{seconds * 1000:g}"}
        return json_reply({"error": {"code": "429", "message": words}}, 429, headers)

    def account_empty(self) -> HttpReply:
        raise NotImplementedError("Azure bills a subscription afterwards")

    def prompt_blocked(self, category: str = "violence") -> HttpReply:
        words = (
            "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please "
            "modify your prompt and retry. To learn more about our content filtering policies please read our "
            "documentation: https://go.microsoft.com/fwlink/?linkid=2198766"
        )
        inner = {"code": "ResponsibleAIPolicyViolation", "content_filter_result": filter_results(category)}
        error = {"message": words, "type": None, "param": "prompt", "code": "content_filter", "status": 400}
        return json_reply({"error": {**error, "innererror": inner}}, 400)


AZURE = Azure()
