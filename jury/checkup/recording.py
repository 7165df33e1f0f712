"""What really went over HTTP in a check-up, kept without secrets, so that tests can be held against real providers.

An exchange is a request's method, path and body, and the answer's status, headers and body. Left out are addresses,
keys, headers that say who asks, and the bytes of images and clips, of which length and SHA-256 stand in their place.
"""

import asyncio
import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import orjson

from jury.atomic import write_atomically
from jury.errors import InputError
from jury.secrets import scrubbed

#: The file of a recording that says what the check-up found.
FINDINGS = "checkups.json"

#: Headers of an answer that are kept: what it is, and what is said of limits.
_KEPT_HEADERS = re.compile(r"^(?:content-type|retry-after(?:-ms)?|x-ratelimit-.*|anthropic-ratelimit-.*)$")

#: Parameters of an address that are kept.
_KEPT_PARAMETERS = frozenset({"api-version", "alt"})

#: Texts at least so long are looked at as encoded media, in characters.
_LONG = 200

_BASE64 = re.compile(r"[A-Za-z0-9+/\r\n]+={0,2}")
_DATA_URL = re.compile(r"data:[\w/+.-]*;base64,")

#: Who asks, in the words of errors and ids: organisations, projects, users, requests.
_ACCOUNTS = re.compile(r"\b(?:org|proj|user|req|acct|wrkspc)[-_][A-Za-z0-9]{6,}")


@dataclass(frozen=True)
class Asking:
    """What a call is made for: the model, and which of the check-up's questions it is asked."""

    model: str
    question: str


#: Set while a question is asked: the HTTP below knows nothing of it.
_asking: ContextVar[Asking | None] = ContextVar("asking", default=None)


class Recording:
    """Notes the exchanges of a check-up for a new folder. Nothing of a secret is ever noted.

    Raises `InputError` for a folder that holds something.
    """

    def __init__(self, folder: Path) -> None:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError(f"--record {folder} is there already and not empty; name a new folder")
        self._folder = folder
        self._exchanges: dict[Asking, list[dict[str, Any]]] = {}

    def note(self, request: httpx.Request, response: httpx.Response | None, error: str = "") -> None:
        """Note one exchange; without a response, `error` names what went wrong instead."""
        asking = _asking.get()
        if asking is None:
            return
        answered = _answer(response) if response is not None else {"error": error}
        self._exchanges.setdefault(asking, []).append({"request": _question(request), "response": answered})

    def write(self, checkups: Sequence[Mapping[str, Any]]) -> None:
        """Write a file for every question to every model, and one of what was found: check-ups as JSON, their addresses left out."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for asking, exchanges in self._exchanges.items():
            name = re.sub(r"[^A-Za-z0-9.-]+", "_", f"{asking.model}.{asking.question}")
            document = {"model": asking.model, "question": asking.question, "exchanges": exchanges}
            _write(self._folder / f"{name}.json", document)
        kept = [redacted({**checkup, "api_base": None}) for checkup in checkups]
        _write(self._folder / FINDINGS, {"models": kept})


@contextmanager
def asking(model: str, question: str) -> Iterator[None]:
    """Say of all HTTP inside what it is for."""
    token = _asking.set(Asking(model, question))
    try:
        yield
    finally:
        _asking.reset(token)


@contextmanager
def recorded_http(recording: Recording) -> Iterator[None]:
    """Have a recording note all that asynchronous clients of httpx send inside: every one of LiteLLM's.

    LiteLLM makes clients of its own where it needs them, so it is their class that is listened to.
    """
    sent = httpx.AsyncClient.send

    async def send(client: httpx.AsyncClient, request: httpx.Request, **settings: Any) -> httpx.Response:
        try:
            response = await sent(client, request, **settings)
            await response.aread()
        except (httpx.HTTPError, asyncio.CancelledError) as error:
            recording.note(request, None, type(error).__name__)
            raise
        recording.note(request, response)
        return response

    setattr(httpx.AsyncClient, "send", send)  # noqa: B010 - a method is replaced for a while
    try:
        yield
    finally:
        setattr(httpx.AsyncClient, "send", sent)  # noqa: B010


def redacted(value: Any) -> Any:
    """A JSON value without secrets, accounts and encoded media."""
    if isinstance(value, Mapping):
        return {redacted(str(name)): redacted(item) for name, item in value.items()}
    if isinstance(value, list):
        return [redacted(item) for item in value]
    if not isinstance(value, str):
        return value
    return _stand_in(value) or _ACCOUNTS.sub("[account]", scrubbed(value))


def _question(request: httpx.Request) -> dict[str, Any]:
    query = {name: value for name, value in request.url.params.items() if name in _KEPT_PARAMETERS}
    body = _body(request.content, request.headers.get("content-type", ""))
    return {"method": request.method, "path": redacted(request.url.path), "query": query, "body": body}


def _answer(response: httpx.Response) -> dict[str, Any]:
    headers = {name.lower(): redacted(value) for name, value in response.headers.items()}
    kept = {name: value for name, value in sorted(headers.items()) if _KEPT_HEADERS.match(name)}
    body = _body(response.content, response.headers.get("content-type", ""))
    return {"status": response.status_code, "headers": kept, "body": body}


def _body(data: bytes, kind: str) -> Any:
    """A body as JSON, else as text; of anything else, its length and SHA-256."""
    try:
        return redacted(orjson.loads(data))
    except orjson.JSONDecodeError:
        pass
    textual = kind.startswith("text/") or "json" in kind or not data
    return redacted(data.decode(errors="replace")) if textual else _sum_of(data)


def _stand_in(text: str) -> str:
    """What stands for an encoded medium; "" for any other text."""
    head = _DATA_URL.match(text)
    encoded = text[head.end() :] if head else text
    if len(text) < _LONG or not _BASE64.fullmatch(encoded):
        return ""
    try:
        data = base64.b64decode(encoded, validate=not head)
    except (binascii.Error, ValueError):
        return ""
    return f"{head[0] if head else ''}[{_sum_of(data)}]"


def _sum_of(data: bytes) -> str:
    return f"{len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}"


def _write(path: Path, document: Mapping[str, Any]) -> None:
    write_atomically(path, [orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)])
