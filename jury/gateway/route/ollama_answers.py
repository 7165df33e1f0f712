"""What Ollama answers to LiteLLM's `ollama/NAME`: the one answer that LiteLLM tells no logger of."""

from functools import wraps
from typing import Any


def pass_on_answers(litellm: Any) -> None:
    """Have LiteLLM tell a call's logger what Ollama's completions answer, as it does with every other provider.

    Without that, an answer that is cut off, one that tells of no tokens and an error look like whole answers.
    """
    reading = litellm.OllamaConfig.transform_response
    if getattr(reading, "passes_on", False):
        return

    @wraps(reading)
    def transform_response(self: Any, *arguments: Any, **named: Any) -> Any:
        if "logging_obj" in named and "raw_response" in named:
            named["logging_obj"].post_call(original_response=named["raw_response"].text)
        return reading(self, *arguments, **named)

    transform_response.passes_on = True  # type: ignore[attr-defined]
    litellm.OllamaConfig.transform_response = transform_response
