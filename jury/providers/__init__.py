"""Models that need no key. Each is a LiteLLM provider, so that nothing else knows the difference."""

from jury.providers.registry import PROVIDERS, Provider, check_maker, is_rehearsal, only_makes, provider_of, told
from jury.registry import import_folder

__all__ = ["PROVIDERS", "Provider", "check_maker", "is_rehearsal", "only_makes", "provider_of", "told"]

import_folder(__name__, __path__)
