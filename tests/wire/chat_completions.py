"""OpenAI's chat completions, which OpenAI, Azure, OpenRouter and vLLM speak, each with errors of its own.

https://platform.openai.com/docs/api-reference/chat
"""

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any

from wire.dialect import USAGE, Asked, Dialect, Usage, json_reply
from wire.http_server import HttpReply, HttpRequest


class ChatCompletions(Dialect):
    """Requests and answers of chat completions."""

    hears = True

    def read(self, request: HttpRequest) -> Asked:
        body = json.loads(request.body)
        parts = list(_parts(body["messages"]))
        return Asked(
            model=body["model"],
            text="\n".join(part["text"] for part in parts if part["type"] == "text"),
            body=body,
            path=request.path,
            query=request.query,
            headers=request.headers,
            images=tuple(_data(part["image_url"]["url"]) for part in parts if part["type"] == "image_url"),
            clips=tuple(_data(part["input_audio"]["data"]) for part in parts if part["type"] == "input_audio"),
            schema=((body.get("response_format") or {}).get("json_schema") or {}).get("schema"),
        )

    def sent_key(self, asked: Asked) -> str:
        return asked.headers.get("authorization", "").removeprefix("Bearer ")

    def answer(self, text: str, *, usage: Usage = USAGE) -> HttpReply:
        return self.choice({"content": text}, usage=usage)

    def cut_off(self, text: str) -> HttpReply:
        return self.choice({"content": text}, "length")

    def choice(
        self, message: Mapping[str, Any], finish_reason: str = "stop", *, usage: Usage = USAGE, **fields: Any
    ) -> HttpReply:
        """An answer with any message; `fields` stand beside its choices."""
        return json_reply(self.completion(message, finish_reason, usage=usage) | fields)

    def completion(
        self, message: Mapping[str, Any], finish_reason: str = "stop", *, usage: Usage = USAGE
    ) -> dict[str, Any]:
        """The body of an answer."""
        said = {"role": "assistant", "content": None, "refusal": None, **message}
        choice = {"index": 0, "message": said, "logprobs": None, "finish_reason": finish_reason}
        body: dict[str, Any] = {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": self.model.split("/", 1)[1],
            "choices": [choice],
        }
        if usage is not None:
            read, written = usage
            body["usage"] = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
        return body

    def content_parts(self, *texts: str) -> HttpReply:
        """An answer whose content is a list of parts, as some servers of this form send it."""
        return self.choice({"content": [{"type": "text", "text": text} for text in texts]})

    def tool_calls_only(self) -> HttpReply:
        """An answer without words: the model called a tool that nobody offered."""
        call = {"id": "call_1", "type": "function", "function": {"name": "search", "arguments": "{}"}}
        return self.choice({"content": None, "tool_calls": [call]}, "tool_calls")


def _parts(messages: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for message in messages:
        content = message["content"]
        yield from [{"type": "text", "text": content}] if isinstance(content, str) else content or ()


def _data(encoded: str) -> bytes:
    """The bytes of base64, with or without the head of a data URL."""
    return base64.b64decode(encoded.rpartition(",")[2], validate=True)
