"""Objects that are no JSON but can be read in one way only: how near-JSON from models is mended.

What is tolerated: quotes within a text that are not escaped, trailing commas, bare or single-quoted names, full-width
punctuation and quotes, Python's literals, comments, and a missing last brace. Whoever writes an answer may plant a ballot
that a juror quotes without escaping it, so whatever could be read in two ways is not read:

- the braces of the object balance, those in its texts included, or it has a single brace and lacks the last one;
- the object holds the form's own fields only, each once;
- no text holds a field's name as a name, unless in a field of free text and within a pair of braces.

The work is linear in the length of the object: nesting, and comments, are bounded.
"""

import re
from typing import Any

from jury.gateway.answers.form import Form
from jury.gateway.answers.names import plain_name

#: The longest object that is mended, in characters.
LONGEST = 100_000

#: The deepest that values may be nested.
_DEEPEST = 20

_DOUBLE, _SINGLE = '"“”„‟＂', "'‘’＇"
_QUOTE = f"[{_DOUBLE}{_SINGLE}]"
_COLON, _COMMA, _OPEN, _CLOSE = "[:：]", "[,，]", "[{｛]", "[}｝]"
_COMMENT = r"(?:(?://|#)[^\n]{0,300}(?:\n|$)|/\*(?:[^*]|\*(?!/)){0,300}\*/)"
_GAP = rf"\s*(?:{_COMMENT}\s*){{0,3}}"
_NAME = rf"(?:[{_DOUBLE}](?P<double>[^{_DOUBLE}\n]{{1,64}})[{_DOUBLE}]|[{_SINGLE}](?P<single>[^{_SINGLE}\n]{{1,64}})[{_SINGLE}]|(?P<bare>[^\W\d]\w{{0,63}}))"

_SKIPPED = re.compile(_GAP)
_NAMED = re.compile(rf"{_NAME}{_GAP}{_COLON}")

#: What may follow the end of a value in an object, and in a list: the next field, or the end.
_AFTER_FIELD = re.compile(
    rf"{_GAP}(?:{_COMMA}{_GAP}(?:{re.sub(r'[?]P<[a-z]+>', '?:', _NAME)}{_GAP}{_COLON}|(?={_CLOSE}))|(?P<end>{_CLOSE}))"
)
_AFTER_ITEM = re.compile(rf"{_GAP}(?:{_COMMA}|[\]］])")

#: A value without quotes: a literal, a number or a word.
_PLAIN_VALUE = re.compile(r"[\w.%+\-/]{1,400}")
_LITERALS: dict[str, Any] = {
    "true": True, "false": False, "null": None, "none": None, "nan": float("nan"), "infinity": float("inf"),
}  # fmt: skip


class UnmendableError(Exception):
    """An object that can't be read, or in more than one way."""


def mended(text: str, start: int, end: int, form: Form[Any]) -> dict[str, Any]:
    """The object between an opening brace and the place after the closing one, or after the last field if that is missing.

    Raises `UnmendableError`.
    """
    if end - start > LONGEST:
        raise UnmendableError
    return _Mender(text, start, end, form).read()


