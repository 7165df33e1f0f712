"""Models that need no key. Each is a LiteLLM provider, so that nothing else knows the difference."""

from jury.providers import llamacpp, recorded, rehearsal
from jury.providers.registry import PROVIDERS, Provider, is_rehearsal, provider_of

__all__ = ["PROVIDERS", "Provider", "is_rehearsal", "llamacpp", "provider_of", "recorded", "rehearsal"]
