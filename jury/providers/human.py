"""`human/<name>`: a person on the panel. Nobody can call them: whoever holds the trial asks, and enters what they say."""

import hashlib
from typing import Any

from jury.errors import InputError
from jury.providers.registry import PROVIDERS, Provider
from jury.records import Jury

NAME = "human"


def is_human(model: str) -> bool:
    """Whether a model's name is that of a person."""
    return model.startswith(f"{NAME}/")


def people_on(jury: Jury) -> tuple[str, ...]:
    """The models' names of the people on a panel."""
    return tuple(juror.model for juror in jury.panel.everybody if is_human(juror.model))


def origin(name: str) -> str:
    """The hash of the person's name. Raises `InputError` for none."""
    if not name.strip():
        raise InputError("a person on the panel has no name; write human/NAME")
    return hashlib.sha256(name.encode()).hexdigest()


def make_handler() -> Any:
    """The LiteLLM handler for what a person can't be asked: to speak in a forum, or for the verdict's reasoning."""
    import litellm

    class HumanLLM(litellm.CustomLLM):  # type: ignore[misc]
        async def acompletion(self, model: str, **_: Any) -> Any:
            message = "a person is asked for ballots only"
            raise litellm.NotFoundError(message, model=model, llm_provider=NAME)

    return HumanLLM()


PROVIDERS.add(NAME)(Provider(handler=make_handler, origin=origin, repairable=False, sees_images=True, hears_audio=True))
