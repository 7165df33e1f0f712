"""What a juror's model takes beside words, asked of whatever makes the calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from jury.providers import provider_of


class Senses(Protocol):
    """What a model takes beside words."""

    @property
    def sees(self) -> bool:
        """Whether it takes images."""
        ...

    @property
    def hears(self) -> bool:
        """Whether it takes audio."""
        ...


@dataclass(frozen=True)
class Stated:
    """Senses as somebody states them."""

    sees: bool = True
    hears: bool = True


@runtime_checkable
class Telling(Protocol):
    """A transport that knows what its models take."""

    def able(self, model: str) -> Senses:
        """What a model takes."""
        ...


def senses_of(transport: object) -> Callable[[str], Senses]:
    """From a model to its senses; whoever the transport can't tell about is taken to see and to hear.

    So is a model that answers by the case's id: it reads no prompt, so nothing need be put into words for it.
    """
    if not isinstance(transport, Telling):
        return lambda _: Stated()
    able = transport.able

    def senses(model: str) -> Senses:
        provider = provider_of(model)
        return Stated() if provider and provider.addressed else able(model)

    return senses
