"""Settings that a model does not take: learned from its server's refusal, then sent under another name or left out."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from jury.gateway.route.provider_reply import ProviderReply
from jury.records import Endpoint, Request, Setting

#: HTTP statuses under which servers turn down a setting.
_STATUSES = frozenset({400, 422})

#: Codes that go with the setting's name in `param`. OpenAI: https://platform.openai.com/docs/guides/reasoning
_CODES = frozenset({"unsupported_parameter", "unsupported_value", "unknown_parameter"})

_NOT_TAKEN = (
    r"not supported|unsupported|does not support|doesn't support|deprecated|only the default|not permitted|not allowed"
    r"|only 1 is allowed|may only be set|must be (?:1\b|unset|omitted)|can(?:not|'t) be (?:set|specified|used)"
)
_QUOTE = r"['\"`]?"

#: How servers say it in words, `{it}` being a setting's name. A value out of range is no such thing.
_WORDS = (
    rf"{_QUOTE}\b{{it}}\b{_QUOTE}[^.]{{{{0,60}}}}?(?:{_NOT_TAKEN})",
    rf"(?:unsupported|unknown|unrecognized|unexpected) (?:parameter|argument|value|field)s?:? {_QUOTE}{{it}}\b",
)
_REJECTED: Mapping[Setting, re.Pattern[str]] = {
    setting: re.compile("|".join(one.format(it=setting) for one in _WORDS), re.IGNORECASE)
    for setting in ("temperature", "max_tokens", "seed")
}

#: What each setting may be called in a provider's form.
_SPELLINGS: Mapping[Setting, frozenset[str]] = {
    "temperature": frozenset({"temperature"}),
    "max_tokens": frozenset(
        {
            "max_tokens", "max_completion_tokens", "max_output_tokens", "maxOutputTokens", "maxTokens", "max_new_tokens",
            "max_gen_len", "max_length", "max_tokens_to_sample", "maxTokenCount", "num_predict", "n_predict",
        }
    ),
    "seed": frozenset({"seed", "random_seed"}),
}  # fmt: skip


class ParameterFallback:
    """Remembers, for as long as the process works with this transport, which settings a model at an address refuses."""

    def __init__(self) -> None:
        self._refused: dict[Endpoint, set[Setting]] = {}

    def refuses(self, endpoint: Endpoint, setting: Setting) -> bool:
        """Whether a server is known to refuse a setting."""
        return setting in self._refused.get(endpoint, ())

    def learn(self, endpoint: Endpoint, setting: Setting) -> None:
        """Note that a server refuses a setting."""
        self._refused.setdefault(endpoint, set()).add(setting)

    def fitted(self, endpoint: Endpoint, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """LiteLLM's arguments as this server takes them: its `max_tokens` may be `max_completion_tokens`."""
        refused = self._refused.get(endpoint, set())
        fitting = {name: value for name, value in arguments.items() if name not in refused}
        if "max_tokens" in refused and "max_tokens" in arguments:
            fitting["max_completion_tokens"] = arguments["max_tokens"]
        return fitting


def rejected_setting(reply: ProviderReply, request: Request) -> Setting | None:
    """The setting of a request that its server says it does not take; None where it says no such thing."""
    if reply.error_status not in _STATUSES:
        return None
    asked = asked_settings(request)
    for error in reply.errors:
        if error.get("code") in _CODES and error.get("param") in asked:
            return next(setting for setting in asked if setting == error["param"])
    said = "\n".join(reply.messages)
    return next((setting for setting in asked if _REJECTED[setting].search(said)), None)


def unsent_settings(request: Request, sent: Collection[str]) -> tuple[Setting, ...]:
    """The settings of a request that were not sent; `sent` are the names in the body that was."""
    return tuple(setting for setting in asked_settings(request) if _SPELLINGS[setting].isdisjoint(sent))


def asked_settings(request: Request) -> tuple[Setting, ...]:
    """The settings that a request states."""
    stated: Mapping[Setting, Any] = {
        "temperature": request.temperature,
        "max_tokens": request.max_tokens,
        "seed": request.seed,
    }
    return tuple(setting for setting, value in stated.items() if value is not None)
