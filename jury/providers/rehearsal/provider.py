"""`rehearsal/<character>`: scripted models, so that everything runs without a key. They prove plumbing only."""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
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


def hash_of_scripts(*places: Traversable) -> str:
    """One hash over the code and data in some files and folders, however deep: a changed script is another model."""
    scripts = sorted((found for place in places for found in _scripts(place)), key=lambda found: found[0])
    digest = hashlib.sha256()
    for _, script in scripts:
        digest.update(script.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _script_hash() -> str:
    """The hash of this room, and of the things that its authors know can be painted."""
    return hash_of_scripts(files(__package__), files("jury.painting").joinpath("things.py"))


def _scripts(place: Traversable, above: str = "") -> Iterator[tuple[str, Traversable]]:
    """The code and data in a place, by path."""
    name = f"{above}/{place.name}"
    if place.is_dir():
        for entry in place.iterdir():
            yield from _scripts(entry, name)
    elif name.endswith((".py", ".yaml")):
        yield name, place


def _prompt_tokens(messages: Messages) -> int:
    exhibits = count_parts(messages, "image_url") + count_parts(messages, "input_audio")
    return sum(_tokens(text_of(message)) for message in messages) + TOKENS_PER_EXHIBIT * exhibits


def _tokens(text: str) -> int:
    return -(-len(text) // CHARACTERS_PER_TOKEN)


PROVIDERS.add("rehearsal")(
    Provider(handler=make_handler, origin=origin, rehearsal=True, sees_images=True, hears_audio=True),
)
