"""OpenAI. Its address: `api_base` http://HOST/v1, or OPENAI_BASE_URL, or OPENAI_API_BASE.

https://platform.openai.com/docs/guides/error-codes, https://platform.openai.com/docs/guides/rate-limits,
https://platform.openai.com/docs/guides/structured-outputs (refusals), https://platform.openai.com/docs/guides/reasoning
"""

from wire.chat_completions import ChatCompletions
from wire.dialect import BlockingDialect, json_reply
from wire.http_server import HttpReply


class OpenAI(ChatCompletions, BlockingDialect):
    """OpenAI's errors: `{"error": {"message", "type", "param", "code"}}`."""

    name = "openai"
    model = "openai/gpt-4o"
    unlisted = "openai/gpt-77-mini"
    key = "sk-proj-made-up-0123456789abcdefghij"
    key_variable = "OPENAI_API_KEY"
    base_path = "/v1"
    base_variables = ("OPENAI_BASE_URL", "OPENAI_API_BASE")

    def error(
        self,
        status: int,
        message: str,
        *,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> HttpReply:
        """Any error."""
        return json_reply({"error": {"message": message, "type": kind, "param": param, "code": code}}, status, headers)

    def wrong_key(self) -> HttpReply:
        words = (
            "Incorrect API key provided: sk-proj-********************ghij. You can find your API key at "
            "https://platform.openai.com/account/api-keys."
        )
        return self.error(401, words, code="invalid_api_key")

    def unknown_model(self) -> HttpReply:
        words = f"The model `{self.model.split('/', 1)[1]}` does not exist or you do not have access to it."
        return self.error(404, words, code="model_not_found")

    def image_rejected(self) -> HttpReply:
        words = "Invalid content type. image_url is only supported by certain models."
        return self.error(400, words, param="messages.[0].content.[1].type")

    def audio_rejected(self) -> HttpReply:
        """The model takes no audio."""
        words = "Invalid content type. input_audio is only supported by certain models."
        return self.error(400, words, param="messages.[0].content.[1].type")

    def overloaded(self) -> HttpReply:
        words = "The engine is currently overloaded, please try again later"
        return self.error(503, words, kind="server_error", code="engine_overloaded")

    def context_too_long(self) -> HttpReply:
        words = (
            "This model's maximum context length is 8192 tokens. However, your messages resulted in 9120 tokens. "
            "Please reduce the length of the messages."
        )
        return self.error(400, words, param="messages", code="context_length_exceeded")

    def rate_limited(self, seconds: float | None = None) -> HttpReply:
        words = "Rate limit reached for gpt-4o in organization org-made-up on requests per min (RPM): Limit 3, Used 3."
        headers = {"x-ratelimit-limit-requests": "3", "x-ratelimit-remaining-requests": "0"}
        if seconds is not None:
            words += f" Please try again in {seconds:g}s."
            headers |= {"retry-after": f"{seconds:g}", "x-ratelimit-reset-requests": f"{seconds:g}s"}
        return self.error(429, words, kind="requests", code="rate_limit_exceeded", headers=headers)

    def account_empty(self) -> HttpReply:
        words = (
            "You exceeded your current quota, please check your plan and billing details. For more information on this "
            "error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors."
        )
        return self.error(429, words, kind="insufficient_quota", code="insufficient_quota")

    def prompt_blocked(self, category: str = "violence") -> HttpReply:
        words = (
            "Invalid prompt: your prompt was flagged as potentially violating our usage policy. Please try again with "
            "a different prompt: https://platform.openai.com/docs/guides/reasoning#advice-on-prompting"
        )
        return self.error(400, words, code="invalid_prompt")

    def access_limited(self) -> HttpReply:
        """The other sentence of `invalid_prompt`: what is asked for is kept back for its risk."""
        words = "Invalid prompt: we've limited access to this content for safety reasons."
        return self.error(400, words, code="invalid_prompt")

    def malformed_prompt(self) -> HttpReply:
        """`invalid_prompt` once more, where the request is malformed and nothing was moderated."""
        words = "Invalid prompt: messages must have at least one message with the role user."
        return self.error(400, words, code="invalid_prompt")

    def moderation_blocked(self, category: str = "violence") -> HttpReply:
        """The safety system's own refusal, for images foremost."""
        words = (
            "Your request was rejected by the safety system. If you believe this is an error, contact us at "
            f"help.openai.com and include the request ID req_made_up. safety_violations=[{category}]."
        )
        return self.error(400, words, kind="image_generation_user_error", code="moderation_blocked")

    def image_blocked(self) -> HttpReply:
        """An image of the prompt that the safety system does not let through."""
        words = "Your input image may contain content that is not allowed by our safety system."
        return self.error(400, words, code="content_policy_violation")

    def answer_blocked(self, text: str = "") -> HttpReply:
        return self.choice({"content": text or None}, "content_filter")

    def refusal(self, words: str = "I'm sorry, but I can't help with that.") -> HttpReply:
        """A refusal that the form of structured outputs sets apart from the content."""
        return self.choice({"content": None, "refusal": words})

    def max_tokens_rejected(self) -> HttpReply:
        """A reasoning model wants `max_completion_tokens`."""
        words = (
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
        )
        return self.error(400, words, param="max_tokens", code="unsupported_parameter")

    def temperature_rejected(self) -> HttpReply:
        """A reasoning model has one temperature."""
        words = (
            "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is "
            "supported."
        )
        return self.error(400, words, param="temperature", code="unsupported_value")


OPENAI = OpenAI()
