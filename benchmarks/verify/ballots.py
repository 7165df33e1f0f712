"""Ballots, read again from the words that came back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

#: Where the ledger alone can't tell: what a value may be, and that it may be anything.
UNTOLD: Any = object()
NOT_READ = frozenset({"unreadable", "refused"})

#: What stands for a call's key where a juror's model was out of service, and what its ballot or summary says then.
NOT_ASKED = ""
UNASKED: Mapping[str, Any] = {"cause": {"kind": "error", "detail": UNTOLD}}

_DECODER = json.JSONDecoder()


@dataclass(frozen=True)
class Call:
    """A kept call: the model that was asked, the item it was asked about (if it answers by item), how, what came back."""

    model: str
    item: str
    completion: Mapping[str, Any]
    request: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Vote:
    """What is written on a ballot; no choice is an abstention."""

    choice: str | None
    rating: float | None
    confidence: float | None
    reasoning: str


def ballot(completion: Mapping[str, Any], rubric: Mapping[str, Any]) -> dict[str, Any]:
    """The state of a ballot and what it says: the fields of a ballot's record that an answer decides."""
    error = completion.get("error")
    if error is not None:
        return {"state": "invalid", "cause": error}
    vote = vote_in(completion.get("text", ""), rubric)
    if vote is None:
        return {"state": "invalid", "cause": {"kind": _fault(completion), "detail": UNTOLD}}
    said = {"confidence": vote.confidence, "reasoning": vote.reasoning}
    if vote.choice is None:
        return {"state": "abstain", **said}
    return {"state": "cast", "choice": vote.choice, "rating": vote.rating, **said}


def silence(completion: Mapping[str, Any]) -> str:
    """Why a call that did not fail has brought no words."""
    ended = completion.get("finish_reason")
    if ended == "length":
        return "cut_off"
    return "refused" if ended == "content_filter" or completion.get("refusal") else "unreadable"


def _fault(completion: Mapping[str, Any]) -> Any:
    """Why words are no vote: an end that came too early, or words that may be a refusal."""
    ended = completion.get("finish_reason")
    worded = bool(completion.get("text", "").strip())
    return NOT_READ if worded and ended not in {"length", "content_filter"} else silence(completion)


def vote_in(text: str, rubric: Mapping[str, Any]) -> Vote | None:
    """The one vote that a text holds; None if it holds none, or several that differ."""
    meanings = _meanings(rubric)
    votes = {vote for value in _objects(text) if (vote := _vote(value, meanings, rubric["rating"])) is not None}
    return votes.pop() if len(votes) == 1 else None


def _objects(text: str) -> list[Any]:
    """The JSON objects of a text, outermost first; without any, what mending makes of the first brace's."""
    objects = []
    start = text.find("{")
    while start != -1:
        try:
            value, after = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            after = start + 1
        else:
            objects.append(value)
        start = text.find("{", after)
    return objects or _mended(text)


def _mended(text: str) -> list[Any]:
    start = text.find("{")
    if start == -1:
        return []
    # What a broken object was meant to be is settled by the library that reads it, not by arithmetic of the run.
    from json_repair import repair_json

    value = repair_json(text[start:], return_objects=True)
    return [value] if value else []


def _meanings(rubric: Mapping[str, Any]) -> dict[str, str | None]:
    """Label in small letters → choice; a choice's own name outweighs an alias, abstaining outweighs both."""
    pairs = [*rubric["aliases"].items(), *((choice, choice) for choice in rubric["choices"])]
    return {**{label.casefold(): choice for label, choice in pairs}, "abstain": None}


def _vote(value: Any, meanings: Mapping[str, str | None], scale: Mapping[str, Any] | None) -> Vote | None:
    label = value.get("choice") if isinstance(value, dict) else None
    label = f"{label:d}" if type(label) is int else label
    if not isinstance(label, str) or label.strip().casefold() not in meanings:
        return None
    choice = meanings[label.strip().casefold()]
    rated = choice is not None and scale is not None
    rating = _number(value.get("rating")) if rated else None
    if rated and scale is not None and (rating is None or rating < scale["low"] or rating > scale["high"]):
        return None
    sure = _number(value.get("confidence"))
    confidence = None if sure is None or sure < 0 or sure > 1 else sure
    reasoning = value.get("reasoning")
    return Vote(choice, rating, confidence, reasoning if isinstance(reasoning, str) else "")


def _number(value: Any) -> float | None:
    """The finite number that is written as one or in words of digits."""
    if type(value) not in {int, float, str}:
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None
