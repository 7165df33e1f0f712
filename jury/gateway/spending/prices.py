"""What a model asks per token: as a person states it, as LiteLLM's local price list has it, or unknown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from jury.gateway.route.abilities import is_introduced
from jury.providers import provider_of
from jury.records import ModelFacts


@dataclass(frozen=True)
class Price:
    """US dollars per token, in and out."""

    input: float
    output: float

    def of(self, input_tokens: float, output_tokens: float) -> float:
        """US dollars for so many tokens."""
        return self.input * input_tokens + self.output * output_tokens


FREE = Price(0.0, 0.0)

#: From a model to its price, None where that is unknown.
PriceOf = Callable[[str], Price | None]


def prices(facts: Mapping[str, ModelFacts] | None = None) -> PriceOf:
    """The prices of all models: offline ones are free, stated ones outweigh listed ones, the rest is unknown."""
    stated = {model: _stated(fact) for model, fact in (facts or {}).items()}
    return lambda model: stated.get(model) or (FREE if provider_of(model) else _listed(model))


def _stated(facts: ModelFacts) -> Price | None:
    if facts.input_cost_per_token is None or facts.output_cost_per_token is None:
        return None
    return Price(facts.input_cost_per_token, facts.output_cost_per_token)


@lru_cache(maxsize=256)
def _listed(model: str) -> Price | None:
    import litellm

    if is_introduced(litellm, model):
        return None
    try:
        info = litellm.get_model_info(model)
    except Exception:
        return None
    asked, said = info.get("input_cost_per_token"), info.get("output_cost_per_token")
    return None if asked is None or said is None else Price(float(asked), float(said))
