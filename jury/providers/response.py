"""A model's words in the shape LiteLLM gives answers: what all our own providers return."""

from typing import Any


def response_of(
    model: str, text: str, *, prompt_tokens: int = 0, completion_tokens: int = 0, finish_reason: str = "stop"
) -> Any:
    """A `litellm.ModelResponse` with one choice. Needs LiteLLM, so it is called from handlers only."""
    import litellm

    return litellm.ModelResponse(
        model=model,
        choices=[{"message": {"role": "assistant", "content": text}, "finish_reason": finish_reason}],
        usage={
            "prompt_tokens": prompt_tokens,
            "completion_tokens": completion_tokens,
            "total_tokens": prompt_tokens + completion_tokens,
        },
    )
