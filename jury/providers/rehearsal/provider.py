"""`rehearsal/<character>`: scripted models, so that everything runs without a key. They prove plumbing only."""

import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jury.providers.registry import PROVIDERS, Provider
from jury.providers.rehearsal.characters import CHARACTERS, OutageError
from jury.providers.rehearsal.reading import Messages, count_parts, text_of
from jury.providers.response import response_of

#: Made-up token counts, so that budgets and tables have something to add up.
CHARACTERS_PER_TOKEN = 4
TOKENS_PER_EXHIBIT = 256


def origin(character: str) -> str:
    """The hash of a character's script. Raises `InputError` for an unknown character."""
    CHARACTERS.get(character)
    return hashlib.sha256(f"{_script_hash()}/{character}".encode()).hexdigest()


def make_handler() -> Any:
    """The LiteLLM handler."""
    import litellm

    class RehearsalLLM(litellm.CustomLLM):  # type: ignore[misc]
        async def acompletion(self, model: str, messages: Messages, optional_params: dict[str, Any], **_: Any) -> Any:
            try:
                text = CHARACTERS.get(model)(messages, optional_params.get("seed") or 0)
            except OutageError as outage:
                raise litellm.ServiceUnavailableError(str(outage), llm_provider="rehearsal", model=model) from outage
            return response_of(model, text, prompt_tokens=_prompt_tokens(messages), completion_tokens=_tokens(text))

    return RehearsalLLM()


@lru_cache(maxsize=1)
def _script_hash() -> str:
    """One hash over the files of this room: a changed script is a different model."""
    scripts = sorted(
        (entry for entry in files(__package__).iterdir() if entry.name.endswith((".py", ".yaml"))),
        key=lambda entry: entry.name,
    )
    digest = hashlib.sha256()
    for script in scripts:
        digest.update(script.read_bytes())
    return digest.hexdigest()


def _prompt_tokens(messages: Messages) -> int:
    exhibits = count_parts(messages, "image_url") + count_parts(messages, "input_audio")
    return sum(_tokens(text_of(message)) for message in messages) + TOKENS_PER_EXHIBIT * exhibits


def _tokens(text: str) -> int:
    return -(-len(text) // CHARACTERS_PER_TOKEN)


PROVIDERS.add("rehearsal")(
    Provider(handler=make_handler, origin=origin, rehearsal=True, sees_images=True, hears_audio=True),
)
