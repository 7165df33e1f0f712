"""Anthropic's messages. Its address: `api_base` http://HOST, or ANTHROPIC_API_BASE, or ANTHROPIC_BASE_URL.

https://docs.anthropic.com/en/api/messages, https://docs.anthropic.com/en/api/errors,
https://docs.anthropic.com/en/api/rate-limits,
https://docs.anthropic.com/en/docs/test-and-evaluate/strengthen-guardrails/handle-streaming-refusals
"""

import base64
import json
from typing import Any

from wire.dialect import USAGE, Asked, BlockingDialect, Usage, json_reply
from wire.http_server import HttpReply, HttpRequest


class Anthropic(BlockingDialect):
    """Content is a list of blocks, images are blocks of base64, errors are `{"type": "error", "error": {…}}`."""

    name = "anthropic"
    model = "anthropic/claude-sonnet-4-5"
    unlisted = "anthropic/claude-77-sonnet"
    key = "sk-ant-made-up-0123456789abcdef"
    key_variable = "ANTHROPIC_API_KEY"
    base_variables = ("ANTHROPIC_API_BASE", "ANTHROPIC_BASE_URL")

    def read(self, request: HttpRequest) -> Asked:
        body = json.loads(request.body)
        blocks = [
            *_blocks(body.get("system")),
            *(block for one in body["messages"] for block in _blocks(one["content"])),
        ]
        form = (body.get("output_config") or {}).get("format") or body.get("output_format") or {}
        forced = _forced_tool(body)
        return Asked(
            model=body["model"],
            text="\n".join(block["text"] for block in blocks if block["type"] == "text"),
            body=body,
            path=request.path,
            query=request.query,
            headers=request.headers,
            images=tuple(
                base64.b64decode(block["source"]["data"], validate=True) for block in blocks if block["type"] == "image"
            ),
            schema=form.get("schema") or (forced["input_schema"] if forced else None),
        )

    def sent_key(self, asked: Asked) -> str:
        return asked.headers.get("x-api-key", "")

    def answer_to(self, asked: Asked, text: str) -> HttpReply:
        """Where a tool must be used, the answer is what it is used with."""
        forced = _forced_tool(asked.body)
        if forced is None:
            return self.answer(text)
        use = {"type": "tool_use", "id": "toolu_made_up", "name": forced["name"], "input": json.loads(text)}
        return self.message([use], "tool_use")

    def answer(self, text: str, *, usage: Usage = USAGE) -> HttpReply:
        return self.message([{"type": "text", "text": text}], usage=usage)

    def cut_off(self, text: str) -> HttpReply:
        return self.message([{"type": "text", "text": text}], "max_tokens")

    def message(
        self, content: list[dict[str, Any]], stop_reason: str = "end_turn", *, usage: Usage = USAGE, **fields: Any
    ) -> HttpReply:
        """An answer of any blocks."""
        body: dict[str, Any] = {
            "id": "msg_made_up",
            "type": "message",
            "role": "assistant",
            "model": self.model.split("/", 1)[1],
            "content": content,
            "stop_reason": stop_reason,
            "stop_sequence": None,
            **fields,
        }
        if usage is not None:
            body["usage"] = {"input_tokens": usage[0], "output_tokens": usage[1]}
        return json_reply(body)

    def error(self, status: int, kind: str, message: str, headers: dict[str, str] | None = None) -> HttpReply:
        """Any error."""
        body = {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_made_up"}
        return json_reply(body, status, headers)

    def wrong_key(self) -> HttpReply:
        return self.error(401, "authentication_error", "invalid x-api-key")

    def unknown_model(self) -> HttpReply:
        return self.error(404, "not_found_error", f"model: {self.model.split('/', 1)[1]}")

    def image_rejected(self) -> HttpReply:
        words = "messages.0.content.1: image content blocks are not supported by this model"
        return self.error(400, "invalid_request_error", words)

    def overloaded(self) -> HttpReply:
        return self.error(529, "overloaded_error", "Overloaded")

    def context_too_long(self) -> HttpReply:
        return self.error(400, "invalid_request_error", "prompt is too long: 208310 tokens > 200000 maximum")

    def rate_limited(self, seconds: float | None = None) -> HttpReply:
        words = "This request would exceed your organization's rate limit of 50 requests per minute."
        headers = {"anthropic-ratelimit-requests-limit": "50", "anthropic-ratelimit-requests-remaining": "0"}
        if seconds is not None:
            headers["retry-after"] = f"{seconds:g}"
        return self.error(429, "rate_limit_error", words, headers)

    def account_empty(self) -> HttpReply:
        words = (
            "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or "
            "purchase credits."
        )
        return self.error(400, "invalid_request_error", words)

    def prompt_blocked(self, category: str = "violence") -> HttpReply:
        return self.refusal(category)

    def refusal(self, category: str | None = None, explanation: str | None = None) -> HttpReply:
        """An answer that a classifier stopped before it began; without a category there are no details of it."""
        details = {"type": "refusal", "category": category, "explanation": explanation}
        return self.message([], "refusal", **({"stop_details": details} if category else {}))

    def answer_blocked(self, text: str = "") -> HttpReply:
        if text:
            return self.message([{"type": "text", "text": text}], "refusal")
        return self.error(400, "invalid_request_error", "Output blocked by content filtering policy")


def _blocks(content: Any) -> list[dict[str, Any]]:
    return [{"type": "text", "text": content}] if isinstance(content, str) else list(content or ())


def _forced_tool(body: dict[str, Any]) -> dict[str, Any] | None:
    """The tool that the answer must use: how LiteLLM asks models for JSON that take no schema."""
    name = (body.get("tool_choice") or {}).get("name")
    return next((tool for tool in body.get("tools") or () if tool["name"] == name), None)


ANTHROPIC = Anthropic()
