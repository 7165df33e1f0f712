"""What a provider answered over HTTP, and the error it states there: read from the wire, not from LiteLLM's words for it.

LiteLLM keeps the HTTP response in the chain of exceptions behind its own, and hands an answer's body to `logger_fn`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

#: Longest text that is searched for JSON, in characters.
_LONGEST = 200_000

#: Exceptions behind an exception that are looked at.
_CHAIN = 10

#: Parts of a body in which providers and routers put an error, or the error of the provider behind them.
_PARTS = ("error", "errors", "innererror", "inner_error", "details", "detail", "metadata", "raw")

#: Errors within errors that are looked at, and members of a list.
_DEEPEST, _WIDEST = 6, 8

#: Fields that name an error for programs, and fields that name it for people.
_CODES = ("code", "type", "status", "reason", "__type", "error_code")
_MESSAGES = ("message", "Message", "error", "detail", "error_msg", "raw")


@dataclass(frozen=True)
class ProviderReply:
    """An HTTP answer: its status (None where nothing came), its headers by lower-case name, its text and what that is as JSON."""

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    @cached_property
    def body(self) -> Any:
        """The text as JSON, None where it is none."""
        return parsed(self.text)

    @cached_property
    def errors(self) -> tuple[Mapping[str, Any], ...]:
        """Every object in the body that may describe an error, the outermost first."""
        return tuple(_errors_in(self.body, _DEEPEST))

    @cached_property
    def codes(self) -> frozenset[str]:
        """What the errors are called for programs, in lower case; AWS names it in a header."""
        stated = [error.get(name) for error in self.errors for name in _CODES]
        stated.append(self.headers.get("x-amzn-errortype", "").partition(":")[0])
        return frozenset(str(code).lower() for code in stated if isinstance(code, str | int) and str(code))

    @cached_property
    def messages(self) -> tuple[str, ...]:
        """What the errors say to people, the outermost first, each once."""
        said = (error.get(name) for error in self.errors for name in _MESSAGES)
        return tuple(
            dict.fromkeys(" ".join(words.split()) for words in said if isinstance(words, str) and words.strip())
        )

    @property
    def error_status(self) -> int | None:
        """HTTP's status of the error: some providers send one within an answer whose own status is 200."""
        if self.status not in {None, 200}:
            return self.status
        stated = sorted(int(code) for code in self.codes if code.isdecimal() and len(code) == 3 and code[0] in "45")
        return stated[0] if stated else self.status

    @property
    def sentence(self) -> str:
        """The provider's own words: its message, with that of the provider behind it where there is one."""
        return ": ".join(message for message in self.messages[:2] if not message.startswith("{"))


class SentBody:
    """Notes the body of an answer as LiteLLM receives it; an instance is what `logger_fn` takes."""

    def __init__(self) -> None:
        self._text = ""

    def __call__(self, details: Mapping[str, Any]) -> None:
        """Note what has come so far, if anything has; `details` are LiteLLM's of the call.

        Where LiteLLM can't read an answer, it may tell of that and then of what it makes of it: the answer counts.
        """
        sent = details.get("original_response")
        if isinstance(sent, str) and (not self._text or sent.lstrip().startswith(("{", "["))):
            self._text = sent

    @property
    def reply(self) -> ProviderReply:
        """The answer so far; without a status where none came."""
        return ProviderReply(200, text=self._text) if self._text else ProviderReply()


def reply_behind(error: BaseException) -> ProviderReply:
    """The HTTP answer behind an exception of LiteLLM's: the one that says most; else what the exception itself says of it."""
    found = ProviderReply()
    for reply in map(_reply_of, chain_of(error)):
        if reply is not None and len(reply.text) >= len(found.text):
            found = ProviderReply(reply.status or found.status, {**found.headers, **reply.headers}, reply.text)
    if found.text:
        return found
    status = getattr(error, "status_code", None)
    return ProviderReply(status if isinstance(status, int) else None, found.headers, _told_by(error))


def chain_of(error: BaseException) -> Iterator[BaseException]:
    """An exception and those behind it, the last one first."""
    at: BaseException | None = error
    for _ in range(_CHAIN):
        if at is None:
            return
        yield at
        at = at.__cause__ or at.__context__


def parsed(text: str) -> Any:
    """A text as JSON, or the JSON that begins in it somewhere; None where there is none."""
    start = text.find("{", 0, _LONGEST) if not text.lstrip().startswith("[") else text.find("[")
    if start < 0 or len(text) > _LONGEST:
        return None
    try:
        return json.JSONDecoder().raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None


def _reply_of(error: BaseException) -> ProviderReply | None:
    response = getattr(error, "response", None)
    status, headers = getattr(response, "status_code", None), getattr(response, "headers", None)
    if not isinstance(status, int) or not isinstance(headers, Mapping):
        return None
    try:
        text = response.text if isinstance(response.text, str) else ""  # type: ignore[union-attr]
    except Exception:  # a body that was never read
        text = ""
    beside = getattr(error, "litellm_response_headers", None)
    told = {**(beside if isinstance(beside, Mapping) else {}), **headers}
    return ProviderReply(status, {str(name).lower(): str(value) for name, value in told.items()}, text)


def _told_by(error: BaseException) -> str:
    """What an exception says of an answer that is not there: its body and code as JSON, else its words."""
    body, code = getattr(error, "body", None), getattr(error, "code", None)
    stated = {**(body if isinstance(body, Mapping) else {}), **({"code": code} if isinstance(code, str) else {})}
    if not stated:
        return str(error)
    try:
        return json.dumps({"message": str(error), **stated}, default=str)
    except (TypeError, ValueError, RecursionError):
        return str(error)


def _errors_in(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for one in value[:_WIDEST]:
            yield from _errors_in(one, depth - 1)
    elif isinstance(value, str):
        if value.lstrip().startswith(("{", "[")):
            yield from _errors_in(parsed(value), depth - 1)
    elif isinstance(value, Mapping):
        yield value
        for name in (*_PARTS, "message"):
            if isinstance(value.get(name), Mapping | list | str):
                yield from _errors_in(value[name], depth - 1)
