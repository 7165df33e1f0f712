"""What a model can do: LiteLLM's data, outweighed by what a person states."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jury.gateway.spending.prices import is_listed
from jury.providers import Provider, provider_of
from jury.records import ModelFacts, Structured
from jury.yaml_files import build, read_yaml

#: Tokens a reasoning model may think with, beyond those of its answer, where nothing else is stated.
RESERVE = 4096


@dataclass(frozen=True)
class Abilities:
    """What a model takes.

    `structured` is the most it is known to take to give JSON, `reserve` the tokens it may think with beyond those of
    its answer.
    """

    sees: bool
    hears: bool
    structured: Structured
    reasoning: bool
    reserve: int = 0


def load_models(path: Path) -> dict[str, ModelFacts]:
    """The facts in a YAML file, model → facts. Raises `InputError` that names the file, the model and the field."""
    return {str(model): build(ModelFacts, facts, f"{path}: {model}") for model, facts in read_yaml(path).items()}


def abilities_of(litellm: Any, model: str, facts: ModelFacts | None = None) -> Abilities:
    """What a model can do, looked up in LiteLLM's data; `facts` outweigh them.

    A model LiteLLM has no price for is introduced to it afterwards, so that it stops searching its patterns for it.
    """
    facts = facts or ModelFacts()
    provider = provider_of(model)
    found = _offline(provider) if provider else _known(litellm, model)
    if not is_listed(model) and not is_introduced(litellm, model):
        _introduce(litellm, model)
    return _outweighed(found, facts)


def _offline(provider: Provider) -> Abilities:
    return Abilities(provider.sees_images, provider.hears_audio, "schema", reasoning=False)


def _known(litellm: Any, model: str) -> Abilities:
    reasoning = litellm.supports_reasoning(model)
    return Abilities(
        sees=litellm.supports_vision(model),
        hears=litellm.supports_audio_input(model),
        structured=_structured(litellm, model, known=is_listed(model)),
        reasoning=reasoning,
        reserve=RESERVE if reasoning else 0,
    )


def _outweighed(found: Abilities, facts: ModelFacts) -> Abilities:
    reserve = found.reserve if facts.reasoning_reserve is None else facts.reasoning_reserve
    return Abilities(
        sees=found.sees if facts.sees is None else facts.sees,
        hears=found.hears if facts.hears is None else facts.hears,
        structured=facts.structured or found.structured,
        reasoning=found.reasoning or reserve > 0,
        reserve=reserve,
    )


def _structured(litellm: Any, model: str, *, known: bool) -> Structured:
    """A model nobody has listed is asked for the most: servers of one's own take schemas, or say that they don't."""
    if litellm.supports_response_schema(model):
        return "schema"
    if "response_format" not in (litellm.get_supported_openai_params(model) or ()):
        return "instruction"
    return "json" if known else "schema"


def is_introduced(litellm: Any, model: str) -> bool:
    """Whether LiteLLM knows a model from us alone, with a price of 0 that says nothing."""
    return bool(litellm.model_cost.get(model, {}).get("introduced"))


def _introduce(litellm: Any, model: str) -> None:
    """Name a model to LiteLLM, with what LiteLLM says of it anyway; the price is ours to tell."""
    entry = {
        "mode": "chat",
        "litellm_provider": model.split("/", 1)[0],
        "input_cost_per_token": 0,
        "output_cost_per_token": 0,
        "introduced": True,
        "supports_vision": litellm.supports_vision(model),
        "supports_audio_input": litellm.supports_audio_input(model),
        "supports_reasoning": litellm.supports_reasoning(model),
        "supports_response_schema": litellm.supports_response_schema(model),
    }
    litellm.register_model({model: entry})
