"""What the gateway has to know about a provider of our own, and where it finds it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jury.errors import InputError
from jury.records import Request, Rubric
from jury.registry import Registry


@dataclass(frozen=True)
class Provider:
    """An offline provider: `<name>/<model>` goes to its LiteLLM handler.

    `handler` makes the `litellm.CustomLLM` (called once, on first use, so that LiteLLM is imported late).
    `origin` gives the hash of the file or character behind a model name (without the provider prefix); it is
    part of the ledger's key, so that a changed file is asked anew. It raises `InputError` for an unknown model.
    `makes` paints or speaks: it gets a model name without its prefix and a request, runs in a thread of its own, and
    gives the encoded bytes, the same for the same request; it raises `InputError` or `ValueError` for what can't be made.
    A provider that only makes has no `handler`. `takes` names the params that one of its makers wants to be told beside the
    words, where they are known: `text`, the request that an image is of; `caption`, its subject; `language`.
    `addressed` providers answer by the case's id, which then travels as the parameter `item`; `briefed` ones read no prompt
    but exhibits and rubric as plain values, the parameter `brief`. `fits` raises `InputError` for a model that can't fill in
    a rubric's ballot.
    """

    handler: Callable[[], Any] | None
    origin: Callable[[str], str]
    makes: Callable[[str, Request], bytes] | None = None
    takes: Callable[[str], tuple[str, ...]] = lambda _: ()
    fits: Callable[[str, Rubric], None] = lambda _model, _rubric: None
    addressed: bool = False
    briefed: bool = False
    repairable: bool = True
    rehearsal: bool = False
    sees_images: bool = False
    hears_audio: bool = False
    parallel: int | None = None


PROVIDERS: Registry[Provider] = Registry("provider")


def provider_of(model: str) -> Provider | None:
    """The offline provider of a model name such as `rehearsal/strict`, None for LiteLLM's own."""
    name = model.split("/", 1)[0]
    return PROVIDERS.get(name) if name in PROVIDERS else None


def only_makes(model: str) -> bool:
    """Whether a model paints or speaks and answers nothing in words."""
    provider = provider_of(model)
    return provider is not None and provider.handler is None


def check_maker(model: str) -> None:
    """Raise `InputError` for an offline model that is not there or makes nothing."""
    provider = provider_of(model)
    if provider is None:
        return
    provider.origin(model.partition("/")[2])
    if provider.makes is None:
        raise InputError(f"model {model!r} makes no images or clips; name one that does")


def told(request: Request, **known: str) -> Request:
    """A request to make something, with what its maker takes of what is known; what its params state already stays.

    A model that is not ours is told nothing: it may not know the params, and has all it needs in the words.
    """
    provider = provider_of(request.model)
    if provider is None:
        return request
    takes = provider.takes(request.model.partition("/")[2])
    return request.but(params={**{name: known[name] for name in takes if name in known}, **request.params})


def is_rehearsal(model: str) -> bool:
    """Whether a model is scripted, so that whatever it takes part in must be labelled."""
    provider = provider_of(model)
    return provider is not None and provider.rehearsal
