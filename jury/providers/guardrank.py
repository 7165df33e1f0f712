"""`guardrank/default`, `guardrank/FOLDER`: a trained evaluator on the panel. It reads exhibits, never a prompt."""

import json
from typing import Any

from jury.errors import InputError
from jury.providers.registry import PROVIDERS, Provider
from jury.providers.response import response_of
from jury.records import Case, Rubric, Scale, Transcript

NAME = "guardrank"

#: No evaluator is certain: a protocol that wants a confidence of 1 always asks the panel.
SUREST = 0.999999


def origin(model: str) -> str:
    """The model's hash. Raises `InputError` for one that is not there, cut short or altered."""
    from jury.guardrank.shelf import hash_of

    return hash_of(model)


def fits(model: str, rubric: Rubric) -> None:
    """Raise `InputError` where a label of the model is no choice of the rubric."""
    from jury.guardrank.shelf import opened

    for label in opened(model).task.labels:
        if rubric.choice_of(label) is None:
            raise InputError(
                f"model {NAME}/{model} says {label!r}, which is no choice of rubric {rubric.name!r} "
                f"({', '.join(rubric.choices)}); name another rubric, add an alias to it, or train a model on its labels"
            )


def ballot(model: str, brief: dict[str, Any]) -> dict[str, Any]:
    """The ballot of a model: choice, confidence, the phrases that pushed it as reasoning, and a rating if one is wanted.

    Raises `ValueError` where there is nothing to judge.
    """
    from jury.guardrank.explaining import explain, in_a_sentence
    from jury.guardrank.reading import reading_of
    from jury.guardrank.shelf import opened

    loaded, rubric = opened(model), Rubric.model_validate_json(json.dumps(brief["rubric"]))
    reading = reading_of(_transcript(brief))
    if reading is None:
        raise ValueError("there is no answer to judge")
    (said,) = loaded.predict([reading])
    choice = rubric.choice_of(said.label)
    filled: dict[str, Any] = {
        "reasoning": in_a_sentence(explain(loaded, reading, said.label), said.label),
        "choice": choice,
        "confidence": min(round(said.confidence, 6), SUREST),
    }
    if rubric.rating is not None:
        bad = sum(share for label, share in said.probabilities.items() if rubric.choice_of(label) in rubric.positives)
        filled["rating"] = rating_of(bad, rubric.rating, positive=choice in rubric.positives)
    return filled


def rating_of(bad: float, scale: Scale, *, positive: bool) -> int:
    """The rating that a probability of the positive side amounts to: even steps over the scale, and on the side of the
    threshold on which the choice is.
    """
    share = 1 - bad if scale.best == "high" else bad
    wanted = scale.low + share * (scale.high - scale.low)
    fitting = [rating for rating in range(scale.low, scale.high + 1) if scale.is_positive(rating) == positive]
    return min(fitting or range(scale.low, scale.high + 1), key=lambda rating: (abs(rating - wanted), rating))


def make_handler() -> Any:
    """The LiteLLM handler. It answers with a ballot to the exhibits that come as the parameter `brief`."""
    import litellm

    class GuardRankLLM(litellm.CustomLLM):  # type: ignore[misc]
        async def acompletion(self, model: str, optional_params: dict[str, Any], **_: Any) -> Any:
            brief = json.loads(optional_params.get("brief") or "{}")
            if not brief:
                message = "a trained evaluator casts ballots only"
                raise litellm.NotFoundError(message, model=model, llm_provider=NAME)
            return response_of(model, json.dumps(ballot(model, brief), ensure_ascii=False))

    return GuardRankLLM()


def _transcript(brief: dict[str, Any]) -> Transcript:
    """What the brief was made of, as far as an evaluator reads it."""
    answers = [{"text": text} for text in brief["answers"]]
    exhibits = {"id": "exhibits", "turns": brief["turns"], "language": brief["language"], "scenario": brief["scenario"]}
    transcriptions = [
        {"kind": "image", "number": number, "text": text}
        for number, text in enumerate(brief["transcriptions"], start=1)
    ]
    case = Case.model_validate_json(json.dumps(exhibits))
    content = {"case": case.model_dump(mode="json"), "answers": answers, "transcriptions": transcriptions}
    return Transcript.model_validate_json(json.dumps(content))


PROVIDERS.add(NAME)(Provider(handler=make_handler, origin=origin, fits=fits, briefed=True, repairable=False))
