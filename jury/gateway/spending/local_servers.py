"""Which models run on this machine, so that nobody is paid for their tokens."""

import os
from collections.abc import Mapping

from jury.providers import provider_of
from jury.records import Endpoint
from jury.trust.bases import is_loopback

#: LiteLLM's providers for servers of one's own: the variable that names such a server, and where LiteLLM looks for one else.
_SERVERS: Mapping[str, tuple[str, str]] = {
    "hosted_vllm": ("HOSTED_VLLM_API_BASE", ""),
    "ollama": ("OLLAMA_API_BASE", "http://localhost:11434"),
    "ollama_chat": ("OLLAMA_API_BASE", "http://localhost:11434"),
    "lm_studio": ("LM_STUDIO_API_BASE", ""),
    "llamafile": ("LLAMAFILE_API_BASE", "http://127.0.0.1:8080/v1"),
    "lemonade": ("LEMONADE_API_BASE", "http://localhost:8000/api/v1"),
    "docker_model_runner": ("DOCKER_MODEL_RUNNER_API_BASE", "http://localhost:22088/engines/llama.cpp"),
}

#: Further providers without an address of their own, and the variable that names one.
_ADDRESSED: Mapping[str, str] = {
    "azure": "AZURE_API_BASE",
    "azure_ai": "AZURE_AI_API_BASE",
    "custom_openai": "OPENAI_API_BASE",
    "litellm_proxy": "LITELLM_PROXY_API_BASE",
    "openai_like": "OPENAI_LIKE_API_BASE",
}

#: How Ollama names models that it passes on to its company's own machines.
_ELSEWHERE = ("-cloud", ":cloud")


def is_local(endpoint: Endpoint) -> bool:
    """Whether a model runs on this machine: one of our own, or behind a server of one's own on a loopback address.

    A model `openai/NAME` at such an address is not: what listens there may be a gateway to somebody who bills.
    """
    model, api_base = endpoint
    if provider_of(model) is not None:
        return True
    if not serves_locally(model) or model.endswith(_ELSEWHERE):
        return False
    variable, usual = _SERVERS[_provider(model)]
    return is_loopback(api_base or os.environ.get(variable) or usual)


def serves_locally(model: str) -> bool:
    """Whether a model is behind a server of one's own, wherever that is."""
    return _provider(model) in _SERVERS


def usual_address(model: str) -> str:
    """Where LiteLLM looks for the server behind a model where nothing else is said; empty where it looks nowhere."""
    return _SERVERS.get(_provider(model), ("", ""))[1]


def missing_address(endpoint: Endpoint) -> str | None:
    """The variable that would say where a model is served, where nothing says it; None for a model whose address is known.

    LiteLLM would ask OpenAI instead.
    """
    model, api_base = endpoint
    provider = _provider(model)
    variable, usual = _SERVERS.get(provider, (_ADDRESSED.get(provider, ""), ""))
    unknown = bool(variable) and not (api_base or usual or os.environ.get(variable))
    return variable if unknown else None


def _provider(model: str) -> str:
    return model.partition("/")[0]
