"""The params of a model that may be passed on to LiteLLM without the user's permission."""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

#: Sampling, length, form of the answer, thinking, and what providers of images and speech take. None of them names a
#: host, a file, a credential, another model or somebody who is told about the call.
ALLOWED = frozenset(
    {
        "audio",
        "background",
        "best_of",
        "chat_template_kwargs",
        "early_stopping",
        "enable_thinking",
        "frequency_penalty",
        "guided_choice",
        "guided_json",
        "guided_regex",
        "include_reasoning",
        "instructions",
        "keep_alive",
        "language",
        "length_penalty",
        "logit_bias",
        "logprobs",
        "max_completion_tokens",
        "max_pixels",
        "max_tokens",
        "media_resolution",
        "min_p",
        "min_pixels",
        "min_tokens",
        "mirostat",
        "mirostat_eta",
        "mirostat_tau",
        "mm_processor_kwargs",
        "modalities",
        "moderation",
        "num_ctx",
        "num_predict",
        "output_compression",
        "output_format",
        "parallel_tool_calls",
        "presence_penalty",
        "prompt_cache_key",
        "prompt_cache_retention",
        "quality",
        "reasoning",
        "reasoning_effort",
        "repeat_last_n",
        "repeat_penalty",
        "repetition_penalty",
        "response_format",
        "safety_settings",
        "seed",
        "service_tier",
        "size",
        "skip_special_tokens",
        "speed",
        "stop",
        "stop_token_ids",
        "style",
        "temperature",
        "tfs_z",
        "thinking",
        "thinking_budget",
        "think",
        "top_a",
        "top_k",
        "top_logprobs",
        "top_p",
        "truncate_prompt_tokens",
        "typical_p",
        "verbosity",
        "voice",
    }
)

#: The param that goes into the body of the request as it is: what stands in it is held to the same list.
_BODY = "extra_body"

#: How LiteLLM is told to put a variable of the environment in the place of a value.
_EXPANDED = "os.environ/"


def refused_param(params: Mapping[str, JsonValue]) -> str | None:
    """The first param that needs permission, None where none does; `extra_body.NAME` for one inside the body.

    A value that LiteLLM would replace by a variable of the environment needs it too, however deep it is nested.
    """
    body = params.get(_BODY)
    for name in params:
        if name != _BODY and name not in ALLOWED:
            return name
    if body is not None:
        if not isinstance(body, Mapping):
            return _BODY
        for name in body:
            if name not in ALLOWED:
                return f"{_BODY}.{name}"
    return next((name for name, value in params.items() if any(_EXPANDED in text for text in _texts(value))), None)


def _texts(value: JsonValue) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(name)
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)