class _Mender:
    """Reads one object from left to right."""

    def __init__(self, text: str, start: int, end: int, form: Form[Any]) -> None:
        self._text, self._at, self._end = text[:end], start, end
        self._open = text[end - 1] not in "}｝"  # without its last brace
        self._known = {plain_name(name) for name in form.fields}
        self._prose = {plain_name(name) for name in form.prose}
        self._in_prose = False
        names = "|".join(re.escape(name) for name in form.fields) or r"(?!)"
        self._name_bare = re.compile(rf"(?<![\\A-Za-z0-9_])(?:{names}){_QUOTE}?\s*{_COLON}", re.IGNORECASE)
        self._name_quoted = re.compile(rf"(?<!\\){_QUOTE}\s*(?:{names})\s*{_QUOTE}\s*{_COLON}", re.IGNORECASE)

    def read(self) -> dict[str, Any]:
        found = self._object(0)
        if self._at != self._end:
            raise UnmendableError
        return found

    def _object(self, depth: int) -> dict[str, Any]:
        self._at += 1
        found: dict[str, Any] = {}
        seen: set[str] = set()
        while True:
            self._skip()
            if self._ends(depth) or self._take(_CLOSE):
                return found
            name = self._name()
            plain = plain_name(name)
            if plain in seen or (depth == 0 and self._known and plain not in self._known):
                raise UnmendableError
            seen.add(plain)
            if depth == 0:
                self._in_prose = plain in self._prose
            found[name] = self._value(depth, _AFTER_FIELD)
            self._skip()
            if not self._take(_COMMA) and not self._peek(_CLOSE) and not self._ends(depth):
                raise UnmendableError

    def _list(self, depth: int) -> list[Any]:
        self._at += 1
        found: list[Any] = []
        while True:
            self._skip()
            if self._take(r"[\]］]"):
                return found
            found.append(self._value(depth, _AFTER_ITEM))
            self._skip()
            if not self._take(_COMMA) and not self._peek(r"[\]］]"):
                raise UnmendableError

    def _name(self) -> str:
        named = _NAMED.match(self._text, self._at)
        if named is None:
            raise UnmendableError
        self._at = named.end()
        return named["double"] or named["single"] or named["bare"]

    def _value(self, depth: int, after: re.Pattern[str]) -> Any:
        self._skip()
        if depth >= _DEEPEST or self._at >= self._end:
            raise UnmendableError
        first = self._text[self._at]
        if first in "{｛":
            return self._object(depth + 1)
        if first in "[［":
            return self._list(depth + 1)
        if first in _DOUBLE:
            # ASCII quotes end with ASCII quotes; typographic ones with any double quote.
            return self._quoted(first if first in '"＂' else _DOUBLE, depth, after)
        if first in _SINGLE:
            return self._quoted(first if first in "'＇" else _SINGLE, depth, after)
        return self._bare()

    def _bare(self) -> Any:
        found = _PLAIN_VALUE.match(self._text, self._at)
        if found is None:
            raise UnmendableError
        self._at = found.end()
        word = found[0]
        if word.casefold() in _LITERALS:
            return _LITERALS[word.casefold()]
        try:
            return int(word) if word.isdecimal() else float(word)
        except ValueError:
            return word

    def _quoted(self, quotes: str, depth: int, after: re.Pattern[str]) -> str:
        """A text between quotes: up to the first quote, or where that can't be the end, up to the first that can be."""
        start = self._at + 1
        braces, first = 0, True
        for sign in re.compile(rf"\\.|[{quotes}{{}}｛｝]", re.DOTALL).finditer(self._text, start):
            one = sign[0]
            if one in "{｛":
                braces += 1
            elif one in "}｝":
                braces -= 1
            elif one in quotes:
                if (first or braces == 0) and self._may_end(sign.end(), depth, after):
                    self._at = sign.end()
                    return self._checked(start, sign.start(), flawed=not first)
                first = False
            if not first and braces < 0:
                raise UnmendableError
        raise UnmendableError

    def _may_end(self, at: int, depth: int, after: re.Pattern[str]) -> bool:
        """Whether what stands behind a quote is what stands behind a value."""
        found = after.match(self._text, at)
        if found is None:
            return self._open and depth == 0 and _past_gap(self._text, at) == self._end
        ends = found.groupdict().get("end")
        return ends is None or depth > 0 or found.end() == self._end

    def _checked(self, start: int, end: int, *, flawed: bool) -> str:
        """The text, if no field is named in it: it might be the field itself. In free text, braces set quotes apart."""
        inner = self._text[start:end]
        named = self._name_bare if flawed else self._name_quoted
        if named.search(_without_braces(inner) if self._in_prose else inner):
            raise UnmendableError
        return _unescaped(inner)

    def _skip(self) -> None:
        """Pass over spaces and comments; a comment that names a field may hide one."""
        end = _past_gap(self._text, self._at)
        if end - self._at > 1 and self._name_bare.search(self._text, self._at, end):
            raise UnmendableError
        self._at = end

    def _ends(self, depth: int) -> bool:
        """Whether the object ends without its last brace."""
        return self._open and depth == 0 and self._at == self._end

    def _peek(self, sign: str) -> bool:
        return re.compile(sign).match(self._text, self._at) is not None

    def _take(self, sign: str) -> bool:
        taken = self._peek(sign)
        self._at += taken
        return taken


def _past_gap(text: str, at: int) -> int:
    """The place after spaces and comments."""
    found = _SKIPPED.match(text, at)
    return found.end() if found else at


def _without_braces(text: str) -> str:
    """A text without what stands between balanced braces; braces that do not balance hide nothing."""
    kept: list[str] = []
    depth, begun, at = 0, 0, 0
    for sign in re.finditer(r"[{}｛｝]", text):
        if sign[0] in "{｛":
            if depth == 0:
                begun = sign.start()
            depth += 1
        elif depth > 0:
            depth -= 1
            if depth == 0:
                kept.append(text[at:begun])
                at = sign.end()
    return " ".join((*kept, text[at:]))


_ESCAPES: dict[str, str] = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)


def _unescaped(text: str) -> str:
    """A text with JSON's escapes resolved; an unknown escape is the character itself."""
    return _ESCAPED.sub(lambda one: chr(int(one[1], 16)) if one[1] else _ESCAPES.get(one[2], one[2]), text)
