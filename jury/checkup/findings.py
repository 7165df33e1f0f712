"""What can be wrong with a model, told apart, each with what to do about it."""

import re
from dataclasses import dataclass
from typing import Literal

from jury.gateway.transport import TOO_MANY_REQUESTS, Trouble
from jury.records import Cause, CauseKind
from jury.secrets import scrubbed

Ailment = Literal[
    "no_key",
    "wrong_key",
    "no_credit",
    "unreachable",
    "wrong_address",
    "unknown_model",
    "rate_limited",
    "refused",
    "cut_off",
    "context_too_long",
    "failed",
    "no_structured_output",
    "no_vision",
    "no_audio",
]

#: What lies between us and the model, in the account or in the settings: nothing that an exhibit is to blame for.
NO_FAULT_OF_THE_EXHIBIT: frozenset[Ailment] = frozenset(
    {"wrong_key", "no_credit", "unreachable", "wrong_address", "unknown_model", "rate_limited", "refused", "cut_off"}
)

ADVICE: dict[Ailment, str] = {
    "no_key": "set the missing variable in the environment or in .env",
    "wrong_key": "replace the key by one that is valid and may use this model",
    "no_credit": "add credit to the account or raise its limit; waiting does not help",
    "unreachable": "check that the server is up, and its address and the network",
    "wrong_address": "correct api_base, which for an OpenAI-compatible server ends with /v1",
    "unknown_model": "correct the model's name, provider first as in openai/gpt-4o",
    "rate_limited": "wait, state lower --limits, or raise the account's quota",
    "refused": "seat another model, since this one turns down even a harmless question",
    "cut_off": "raise its max_tokens, or state its reasoning_reserve in --models",
    "context_too_long": "serve it with a longer context, lower its max_tokens, or seat another model",
    "failed": "read what the server said, then mend it there or seat another model",
    "no_structured_output": "seat another model, or state `structured: instruction` for it in --models",
    "no_vision": "seat a model that sees, or state truly in --models whether this one does (`sees: …`)",
    "no_audio": "seat a model that hears, or state truly in --models whether this one does (`hears: …`)",
}

_BY_KIND: dict[CauseKind, Ailment] = {
    "timeout": "unreachable",
    "refused": "refused",
    "cut_off": "cut_off",
    "unreadable": "no_structured_output",
    "exhibit": "failed",
}

#: What lies with the account or the address, as the gateway tells it apart.
_BY_TROUBLE: dict[Trouble, Ailment] = {
    "key": "wrong_key",
    "credit": "no_credit",
    "access": "wrong_key",
    "model": "unknown_model",
    "server": "unreachable",
    "address": "wrong_address",
}

_BY_STATUS: dict[int, Ailment] = {
    401: "wrong_key",
    403: "wrong_key",
    404: "unknown_model",
    408: "unreachable",
    TOO_MANY_REQUESTS: "rate_limited",
}

#: LiteLLM's names for failures, for where no status is known.
_BY_NAME: dict[str, Ailment] = {
    "AuthenticationError": "wrong_key",
    "PermissionDeniedError": "wrong_key",
    "NotFoundError": "unknown_model",
    "RateLimitError": "rate_limited",
}

#: LiteLLM gives connections that never came about the status 500; only the words tell.
_NO_CONNECTION = re.compile(
    r"cannot connect|connection error|connect call failed|connection (?:refused|reset|aborted)|server disconnected"
    r"|name or service not known|getaddrinfo|all connection attempts failed",
    re.IGNORECASE,
)

#: How servers say that a question is longer than the model's context.
_TOO_LONG = re.compile(
    r"context[_ ]length|maximum context|context window|prompt is too long|input length exceeds|max_model_len"
    r"|token count .{0,40}exceeds|too many (?:input )?tokens|exceeds? the (?:model'?s )?(?:maximum )?context",
    re.IGNORECASE,
)

_NO_SUCH_MODEL = re.compile(r"LLM Provider NOT provided|model_not_found|model\b.{0,60}\bdoes not exist", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a model; `detail` is what was seen, free of secrets, in words that may not be ours."""

    kind: Ailment
    detail: str

    @property
    def advice(self) -> str:
        """What to do about it, in one clause."""
        return ADVICE[self.kind]


def found(kind: Ailment, detail: str) -> Finding:
    """A finding whose detail is free of secrets."""
    return Finding(kind, scrubbed(detail))


def diagnosed(cause: Cause, status: int | None, trouble: Trouble | None = None) -> Ailment:
    """What a failed call's cause amounts to; `status` is HTTP's, as LiteLLM gives it, None if there was none.

    `trouble` is what the gateway made of it. A cause of kind `error` begins with the name of LiteLLM's exception: this is the one place that reads it, and only
    for what the status leaves open.
    """
    if cause.kind in _BY_KIND:
        return _BY_KIND[cause.kind]
    if trouble is not None:
        return _BY_TROUBLE[trouble]
    if status != TOO_MANY_REQUESTS and _TOO_LONG.search(cause.detail):
        return "context_too_long"
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    return _by_words(cause.detail)


def _by_words(detail: str) -> Ailment:
    name = detail.partition(":")[0]
    if name in _BY_NAME:
        return _BY_NAME[name]
    if _NO_CONNECTION.search(detail):
        return "unreachable"
    return "unknown_model" if _NO_SUCH_MODEL.search(detail) else "failed"
