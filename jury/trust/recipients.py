"""Who gets requests and keys: named before the first call."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jury.gateway.spending.local_servers import usual_address
from jury.providers import provider_of
from jury.records import Endpoint
from jury.trust.bases import OWN_HOSTS, host_of, port_of

#: Variables of keys that are not called PROVIDER_API_KEY.
_KEYS: dict[str, tuple[str, ...]] = {
    "azure": ("AZURE_API_KEY", "AZURE_AD_TOKEN", "AZURE_CLIENT_SECRET"),
    "bedrock": ("AWS_BEARER_TOKEN_BEDROCK", "AWS_ACCESS_KEY_ID"),
    "dashscope": ("DASHSCOPE_API_KEY",),
    "fireworks_ai": ("FIREWORKS_API_KEY", "FIREWORKS_AI_API_KEY", "FIREWORKSAI_API_KEY"),
    "gemini": ("GEMINI_API_KEY", "GOOGLE_API_KEY"),
    "huggingface": ("HUGGINGFACE_API_KEY", "HF_TOKEN"),
    "together_ai": ("TOGETHERAI_API_KEY", "TOGETHER_API_KEY", "TOGETHER_AI_API_KEY"),
    "vertex_ai": ("GOOGLE_APPLICATION_CREDENTIALS",),
}

#: Variables that state a provider's base URL.
_BASES: dict[str, tuple[str, ...]] = {
    "openai": ("OPENAI_BASE_URL", "OPENAI_API_BASE"),
    "anthropic": ("ANTHROPIC_API_BASE", "ANTHROPIC_BASE_URL"),
    "azure": ("AZURE_API_BASE",),
}


@dataclass(frozen=True)
class Recipient:
    """A host that is called, the models asked there, and the variables whose keys go there."""

    host: str
    models: tuple[str, ...]
    keys: tuple[str, ...]

    @property
    def words(self) -> str:
        """The host and the variables of its keys, for people."""
        return f"{self.host} ({', '.join(self.keys)})" if self.keys else f"{self.host} (no key)"


def recipients_of(endpoints: Iterable[Endpoint]) -> tuple[Recipient, ...]:
    """Every host that models are called at, sorted; models that run in this process are called nowhere."""
    found: dict[str, list[str]] = {}
    for model, base in endpoints:
        if provider_of(model) is None:
            found.setdefault(_host(model, base), []).append(model)
    return tuple(
        Recipient(host, tuple(dict.fromkeys(models)), tuple(dict.fromkeys(key for one in models for key in _keys(one))))
        for host, models in sorted(found.items())
    )


def _host(model: str, base: str | None) -> str:
    provider = _provider(model)
    for url in filter(None, (base, *_stated(provider), usual_address(model))):
        port = port_of(url)
        return f"{host_of(url)}:{port}" if port else host_of(url)
    if provider == "bedrock":
        region = next(
            filter(None, map(os.environ.get, ("AWS_REGION_NAME", "AWS_REGION", "AWS_DEFAULT_REGION"))), "REGION"
        )
        return f"bedrock-runtime.{region}.amazonaws.com"
    if provider == "vertex_ai":
        place = next(filter(None, map(os.environ.get, ("VERTEXAI_LOCATION", "VERTEX_LOCATION"))), "us-central1")
        return "aiplatform.googleapis.com" if place == "global" else f"{place}-aiplatform.googleapis.com"
    return OWN_HOSTS[provider][0] if provider in OWN_HOSTS else f"the host that LiteLLM knows for {provider}"


def _stated(provider: str) -> Iterator[str | None]:
    for variable in _BASES.get(provider, (f"{provider.upper()}_API_BASE", f"{provider.upper()}_BASE_URL")):
        yield os.environ.get(variable)


def _keys(model: str) -> Iterator[str]:
    provider = _provider(model)
    for variable in _KEYS.get(provider, (f"{provider.upper()}_API_KEY",)):
        if os.environ.get(variable):
            yield variable


def _provider(model: str) -> str:
    if "/" in model:
        return model.partition("/")[0].lower()
    return "anthropic" if model.startswith("claude") else "gemini" if model.startswith("gemini") else "openai"
