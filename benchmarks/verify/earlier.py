"""Ballots as releases before the one reader of replies read them, so that their runs can be checked too.

They took the outermost objects that decode, and where none does, what mending makes of the first. `own_words.py` tells
where that took a quotation for a vote.
"""

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any

from benchmarks.verify.ballots import Call, Reader, Vote

_DECODER = json.JSONDecoder()


def earlier_reader(rubric: Mapping[str, Any]) -> Reader:
    """What reads a reply under a rubric as those releases did."""

    def read(call: Call) -> Vote | None:
        return vote_in(call.text, rubric)

    return read


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
