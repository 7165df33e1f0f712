"""Models that need no key. Each is a LiteLLM provider, so that nothing else knows the difference."""
