"""Whether the vote on record is the juror's own: a look at the reply without the reader that read it.

Objects are told apart by their braces alone. The vote must be what the last of them says outside of any other, no other may
say otherwise, and what a juror was shown is no vote of its own.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.verify.ballots import Call
from jury.gateway.route.thinking import apart

#: The choice that a label means, None where it means none.
Meaning = Callable[[str], str | None]

_NAME = "choice"
_ARGUMENTS = frozenset({"arguments", "parameters", "input", "args"})

#: Full-width signs and typographic quotes, and what they stand for.
_PLAIN = str.maketrans("｛｝：，“”„＂‘’＇", '{}:,""""\'\'\'')
_NAMED = re.compile(r"""(?<![\\\w])["']?choice["']?\s*:\s*(?:"([^"]*)"|'([^']*)'|([\w.]+))""", re.IGNORECASE)

#: What stands around an answer and says nothing.
_AROUND = re.compile(r"<[^<> ]*>|\[/?[A-Z_]+\]|```\w*|thank(?:s| you)|谢谢|[\W_]", re.IGNORECASE)

#: The most objects of a reply that are looked at, and the most braces of one.
_MOST_OBJECTS, _MOST_BRACES = 1_000, 10_000


@dataclass(frozen=True)
class _Object:
    """An object of a reply: where it stands, and the labels that it names as its choice."""

    start: int
    end: int
    closed: bool
    labels: tuple[str, ...]


class _TwiceError(Exception):
    """A choice that an object names twice."""


def not_own(call: Call, choice: str | None, meaning: Meaning) -> str:
    """Why a vote for a choice (`abstain` for none) can't be told to be the juror's own; empty where it can."""
    text = apart(call.text, loose=True)[1].translate(_PLAIN)
    try:
        objects = list(_objects(text))
    except _TwiceError:
        return "an object names its choice twice"
    if not objects or len(objects[-1].labels) != 1:
        return "no object at the end names one choice outside of others"
    last = objects[-1]
    if {meaning(label) for one in objects for label in one.labels} != {choice}:
        return "an object names another choice"
    before, after = text[: last.start], text[last.end :]
    leads, follows = bool(_AROUND.sub("", before)), bool(_AROUND.sub("", after))
    if (leads or not last.closed) and not call.complete:
        return "the reply was cut off"
    if leads or follows:
        said, shown = (_squeezed(one) for one in (text[last.start : last.end], call.shown.translate(_PLAIN)))
        if said in shown:
            return "the object stands in what the juror was shown"
    if follows and re.search(r"\w[ \t]*$", before):
        return "the object is a part of a sentence"
    return ""


def _objects(text: str) -> Iterator[_Object]:
    """The outermost objects, with the choices they name. Raises `_TwiceError`."""
    at, number = text.find("{"), 0
    while at >= 0 and number < _MOST_OBJECTS:
        number += 1
        try:
            value, end = _DECODER.raw_decode(text, at)
            yield _Object(at, end, True, tuple(_labels(value)))
        except (ValueError, RecursionError):
            end, closed = _matching(text, at)
            named = _NAMED.findall(_without_inner(text[at:end]))
            yield _Object(at, end, closed, tuple("".join(found) for found in named))
        at = text.find("{", end)


def _labels(value: Any) -> Iterator[str]:
    """The labels under every name `choice`, at whatever depth, a tool call's arguments in a text included."""
    if isinstance(value, list):
        for inner in value:
            yield from _labels(inner)
    if not isinstance(value, dict):
        return
    for name, inner in value.items():
        plain = name.strip().casefold()
        if plain == _NAME and not isinstance(inner, (dict, list)):
            yield f"{inner:.0f}" if isinstance(inner, float) else str(inner)
        else:
            yield from _labels(_decoded(inner) if plain in _ARGUMENTS and isinstance(inner, str) else inner)


def _decoded(text: str) -> Any:
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


def _matching(text: str, at: int) -> tuple[int, bool]:
    """The place after the brace that closes the one at a place, and whether there is one."""
    depth = 0
    for number, brace in enumerate(re.compile("[{}]").finditer(text, at)):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end(), True
        if number > _MOST_BRACES:
            break
    return len(text), False


def _without_inner(text: str) -> str:
    """An object's text without what stands between braces within it; braces that do not close hide all that follows."""
    kept, depth, begun = [], 0, 0
    for brace in re.finditer("[{}]", text):
        if brace[0] == "{":
            depth += 1
            if depth == 2:
                kept.append(text[begun : brace.start()])
        else:
            depth -= 1
            if depth == 1:
                begun = brace.end()
    return " ".join((*kept, text[begun:] if depth < 2 else ""))


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if sum(name.strip().casefold() == _NAME for name, _ in pairs) > 1:
        raise _TwiceError
    return dict(pairs)


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, strict=False)


def _squeezed(text: str) -> str:
    return "".join(text.replace("'", '"').casefold().split())
