"""Google's Gemini API. Its address: `api_base` http://HOST/v1beta, or GEMINI_API_BASE.

LiteLLM asks at /v1beta/models/NAME:generateContent.

https://ai.google.dev/api/generate-content, https://ai.google.dev/gemini-api/docs/safety-settings,
https://ai.google.dev/gemini-api/docs/troubleshooting, https://cloud.google.com/apis/design/errors (`RetryInfo`)
"""

import base64
import json
from typing import Any

from wire.dialect import USAGE, Asked, BlockingDialect, Usage, json_reply
from wire.http_server import HttpReply, HttpRequest

#: Where a schema may stand: of OpenAPI or of JSON, in either spelling that Google takes.
_SCHEMA = ("responseSchema", "response_schema", "responseJsonSchema", "response_json_schema")


class Gemini(BlockingDialect):
    """Contents of parts, media inline, errors of google.rpc: `{"error": {"code", "message", "status", "details"}}`."""

    name = "gemini"
    model = "gemini/gemini-2.5-flash"
    unlisted = "gemini/gemini-7.7-flash"
    hears = True
    key = "AIzaMadeUp0123456789abcdefghijklmnopqr"
    key_variable = "GEMINI_API_KEY"
    base_path = "/v1beta"
    base_variables = ("GEMINI_API_BASE",)

    def read(self, request: HttpRequest) -> Asked:
        body = json.loads(request.body)
        system = body.get("systemInstruction") or body.get("system_instruction") or {}
        parts = [*system.get("parts", ()), *(part for content in body["contents"] for part in content["parts"])]
        media = [_inline(part) for part in parts if "inlineData" in part or "inline_data" in part]
        settings = body.get("generationConfig") or {}
        return Asked(
            model=request.path.rpartition("/models/")[2].partition(":")[0],
            text="\n".join(part["text"] for part in parts if "text" in part),
            body=body,
            path=request.path,
            query=request.query,
            headers=request.headers,
            images=tuple(data for mime, data in media if mime.startswith("image/")),
            clips=tuple(data for mime, data in media if mime.startswith("audio/")),
            schema=next((settings[name] for name in _SCHEMA if name in settings), None),
        )

    def sent_key(self, asked: Asked) -> str:
        return asked.headers.get("x-goog-api-key", "") or asked.query.get("key", "")

    def answer(self, text: str, *, usage: Usage = USAGE) -> HttpReply:
        return self.candidate(text, usage=usage)

    def cut_off(self, text: str) -> HttpReply:
        return self.candidate(text, "MAX_TOKENS")

    def candidate(self, text: str, finish_reason: str = "STOP", *, usage: Usage = USAGE) -> HttpReply:
        """An answer with any reason to end; without a text, without content."""
        candidate: dict[str, Any] = {"finishReason": finish_reason, "index": 0}
        if text:
            candidate["content"] = {"role": "model", "parts": [{"text": text}]}
        return json_reply({"candidates": [candidate], **self._rest(usage)})

    def error(self, code: int, status: str, message: str, details: list[dict[str, Any]] | None = None) -> HttpReply:
        """Any error."""
        error: dict[str, Any] = {"code": code, "message": message, "status": status}
        return json_reply({"error": error | ({"details": details} if details else {})}, code)

    def wrong_key(self) -> HttpReply:
        info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
        words = "API key not valid. Please pass a valid API key."
        return self.error(400, "INVALID_ARGUMENT", words, [info | {"domain": "googleapis.com"}])

    def unknown_model(self) -> HttpReply:
        words = (
            f"models/{self.model.split('/', 1)[1]} is not found for API version v1beta, or is not supported for "
            "generateContent. Call ListModels to see the list of available models and their supported methods."
        )
        return self.error(404, "NOT_FOUND", words)

    def image_rejected(self) -> HttpReply:
        return self.error(400, "INVALID_ARGUMENT", "Image input modality is not enabled for this model")

    def audio_rejected(self) -> HttpReply:
        """The model takes no audio."""
        return self.error(400, "INVALID_ARGUMENT", "Audio input modality is not enabled for this model")

    def overloaded(self) -> HttpReply:
        return self.error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.")

    def context_too_long(self) -> HttpReply:
        words = "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."
        return self.error(400, "INVALID_ARGUMENT", words)

    def rate_limited(self, seconds: float | None = None) -> HttpReply:
        words = (
            "You exceeded your current quota, please check your plan and billing details. For more information on this "
            "error, head to: https://ai.google.dev/gemini-api/docs/rate-limits."
        )
        quota = {
            "quotaMetric": "generativelanguage.googleapis.com/generate_content_free_tier_requests",
            "quotaId": "GenerateRequestsPerMinutePerProjectPerModel-FreeTier",
            "quotaDimensions": {"location": "global", "model": "gemini-2.5-flash"},
            "quotaValue": "10",
        }
        details: list[dict[str, Any]] = [
            {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [quota]},
        ]
        if seconds is not None:
            words += f" Please retry in {seconds:g}s."
            details.append({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{seconds:g}s"})
        return self.error(429, "RESOURCE_EXHAUSTED", words, details)

    def account_empty(self) -> HttpReply:
        words = (
            "Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage your "
            "project and billing."
        )
        return self.error(429, "RESOURCE_EXHAUSTED", words)

    def prompt_blocked(self, category: str = "PROHIBITED_CONTENT") -> HttpReply:
        reason = category if category.isupper() else "SAFETY"
        rating = {"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "probability": "HIGH", "blocked": True}
        feedback = {"blockReason": reason, **({"safetyRatings": [rating]} if reason == "SAFETY" else {})}
        usage = {"promptTokenCount": 100, "totalTokenCount": 100}
        return json_reply({"promptFeedback": feedback, **self._rest(None), "usageMetadata": usage})

    def answer_blocked(self, text: str = "") -> HttpReply:
        return self.candidate(text, "SAFETY")

    def _rest(self, usage: Usage) -> dict[str, Any]:
        """What stands beside the candidates."""
        rest: dict[str, Any] = {"modelVersion": self.model.split("/", 1)[1], "responseId": "made-up"}
        if usage is not None:
            read, written = usage
            tokens = {"promptTokenCount": read, "candidatesTokenCount": written, "totalTokenCount": read + written}
            rest["usageMetadata"] = tokens
        return rest


def _inline(part: dict[str, Any]) -> tuple[str, bytes]:
    """The type and the bytes of a medium, in either spelling that Google takes."""
    inline = part.get("inlineData") or part["inline_data"]
    return inline.get("mimeType") or inline["mime_type"], base64.b64decode(inline["data"], validate=True)


GEMINI = Gemini()
