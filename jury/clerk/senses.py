"""What a juror's model takes beside words, asked of whatever makes the calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from jury.providers import provider_of
from jury.records import MediaKind


class Senses(Protocol):
    """What a model takes beside words; None where nobody knows: it is sent exhibits, and its server's answer tells."""

    @property
    def sees(self) -> bool | None:
        """Whether it takes images."""
        ...

    @property
    def hears(self) -> bool | None:
        """Whether it takes audio."""
        ...


#: From a model, and its API's address where it has one of its own, to its senses.
SensesOf = Callable[[str, str | None], Senses]


@dataclass(frozen=True)
class Stated:
    """Senses as somebody states them."""

    sees: bool | None = True
    hears: bool | None = True


@runtime_checkable
class Telling(Protocol):
    """A transport that knows what its models take."""

    def able(self, model: str, api_base: str | None = None) -> Senses:
        """What a model takes, at the address of its API."""
        ...


def takes(senses: Senses, kind: MediaKind) -> bool:
    """Whether exhibits of a kind are sent to whoever has such senses."""
    return (senses.sees if kind == "image" else senses.hears) is not False


def senses_of(transport: object) -> SensesOf:
    """From a model to its senses; whoever the transport can't tell about is taken to see and to hear.

    So is a model that answers by the case's id: it reads no prompt, so nothing need be put into words for it.
    """
    if not isinstance(transport, Telling):
        return lambda _model, _api_base: Stated()
    able = transport.able

    def senses(model: str, api_base: str | None) -> Senses:
        provider = provider_of(model)
        return Stated() if provider and provider.addressed else able(model, api_base)

    return senses
