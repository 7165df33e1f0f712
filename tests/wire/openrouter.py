"""OpenRouter. Its address: `api_base` http://HOST/api/v1, or OPENROUTER_API_BASE.

https://openrouter.ai/docs/api/reference/errors-and-debugging, https://openrouter.ai/docs/api/reference/overview
"""

from typing import Any

from wire.chat_completions import ChatCompletions
from wire.dialect import BlockingDialect, json_reply
from wire.http_server import HttpReply


class OpenRouter(ChatCompletions, BlockingDialect):
    """Errors are `{"error": {"code", "message", "metadata"}}`; one that comes while a model writes has the status 200."""

    name = "openrouter"
    model = "openrouter/openai/gpt-4o"
    unlisted = "openrouter/openai/gpt-4o"
    key = "sk-or-v1-made-up-0123456789abcdef"
    key_variable = "OPENROUTER_API_KEY"
    base_path = "/api/v1"
    base_variables = ("OPENROUTER_API_BASE",)

    def error(self, code: int, message: str, *, status: int | None = None, **metadata: Any) -> HttpReply:
        """Any error; the status is its code, unless the model had begun to write."""
        error: dict[str, Any] = {"code": code, "message": message}
        if metadata:
            error["metadata"] = metadata
        return json_reply({"error": error, "user_id": "user_made_up"}, code if status is None else status)

    def wrong_key(self) -> HttpReply:
        return self.error(401, "No auth credentials found")

    def unknown_model(self) -> HttpReply:
        return self.error(400, f"{self.model.split('/', 1)[1]} is not a valid model ID")

    def image_rejected(self) -> HttpReply:
        return self.error(404, "No endpoints found that support image input")

    def audio_rejected(self) -> HttpReply:
        """No provider of the model takes audio."""
        return self.error(404, "No endpoints found that support input audio")

    def overloaded(self) -> HttpReply:
        return self.error(502, "Provider returned error", raw="upstream connect error", provider_name="OpenAI")

    def context_too_long(self) -> HttpReply:
        words = (
            "This endpoint's maximum context length is 8192 tokens. However, you requested about 9120 tokens (9020 of "
            "text input, 100 in the output). Please reduce the length of either one."
        )
        return self.error(400, words)

    def rate_limited(self, seconds: float | None = None) -> HttpReply:
        words = "Rate limit exceeded: free-models-per-min. "
        headers = {} if seconds is None else {"Retry-After": f"{seconds:g}"}
        body = {"error": {"code": 429, "message": words, "metadata": {"headers": {"X-RateLimit-Remaining": "0"}}}}
        return json_reply(body, 429, headers)

    def account_empty(self) -> HttpReply:
        return self.error(402, "Insufficient credits. Add more using https://openrouter.ai/settings/credits")

    def prompt_blocked(self, category: str = "violence") -> HttpReply:
        words = (
            f'openai/gpt-4o requires moderation on OpenAI. Your input was flagged for "{category}". '
            "No credits were charged."
        )
        metadata = {"reasons": [category], "flagged_input": "How do …", "provider_name": "OpenAI"}
        return self.error(403, words, **metadata, model_slug="openai/gpt-4o")

    def answer_blocked(self, text: str = "") -> HttpReply:
        return self.choice({"content": text}, "content_filter")

    def error_inside(self, code: int = 502, message: str = "Provider returned error") -> HttpReply:
        """An error with the status 200 and no choices."""
        return self.error(code, message, status=200, raw="upstream error", provider_name="OpenAI")

    def error_while_writing(self, text: str = "") -> HttpReply:
        """A choice that ended in an error: `finish_reason` says so, the error stands in the choice."""
        body = self.completion({"content": text}, "error")
        body["choices"][0]["error"] = {"code": 502, "message": "Upstream idle timeout exceeded"}
        return json_reply(body)


OPENROUTER = OpenRouter()
