"""vLLM's server. Its address: `api_base` http://HOST/v1, or HOSTED_VLLM_API_BASE; no key unless it was started with one.

https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html,
https://docs.vllm.ai/en/latest/features/structured_outputs.html
"""

from wire.chat_completions import ChatCompletions
from wire.dialect import json_reply
from wire.http_server import HttpReply


class Vllm(ChatCompletions):
    """Errors are OpenAI's with a type such as `BadRequestError` and a status as their code."""

    name = "vllm"
    model = "hosted_vllm/qwen2.5-vl"
    unlisted = "hosted_vllm/qwen2.5-vl"
    base_path = "/v1"
    base_variables = ("HOSTED_VLLM_API_BASE",)

    def error(self, status: int, message: str, kind: str = "BadRequestError") -> HttpReply:
        """Any error."""
        return json_reply({"error": {"message": message, "type": kind, "param": None, "code": status}}, status)

    def unknown_model(self) -> HttpReply:
        return self.error(404, f"The model `{self.model.split('/', 1)[1]}` does not exist.", "NotFoundError")

    def image_rejected(self) -> HttpReply:
        return self.error(400, f"{self.model.split('/', 1)[1]} is not a multimodal model")

    def image_rejected_as_of_old(self) -> HttpReply:
        """The same before release 0.10: the error is the body itself."""
        words = f"{self.model.split('/', 1)[1]} is not a multimodal model None"
        body = {"object": "error", "message": words, "type": "BadRequestError", "param": None, "code": 400}
        return json_reply(body, 400)

    def no_image_allowed(self) -> HttpReply:
        """A model that sees, started without room for images."""
        words = "At most 0 image(s) may be provided in one prompt. Set `--limit-mm-per-prompt` to increase this limit."
        return self.error(400, words)

    def audio_rejected(self) -> HttpReply:
        """A model that sees and does not hear."""
        return self.error(400, "At most 0 audio(s) may be provided in one prompt.")

    def schema_rejected(self) -> HttpReply:
        """The grammar of the answer's schema could not be compiled."""
        return self.error(400, "Invalid guided_json: the grammar backend does not support this JSON schema.")

    def overloaded(self) -> HttpReply:
        return self.error(503, "The server is overloaded, please try again later", "ServiceUnavailableError")

    def context_too_long(self) -> HttpReply:
        words = (
            "This model's maximum context length is 4096 tokens. However, you requested 4300 tokens (4200 in the "
            "messages, 100 in the completion). Please reduce the length of the messages or completion."
        )
        return self.error(400, words)


VLLM = Vllm()
