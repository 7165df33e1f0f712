"""Models that need no key. Each is a LiteLLM provider, so that nothing else knows the difference."""

from jury.providers.registry import PROVIDERS, Provider, is_rehearsal, provider_of
from jury.registry import import_folder

__all__ = ["PROVIDERS", "Provider", "is_rehearsal", "provider_of"]

import_folder(__name__, __path__)
