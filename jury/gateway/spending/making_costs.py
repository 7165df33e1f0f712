"""What an image or a clip costs: as a person states it, as LiteLLM's local price list has it, or unknown."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from jury.media import MediaKind
from jury.providers import provider_of
from jury.records import ModelFacts, Request

#: Tokens of the largest image that a model priced by tokens makes: OpenAI's gpt-image-1 at high quality, 1024 x 1536.
LARGEST_IMAGE = 6240

#: The fact that states a maker's price.
STATED_AS: dict[MediaKind, str] = {"image": "cost_per_image", "audio": "input_cost_per_character"}

#: LiteLLM's names for what makers do.
_MODES: dict[MediaKind, str] = {"image": "image_generation", "audio": "audio_speech"}

#: From a model, what it makes, and the words to be painted or spoken to US dollars, None where the price is unknown.
CostOfMaking = Callable[[str, MediaKind, str], float | None]


def making_costs(facts: Mapping[str, ModelFacts] | None = None) -> CostOfMaking:
    """The costs of all makers; `facts` outweigh LiteLLM's price list."""
    stated = facts or {}
    return lambda model, kind, words: made_cost(model, kind, words, stated.get(model))


def made_cost(model: str, kind: MediaKind, words: str, facts: ModelFacts | None = None) -> float | None:
    """The most that one image or clip costs, in US dollars; 0 from an offline maker, None where the price is unknown.

    Speech priced by what comes out (tokens or seconds of audio) counts as unknown: nobody can tell it from the words.
    """
    if provider_of(model) is not None:
        return 0.0
    stated = _stated(kind, facts)
    rate = _listed(model, kind) if stated is None else stated
    if rate is None:
        return None
    return rate if kind == "image" else rate * len(words)


def paid(request: Request, reported: float | None, facts: ModelFacts | None = None) -> float | None:
    """What one call that made something cost: as stated, else an image as LiteLLM reports it, None if unknown.

    A report of 0 means that LiteLLM had nothing to reckon with. Speech costs its characters: LiteLLM's report leaves out
    spaces, and all of the sound where that is what costs.
    """
    if request.makes == "audio":
        return made_cost(request.model, "audio", request.words, facts)
    stated = _stated("image", facts)
    return (float(reported) if reported else None) if stated is None else stated


def _stated(kind: MediaKind, facts: ModelFacts | None) -> float | None:
    if facts is None:
        return None
    return facts.cost_per_image if kind == "image" else facts.input_cost_per_character


@lru_cache(maxsize=256)
def _listed(model: str, kind: MediaKind) -> float | None:
    """US dollars per image or per character; of an image priced by tokens, those of the largest."""
    import litellm

    try:
        info = litellm.get_model_info(model)
    except Exception:
        return None
    if info.get("mode") != _MODES[kind]:
        return None
    if kind == "audio":
        return _rate(info.get("input_cost_per_character"))
    whole, token = _rate(info.get("output_cost_per_image")), _rate(info.get("output_cost_per_image_token"))
    return whole if whole is not None or token is None else token * LARGEST_IMAGE


def _rate(listed: float | None) -> float | None:
    """A rate of 0 stands for none in LiteLLM's list."""
    return float(listed) if listed else None
