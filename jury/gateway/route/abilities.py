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

#: LiteLLM's fields for what a model takes beside words.
_SENSES = ("supports_vision", "supports_audio_input")


@dataclass(frozen=True)
class Abilities:
    """What a model takes.

    `sees` and `hears` are None where nobody says: a model that is not listed, or whose entry is silent. It is sent images
    and clips, and its server's answer tells.
    `structured` is the most it is known to take to give JSON, `reserve` the tokens it may think with beyond those of
    its answer.
    """

    sees: bool | None
    hears: bool | None
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
        sees=_sense(litellm, model, "supports_vision"),
        hears=_sense(litellm, model, "supports_audio_input"),
        structured=_structured(litellm, model, known=is_listed(model)),
        reasoning=reasoning,
        reserve=RESERVE if reasoning else 0,
    )


def _sense(litellm: Any, model: str, name: str) -> bool | None:
    """Whether a model takes images or clips, by the name of LiteLLM's field; None where its data do not say.

    LiteLLM generalises names that it doesn't know, and its own answer is False wherever it knows nothing: a yes counts only
    of a model that is listed, a no only in the entry of this very name.
    """
    if is_introduced(litellm, model):
        known: bool | None = _entry(litellm, model)["introduced"][name]
        return known
    if getattr(litellm, name)(model):
        return True if _is_listed(litellm, model) else None
    return False if _entry(litellm, model).get(name) is False else None


def _is_listed(litellm: Any, model: str) -> bool:
    """Whether LiteLLM knows a model from an entry of its list, be it under a shorter name, and not from a pattern."""
    try:
        return litellm.get_model_info(model).get("key") in litellm.model_cost
    except Exception:
        return False


def _entry(litellm: Any, model: str) -> dict[str, Any]:
    """What LiteLLM lists under a model's own name, with its provider or without; empty where it lists nothing.

    A model that is introduced to LiteLLM may be kept there without its provider, too.
    """
    provider, _, bare = model.partition("/")
    if model in litellm.model_cost:
        return dict(litellm.model_cost[model])
    entry = dict(litellm.model_cost.get(bare, {}))
    return entry if str(entry.get("litellm_provider", "")).startswith(provider) else {}


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
    return bool(_entry(litellm, model).get("introduced"))


def _introduce(litellm: Any, model: str) -> None:
    """Name a model to LiteLLM, with what LiteLLM says of it anyway; the price is ours to tell.

    A model of unknown senses is introduced as one that has them: LiteLLM leaves exhibits out for some that have not.
    """
    senses = {name: _sense(litellm, model, name) for name in _SENSES}
    entry = {
        "mode": "chat",
        "litellm_provider": model.split("/", 1)[0],
        "input_cost_per_token": 0,
        "output_cost_per_token": 0,
        "introduced": senses,
        "supports_reasoning": litellm.supports_reasoning(model),
        "supports_response_schema": litellm.supports_response_schema(model),
        **{name: takes is not False for name, takes in senses.items()},
    }
    litellm.register_model({model: entry})
