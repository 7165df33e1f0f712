"""Ollama. Its address: `api_base` http://HOST, or OLLAMA_API_BASE; it knows no keys.

LiteLLM asks `ollama_chat/NAME` at /api/chat and `ollama/NAME` at /api/generate, and both at /api/show for what a model
can do.

https://github.com/ollama/ollama/blob/main/docs/api.md
"""

import base64
import json
from typing import Any

from wire.dialect import USAGE, Asked, Dialect, Usage, json_reply
from wire.http_server import HttpReply, HttpRequest


class Ollama(Dialect):
    """Chats: words in `content`, images as bare base64 beside them; errors are `{"error": "words"}`."""

    name = "ollama"
    model = "ollama_chat/llava"
    unlisted = "ollama_chat/llava"
    base_variables = ("OLLAMA_API_BASE",)

    def aside(self, request: HttpRequest) -> HttpReply | None:
        if request.path != "/api/show":
            return super().aside(request)
        details = {"family": "llama", "parameter_size": "7B", "quantization_level": "Q4_0"}
        info = {"general.architecture": "llama", "llama.context_length": 4096}
        return json_reply({"details": details, "model_info": info, "capabilities": ["completion", "vision"]})

    def read(self, request: HttpRequest) -> Asked:
        body = json.loads(request.body)
        schema = body.get("format")
        return Asked(
            model=body["model"],
            text="\n".join(self._texts(body)),
            body=body,
            path=request.path,
            query=request.query,
            headers=request.headers,
            images=tuple(base64.b64decode(image, validate=True) for image in self._images(body)),
            schema=schema if isinstance(schema, dict) else None,
        )

    def sent_key(self, asked: Asked) -> str:
        return asked.headers.get("authorization", "").removeprefix("Bearer ")

    def answer(self, text: str, *, usage: Usage = USAGE) -> HttpReply:
        return self._done(text, "stop", usage)

    def cut_off(self, text: str) -> HttpReply:
        return self._done(text, "length", USAGE)

    def unknown_model(self) -> HttpReply:
        return json_reply({"error": f"model '{self.model.split('/', 1)[1]}' not found"}, 404)

    def image_rejected(self) -> HttpReply:
        return json_reply({"error": "this model is missing data required for image input"}, 500)

    def overloaded(self) -> HttpReply:
        return json_reply({"error": "server busy, please try again.  maximum pending requests exceeded"}, 503)

    def context_too_long(self) -> HttpReply:
        return json_reply({"error": "the input length exceeds the context length"}, 400)

    def _done(self, text: str, reason: str, usage: Usage) -> HttpReply:
        body = {
            "model": self.model.split("/", 1)[1],
            "created_at": "2025-01-01T00:00:00Z",
            **self._said(text),
            "done": True,
            "done_reason": reason,
            "total_duration": 5_000_000,
            "load_duration": 1_000_000,
        }
        if usage is not None:
            body |= {"prompt_eval_count": usage[0], "eval_count": usage[1]}
        return json_reply(body)

    def _said(self, text: str) -> dict[str, Any]:
        return {"message": {"role": "assistant", "content": text}}

    def _texts(self, body: dict[str, Any]) -> list[str]:
        return [message["content"] for message in body["messages"]]

    def _images(self, body: dict[str, Any]) -> list[str]:
        return [image for message in body["messages"] for image in message.get("images") or ()]


class OllamaGenerate(Ollama):
    """Completions: one prompt, its images beside it, the words in `response`."""

    name = "ollama-generate"
    model = "ollama/llava"
    unlisted = "ollama/llava"

    def _said(self, text: str) -> dict[str, Any]:
        return {"response": text, "context": [1, 2, 3]}

    def _texts(self, body: dict[str, Any]) -> list[str]:
        return [body.get("system") or "", body["prompt"]]

    def _images(self, body: dict[str, Any]) -> list[str]:
        return body.get("images") or []


OLLAMA = Ollama()
OLLAMA_GENERATE = OllamaGenerate()
