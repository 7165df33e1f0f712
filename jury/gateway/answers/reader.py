"""The one reader of structured answers: the model's own final object, or nothing.

The text under judgement may hold a planted answer, which a juror quotes: as it stands, broken, within its own object,
unescaped in a text of it, before or after its own. So no object within another is an answer, and neither is one that words
follow, one in the middle of a sentence, one of several that differ, or one that stands in what the model was shown. Where
the model's own object has flaws that can be mended in one way only, it is mended (`mending.py`). What could be read in two
ways is unreadable, and asked for again.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from jury.gateway.answers.form import Form, T, UnreadableError, declines
from jury.gateway.answers.mending import UnmendableError, mended
from jury.gateway.answers.names import plain_name
from jury.gateway.route.thinking import apart

#: The longest answer that is read, in characters, and the most objects, and braces of one that is no JSON, in it.
LONGEST, _MOST_OBJECTS, _MOST_BRACES = 4_000_000, 200, 2_000

_BRACE = re.compile(r"[{}｛｝]")
_OPENING = re.compile(r"[{｛]")

#: What begins an object, rather than a set, a block of code or a placeholder: a quote, a name with its colon, or the end.
_OBJECT = re.compile(r"""[{｛]\s*(?:["'“”„‟＂‘’＇]|//|/\*|[^\W\d]\w{0,63}\s*[:：]|[}｝])""")

#: What may stand around an answer: marks of code blocks and of emphasis, brackets, tags, and tokens of chat templates.
_TAG = r"</?[A-Za-z][A-Za-z0-9_:.=-]{0,40}>|<\|[A-Za-z0-9_ /]{1,40}\|>|\[/?[A-Z_]{2,30}\]"
_LEAD = re.compile(rf"(?:(?:`{{3}}|~{{3}})\w{{0,20}}|`{{1,2}}|{_TAG})$")
_TRAIL = re.compile(rf"[\s`*~_.。;,=#|-]+|{_TAG}")
_THANKS = re.compile(r"(?:thanks|thank you|谢谢)\W{0,10}", re.IGNORECASE)

#: How many characters before an object may be marks that lead to it, and how many tags may follow it.
_LONGEST_LEAD, _MOST_MARKS = 1_000, 100

#: What may stand right before an answer that follows words on its line: the end of a sentence, a colon, an arrow.
_LED_TO = (*":：.。!！?？;；…→}｝-–—", "->", "=>")

#: Words that announce the model's own object on its line; "the ballot" may be one that is quoted.
_SENTENCE_END = re.compile("[:：.。!！?？;；…→}｝]")
_ANNOUNCED = re.compile(
    r"\s*(?:(?:here(?: is|'s)|this is)\s+)?(?:(?:my|final|revised|corrected)\s+)+(?:ballot|vote|verdict|answer|judge?ment|json|response)?"
    r"(?:\s+is)?\s*|\s*(?:draft|final)\s*|\s*(?:我的(?:最终)?|最终)(?:选票|投票|判断|结论)(?:是|为|如下)?\s*",
    re.IGNORECASE,
)

#: What servers may leave at the ends of an answer and nobody sees.
_UNSEEN = "\ufeff\u200b\u2060\0"

#: Names under which models wrap an answer, beside the name of its form.
_ENVELOPES = frozenset(
    {
        "answer", "final_answer", "final", "response", "result", "output", "json", "vote", "verdict", "ballot",
        "tool_call", "tool_calls", "function_call",
    }
)  # fmt: skip
#: How much of a text is compared with the beginning of one that was shown, in characters; a shorter one proves nothing.
_TELLING, _LEAST_TELLING = 40, 12

#: The fields of a tool call, those that hold its arguments first.
_ARGUMENTS = ("arguments", "parameters", "input", "args")
_CALL = frozenset({*_ARGUMENTS, "name", "id", "type", "function", "tool", "tool_name", "recipient_name"})

#: Quotes that are one and the same where texts are compared.
_QUOTES = str.maketrans(dict.fromkeys("'“”„‟＂‘’＇`", '"'))


@dataclass(frozen=True)
class _Found:
    """An object that is part of no other, and where it stands; `notes` tell how it was read."""

    start: int
    end: int
    value: dict[str, Any]
    closed: bool = True
    notes: tuple[str, ...] = ()


class _TwiceError(Exception):
    """A name that an object holds twice."""


def read_answer(
    text: str,
    form: Form[T],
    *,
    shown: Callable[[], str] = str,
    complete: bool = True,
    thought: bool = False,
) -> T:
    """The reading of an answer under its form.

    `shown` gives what the model was shown; it is asked for only where words or other braces stand beside the object.
    `complete` is False where the answer was cut off, `thought` is True where thoughts were taken from it already. Raises
    `UnreadableError` where there is no object of the model's own that fits the form, or where that can't be told for certain.
    """
    if len(text) > LONGEST:
        raise UnreadableError(f"has more than {LONGEST} characters")
    thoughts, text = apart(text, loose=True)
    text = _decoded_twice(text.strip(_UNSEEN))
    found = _objects(text, form)
    if not found:
        raise UnreadableError("holds no JSON object", text, fault="none")
    if declines(text[: found[0].start]):
        raise UnreadableError("is a refusal", text, fault="refusal")
    final = found[-1]
    alone = _require_place(text, final) and not thoughts and not thought
    if not (complete and final.closed) and (_without_lead(text[: final.start]) or not (complete or final.closed)):
        raise UnreadableError("was cut off before it was complete", text, fault="cut")
    value, notes = _unwrapped(final.value, form)
    _require_one_level(value, form)
    raw, only = text[final.start : final.end], alone and text.count("{") + text.count("｛") == 1
    if not (only and complete) and _is_quoted(raw, value, form, shown(), tail=not complete):
        raise UnreadableError("repeats an object out of what was shown", text, fault="quoted")
    reading = form.read(value)
    drafts = _require_agreement(found[:-1], form.decision(reading), form, text)
    notes = (*final.notes, *notes, *(("the last of several objects that agree",) if drafts else ()))
    return form.noted(reading, notes) if notes else reading


def _decoded_twice(text: str) -> str:
    """The text, or what it says if all of it is one JSON string."""
    if text.lstrip()[:1] == '"':
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            return text
        return value if isinstance(value, str) else text
    return text


def _objects(text: str, form: Form[Any]) -> list[_Found]:
    """The objects that are part of no other, in their order. Raises `UnreadableError` for one whose end can't be told."""
    found: list[_Found] = []
    passed, opening = 0, _OPENING.search(text)
    while opening:
        start = opening.start()
        one = _object_at(text, start, form) if _OBJECT.match(text, start) else None
        if one is not None:
            found.append(one)
        passed += 1
        if passed > _MOST_OBJECTS:
            raise UnreadableError(f"holds more than {_MOST_OBJECTS} objects", fault="several")
        opening = _OPENING.search(text, one.end if one else _end_of_aside(text, start, form))
    return [one for one in found if one.value]


def _object_at(text: str, start: int, form: Form[Any]) -> _Found | None:
    """The object that begins at a brace; None where it is none, but braces that hold nothing of an answer."""
    if text[start] == "{":
        try:
            value, end = _DECODER.raw_decode(text, start)
        except _TwiceError as twice:
            raise UnreadableError(
                f"names {str(twice)[:80]!r} twice", text, fault="twice", field=str(twice)[:80]
            ) from None
        except (ValueError, RecursionError):  # no JSON, or a whole number longer than Python reads
            pass
        else:
            return _Found(start, end, value)
    end, closed = _extent(text, start)
    try:
        return _Found(start, end, mended(text, start, end, form), closed, ("the JSON was mended",)) if end else None
    except UnmendableError:
        return None


def _extent(text: str, start: int) -> tuple[int, bool]:
    """Where an object ends by its braces alone, and whether it has its last one; 0 where that can't be told.

    One that lacks its last brace ends where the text does, if no other brace follows.
    """
    end = _closing(text, start)
    if end:
        return end, True
    if _BRACE.search(text, start + 1):
        return 0, False
    return start + len(text[start:].rstrip(" \t\r\n`~")), False


def _closing(text: str, start: int) -> int:
    """The place after the brace that closes the one at a place, whatever quotes say; 0 without one."""
    depth = 0
    for number, brace in enumerate(_BRACE.finditer(text, start)):
        depth += 1 if brace[0] in "{｛" else -1
        if depth == 0:
            return brace.end()
        if number > _MOST_BRACES:
            break
    return 0


def _end_of_aside(text: str, start: int, form: Form[Any]) -> int:
    """The end of braces that are no object, such as `{name}` or a block of code.

    Raises `UnreadableError` where they may be the beginning of an answer that can't be read.
    """
    end = _closing(text, start)
    inner = text[start:end]
    like_object = _OBJECT.match(text, start) and any(quote in inner for quote in "\"'“”„‟＂‘’＇`")
    folded = plain_name(inner)
    named = any(plain_name(name) in folded for name in form.fields)
    if not end or like_object or named or inner.count('"') % 2:
        raise UnreadableError("holds an object that can't be read for certain", text, fault="broken")
    return end


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON. Raises `_TwiceError` for a name that comes twice."""
    value = dict(pairs)
    if len({plain_name(name) for name in value}) < len(pairs):
        names: set[str] = set()
        for name, _ in pairs:
            if plain_name(name) in names:
                raise _TwiceError(name)
            names.add(plain_name(name))
    return value


def _twice(twice: _TwiceError, text: str) -> UnreadableError:
    name = str(twice)[:80]
    return UnreadableError(f"names {name!r} twice", text, fault="twice", field=name)


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, strict=False)


def _without_lead(before: str) -> str:
    """What stands before an object, without marks, brackets and tags right before it."""
    before = before.rstrip()
    kept = before[-_LONGEST_LEAD:]
    while True:
        shorter = kept.rstrip("*_([ \t\r\n")
        mark = _LEAD.search(shorter, max(0, len(shorter) - 60))
        shorter = shorter[: mark.start()] if mark else shorter
        if shorter == kept:
            return before[:-_LONGEST_LEAD] + kept
        kept = shorter


def _require_place(text: str, found: _Found) -> bool:
    """Whether an object is all there is. Raises `UnreadableError` where it is a part of what words say."""
    at, marks = found.end, 0
    while marks < _MOST_MARKS and (mark := _TRAIL.match(text, at)):
        at, marks = mark.end(), marks + 1
    before = text[: found.start]
    if at < len(text) and not (_THANKS.fullmatch(text, at) or _closes_itself(before, text[found.end :])):
        raise UnreadableError("has words after its object, which may be a quotation", text, fault="words")
    line = _without_lead(before.rpartition("\n")[2])
    if line and not line.endswith(_LED_TO) and not _ANNOUNCED.fullmatch(_SENTENCE_END.split(line[-_LONGEST_LEAD:])[-1]):
        raise UnreadableError(
            "has its object in the middle of a sentence, which may be a quotation", text, fault="words"
        )
    return not _without_lead(before)


def _closes_itself(before: str, after: str) -> bool:
    """Whether what follows only closes a bracket right before the object, or braces of an object that begins the answer."""
    signs = "".join(sign for sign in after if not sign.isspace() and sign not in "`~.;")
    opened = before.rstrip("`~ \t\r\n")[-1:]
    return {"]": "[", ")": "("}.get(signs) == opened or (set(signs) == {"}"} and not _without_lead(before))


def _unwrapped(value: dict[str, Any], form: Form[Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The object with its fields under the form's names, taken out of an envelope or a tool call, and how it was read."""
    if not form.fields:
        return value, ()
    known, notes = {plain_name(name): name for name in form.fields}, []
    for _ in range(4):
        if any(plain_name(name) in known for name in value):
            break
        inner = _inner(value, form)
        if inner is None:
            return value, ()
        value, notes = inner, ["taken out of an envelope"]
    named = {name: known.get(plain_name(name), name) for name in value}
    if any(name != meant for name, meant in named.items()):
        notes.append("names of fields in another spelling")
    return {named[name]: inner for name, inner in value.items()}, tuple(notes)


def _inner(value: dict[str, Any], form: Form[Any]) -> dict[str, Any] | None:
    """What an envelope or a tool call holds; None for any other object."""
    names = {plain_name(name): name for name in value}
    argument = next((names[name] for name in (*_ARGUMENTS, "function") if name in names), None)
    if argument is not None and set(names) <= _CALL:
        inner = _arguments(value[argument])
    elif len(names) == 1 and next(iter(names)) in {*_ENVELOPES, plain_name(form.name)}:
        inner = next(iter(value.values()))
    else:
        return None
    if isinstance(inner, list) and len(inner) == 1:
        (inner,) = inner
    return inner if isinstance(inner, dict) else None


def _arguments(written: Any) -> Any:
    """A tool call's arguments, which most servers write as a text."""
    if not isinstance(written, str):
        return written
    try:
        return _DECODER.decode(written)
    except _TwiceError as twice:
        raise _twice(twice, written) from None
    except (ValueError, RecursionError):
        return None


def _require_one_level(value: dict[str, Any], form: Form[Any]) -> None:
    """Raises `UnreadableError` where an object within the object has fields of an answer: either may be the quotation."""
    names = {plain_name(name) for name in form.outer_fields - form.prose}
    for inner in _dicts(list(value.values())):
        stray = next((name for name in inner if plain_name(name) in names), None)
        if stray is not None:
            raise UnreadableError(
                f"has `{stray[:80]}` in an object within its object", fault="nested", field=stray[:80]
            )


def _dicts(values: list[Any]) -> Iterator[dict[str, Any]]:
    """Every object within some values."""
    pending = values
    while pending:
        one = pending.pop()
        if isinstance(one, dict):
            yield one
            pending.extend(one.values())
        elif isinstance(one, list):
            pending.extend(one)


def _is_quoted(raw: str, value: dict[str, Any], form: Form[Any], shown: str, *, tail: bool) -> bool:
    """Whether an object stands word for word in what was shown, or a field of free text begins as one there does.

    With `tail`, it is enough that it ends so, from a field that is no free text on. Spaces, case and the kind of quotes make
    no difference.
    """
    if not shown.strip():
        return False
    where, said = _squeezed(shown), _squeezed(raw).strip("{}｛｝,")
    wholes = [said, _squeezed(_dumped(value)).strip("{}")]
    if tail:
        marks = (said.rfind(f'"{plain_name(name)}":') for name in form.outer_fields - form.prose)
        wholes += [said[at:] for at in marks if at >= 0]
    if any(one and one in where for one in wholes):
        return True
    return any(_squeezed(begun) in where for begun in _beginnings(value, form))


def _beginnings(value: dict[str, Any], form: Form[Any]) -> Iterator[str]:
    """The fields of free text as they begin in JSON, if they are long enough to be told from others."""
    for name in form.prose:
        text = value.get(name)
        begun = _dumped(text.strip(" .…")[:_TELLING])[:-1] if isinstance(text, str) else ""
        if len(begun) >= _LEAST_TELLING:
            yield f'"{name}":{begun}'


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _squeezed(text: str) -> str:
    return "".join(text.translate(_QUOTES).casefold().split())


def _require_agreement(others: list[_Found], decision: object, form: Form[Any], text: str) -> bool:
    """Whether there are other answers. Raises `UnreadableError` where one can't be read or differs in its decision."""
    known = {plain_name(name) for name in form.fields}
    rivals = 0
    for other in others:
        value, _ = _unwrapped(other.value, form)
        if known and not any(plain_name(name) in known for name in value):
            continue
        rivals += 1
        try:
            _require_one_level(value, form)
            same = form.decision(form.read(value)) == decision
        except UnreadableError:
            same = False
        if not same:
            raise UnreadableError("holds several answers that differ", text, fault="several")
    return rivals > 0
