"""The form an answer must have, and the reading of answers that come close to it."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from json_repair import repair_json

T = TypeVar("T")

#: What a text may open, braces and brackets together, if it is to be mended: the time mending takes grows with their cube.
_MOST_OPENED = 1_000


class UnreadableError(Exception):
    """An answer does not fit its form. `said` holds the words at fault, as far as they can be told."""

    def __init__(self, reason: str, said: str = "") -> None:
        super().__init__(reason)
        self.said = said


@dataclass(frozen=True)
class Form(Generic[T]):
    """What an answer must look like: a JSON schema, and a function that reads a JSON value or raises `UnreadableError`."""

    name: str
    schema: dict[str, Any]
    read: Callable[[Any], T]


def read_answer(text: str, form: Form[T]) -> T:
    """The one reading of an answer: bare JSON, JSON among words, or JSON that can be mended.

    Raises `UnreadableError` where no object fits the form, or where several fit and say different things.
    """
    problems: list[UnreadableError] = []
    readings: list[T] = []
    for value in _candidates(text):
        try:
            reading = form.read(value)
        except UnreadableError as problem:
            problems.append(problem)
        else:
            if reading not in readings:
                readings.append(reading)
    if len(readings) > 1:
        raise UnreadableError("holds several answers that differ", text)
    if readings:
        return readings[0]
    raise problems[0] if problems else UnreadableError("holds no JSON object", text)


def _candidates(text: str) -> Iterator[Any]:
    """The JSON objects in a text as they stand; if there are none, the one that mending makes of it."""
    found = False
    for value in _objects(text):
        found = True
        yield value
    start = text.find("{")
    if not found and start >= 0:
        mended = _mended(text[start:])
        if isinstance(mended, dict) and mended:
            yield mended


def _mended(text: str) -> Any:
    """What mending makes of a text; None for one that is nested too deeply, or opens too much, to be mended."""
    if text.count("{") + text.count("[") > _MOST_OPENED:
        return None
    try:
        return repair_json(text, return_objects=True)
    except (RecursionError, ValueError):
        return None


def _objects(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    position = text.find("{")
    while position >= 0:
        try:
            value, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):  # no JSON, or a whole number longer than Python reads
            position = text.find("{", position + 1)
        else:
            yield value
            position = text.find("{", end)


#: How models say that they will not do what they are asked, at the start of what they say.
_REFUSAL = re.compile(
    r"""^\W*(?:
      (?:i['’]?m|i\ am|we['’]?re|we\ are)\s+(?:\w+\s+)?(?:sorry|unable|not\ (?:able|comfortable|willing|allowed))
    | (?:my\ )?sincere\ apologies | my\ apologies | sorry\b | i\ apologi[sz]e | unfortunately,?\s+i\b
    | i\s+(?:can(?:no|['’])t|can\ not|won['’]t|will\ not)\b
    | i\s+(?:(?:must|have\ to|need\ to)\s+)?(?:respectfully\s+)?(?:decline|refuse)\b
    | i\s+do(?:n['’]t|\ not)\s+feel\s+comfortable
    | as\ an\ ai\b
    | (?:真的?|很|非常|十分)?(?:抱歉|对不起|不好意思|遗憾)
    | (?:请?恕)?我(?:无法|不能|不便|拒绝|没有?办法) | 恕(?:无法|不能|难) | 作为(?:一个|一名|一款)?(?:人工智能|AI)
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def is_refusal(said: str) -> bool:
    """Whether words that should have been an answer are a refusal to give one."""
    return _REFUSAL.match(said) is not None
