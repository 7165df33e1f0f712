"""JSON as the ledger writes it, read so that it can be written again digit by digit."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


class Number(float):
    """A float that remembers how it was written: programs differ in how they write 0.00001."""

    written: str

    def __new__(cls, written: str) -> "Number":
        """The number a JSON text spells."""
        number = super().__new__(cls, written)
        number.written = written
        return number


def parsed(text: object) -> Any:
    """The value of a JSON text. Raises `ValueError` for anything else, however it is broken."""
    if not isinstance(text, (str, bytes)):
        raise ValueError("is no text")  # noqa: TRY004 - one kind of error for whatever can't be read
    try:
        return json.loads(text, parse_float=Number, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("is nested too deeply") from None


def parsed_object(text: object) -> dict[str, Any]:
    """The JSON object in a text. Raises `ValueError` for any other text."""
    value = parsed(text)
    if not isinstance(value, dict):
        raise ValueError("is no JSON object")  # noqa: TRY004 - one kind of error for whatever can't be read
    return value


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces; numbers keep the digits they were read with."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{_quoted(name)}:{canonical(value[name])}" for name in sorted(value)) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, Number):
        return value.written
    return _quoted(value)


def digest(value: Any) -> str:
    """64 hex digits: the SHA-256 of a value's canonical JSON."""
    return hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()


def case_digests(case: Mapping[str, Any]) -> frozenset[str]:
    """What a case may be called: the digest of all but people's labels; earlier releases counted these in."""
    unlabelled = {name: value for name, value in case.items() if name != "gold"}
    return frozenset(digest({"Case": content}) for content in (unlabelled, case))


def _quoted(value: str | float | bool | None) -> str:
    return json.dumps(value, ensure_ascii=False)


def _no_constant(name: str) -> Any:
    raise ValueError(f"holds {name}, which is no JSON")
