"""The form an answer must have, what may be wrong with an answer, and refusals to give one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Literal, TypeVar

T = TypeVar("T")

#: What is wrong with an answer, for the words in which it is asked for again (`prompts/answer/repair`).
Fault = Literal["form", "none", "broken", "cut", "several", "twice", "nested", "words", "quoted", "refusal"]


class UnreadableError(Exception):
    """An answer does not fit its form.

    `said` holds the words at fault, as far as they can be told, `fault` the kind of the fault, and `field` the name of the
    field that is missing or does not fit.
    """

    def __init__(self, reason: str, said: str = "", *, fault: Fault = "form", field: str = "") -> None:
        super().__init__(reason)
        self.said = said
        self.fault = fault
        self.field = field


def _itself(reading: Any) -> object:
    return reading


def _unnoted(reading: Any, _: tuple[str, ...]) -> Any:
    return reading


@dataclass(frozen=True)
class Form(Generic[T]):
    """What an answer must look like: a JSON schema, and a function that reads a JSON value or raises `UnreadableError`.

    `decision` is what two readings must have in common to be one answer (by default all of it), `noted` gives a reading the
    notes on how it was read (by default they are dropped).
    """

    name: str
    schema: dict[str, Any]
    read: Callable[[Any], T]
    decision: Callable[[T], object] = _itself
    noted: Callable[[T, tuple[str, ...]], T] = _unnoted

    @cached_property
    def fields(self) -> Mapping[str, Any]:
        """The schemas of the object's own fields by name."""
        fields = self.schema.get("properties")
        return fields if isinstance(fields, dict) else {}

    @cached_property
    def outer_fields(self) -> frozenset[str]:
        """The names of fields that no object within the object has."""
        return frozenset(self.fields) - _names_within([*self.fields.values(), self.schema.get("$defs")])

    @cached_property
    def prose(self) -> frozenset[str]:
        """The names of fields that hold free text."""
        return frozenset(
            name for name, schema in self.fields.items() if schema.get("type") == "string" and "enum" not in schema
        )


def _names_within(schema: Any) -> frozenset[str]:
    """The names of the fields of every object that a schema describes."""
    if isinstance(schema, list):
        return frozenset().union(*map(_names_within, schema))
    if not isinstance(schema, dict):
        return frozenset()
    fields = schema.get("properties")
    own = frozenset(fields) if isinstance(fields, dict) else frozenset()
    return own.union(*map(_names_within, schema.values()))


#: How much of an answer may tell that it is a refusal, in characters.
_OPENING = 2_000

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


#: What a refusal says that is more than an apology.
_INABILITY = re.compile(
    r"""\b(?:i|we)\s+(?:can(?:no|['’])t|can\ not|won['’]t|will\ not|am\ (?:not|unable)|are\ (?:not|unable)|refuse|decline
      | (?:must|have\ to|need\ to)\s+(?:\w+\s+)?(?:decline|refuse))\b
    | \b(?:i['’]m|we['’]re)\s+(?:\w+\s+)?(?:unable|not\ (?:able|comfortable|willing|allowed))\b
    | (?:我|恕)(?:无法|不能|不便|拒绝|没有?办法|难以)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_refusal(said: str) -> bool:
    """Whether words that should have been an answer are a refusal to give one."""
    return _REFUSAL.match(said.lstrip()[:_OPENING]) is not None


def declines(opening: str) -> bool:
    """Whether the words before an object refuse to judge; an apology that goes on to answer does not."""
    return is_refusal(opening) and _INABILITY.search(opening[:_OPENING]) is not None
