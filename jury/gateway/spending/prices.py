"""What a model asks per token: as a person states it, nothing on this machine, as LiteLLM lists it, or unknown.

LiteLLM prices many models at 0 that it knows nothing of: every name that fits one of its patterns, and some that it
lists. So 0 is a price only where a person states it or where the model runs on this machine.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from jury.gateway.spending.local_servers import is_local, serves_locally
from jury.records import Endpoint, ModelFacts


@dataclass(frozen=True)
class Price:
    """US dollars per token, in and out.

    One that is `listed` leaves out what LiteLLM's list says besides: cached tokens, audio, longer prompts.
    """

    input: float
    output: float
    listed: bool = field(default=False, compare=False)

    @property
    def is_free(self) -> bool:
        """Whether no number of tokens costs anything."""
        return self.input == self.output == 0

    def of(self, input_tokens: float, output_tokens: float) -> float:
        """US dollars for so many tokens."""
        return self.input * input_tokens + self.output * output_tokens


FREE = Price(0.0, 0.0)


class PriceOf(Protocol):
    """From a model at an address to its price, None where that is unknown."""

    def __call__(self, model: str, api_base: str | None = None, /) -> Price | None:
        """The price."""
        ...


def prices(facts: Mapping[str, ModelFacts] | None = None) -> PriceOf:
    """The prices of all models: stated ones outweigh all others, what runs on this machine is free."""
    stated = {model: _stated(fact) for model, fact in (facts or {}).items()}

    def price_of(model: str, api_base: str | None = None, /) -> Price | None:
        said = stated.get(model)
        if said is not None:
            return said
        return FREE if is_local((model, api_base)) else _listed(model)

    return price_of


def dearest(price_of: PriceOf, endpoints: Iterable[Endpoint]) -> Price | None:
    """The price of a model that is asked at several addresses: each part the highest; None where one of them is unknown.

    Raises `ValueError` for no address.
    """
    found = [price_of(*endpoint) for endpoint in endpoints]
    known = [price for price in found if price is not None]
    if len(known) < len(found):
        return None
    return Price(max(one.input for one in known), max(one.output for one in known))


def is_listed(model: str) -> bool:
    """Whether LiteLLM's list has a price of a model."""
    return _listed(model) is not None


def _stated(facts: ModelFacts) -> Price | None:
    if facts.input_cost_per_token is None or facts.output_cost_per_token is None:
        return None
    return Price(facts.input_cost_per_token, facts.output_cost_per_token)


@lru_cache(maxsize=256)
def _listed(model: str) -> Price | None:
    import litellm

    if serves_locally(model):
        return None  # LiteLLM lists none, and would ask the server
    try:
        info = litellm.get_model_info(model)
    except Exception:
        return None
    asked, said = info.get("input_cost_per_token") or 0.0, info.get("output_cost_per_token") or 0.0
    return Price(float(asked), float(said), listed=True) if asked or said else None
