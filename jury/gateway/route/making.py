"""Images and clips from models: one try through LiteLLM or an offline maker, checked and stored before it is believed."""

import asyncio
import base64
import binascii
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from jury.errors import InputError
from jury.gateway.route.completion import tokens_of
from jury.gateway.spending.making_costs import paid
from jury.gateway.transport import CallFailedError
from jury.media import NOWHERE, MediaStore, Remote, admit_remote, inspect_audio, inspect_image
from jury.providers import Provider
from jury.records import Cause, Completion, MediaRef, ModelFacts, Request

#: The voice asked for where none is stated: the one that OpenAI's form of the API always has.
VOICE = "alloy"


@dataclass(frozen=True)
class Studio:
    """Where what is made is kept, and the hosts an image may be fetched from if it does not come with the answer."""

    store: MediaStore
    remote: Remote = NOWHERE


async def made_offline(provider: Provider, request: Request, studio: Studio) -> Completion:
    """What an offline maker makes of a request. Raises `CallFailedError` for what it can't."""
    name = request.model.split("/", 1)[1]
    if provider.makes is None:
        raise _unfit(f"model {request.model!r} makes no {request.makes}; name one that does")
    started = time.perf_counter()
    try:
        data = await asyncio.to_thread(provider.makes, name, request)
    except (InputError, ValueError) as error:
        raise _unfit(str(error)) from None
    media = await asyncio.to_thread(_stored, data, request, studio.store, passing=False)
    return _completion(media, name, time.perf_counter() - started).but(cost=0.0)


async def made_online(
    litellm: Any, request: Request, timeout: float, studio: Studio, facts: ModelFacts | None = None
) -> Completion:
    """What a model behind LiteLLM makes of a request. Raises `CallFailedError`, or what LiteLLM raises."""
    started = time.perf_counter()
    async with asyncio.timeout(timeout):
        response = await (_painted if request.makes == "image" else _spoken)(litellm, request, timeout)
    media = await asyncio.to_thread(_media_in, response, request, studio)
    reported = (getattr(response, "_hidden_params", None) or {}).get("response_cost")
    read, written = tokens_of(response)
    completion = _completion(media, request.model, time.perf_counter() - started)
    return completion.but(cost=paid(request, reported, facts), input_tokens=read, output_tokens=written)


async def _painted(litellm: Any, request: Request, timeout: float) -> Any:
    """LiteLLM passes the wish for base64 on only to those it knows to take it."""
    settings = {"response_format": "b64_json", **_arguments(request, timeout)}
    return await litellm.aimage_generation(**{**settings, "prompt": request.words, "n": 1})


async def _spoken(litellm: Any, request: Request, timeout: float) -> Any:
    settings = {"voice": VOICE, "response_format": "wav", **_arguments(request, timeout)}
    return await litellm.aspeech(**{**settings, "input": request.words})


def _arguments(request: Request, timeout: float) -> dict[str, Any]:
    base = {"api_base": request.api_base} if request.api_base else {}
    return {**request.params, **base, "model": request.model, "timeout": timeout, "max_retries": 0}


def _media_in(response: Any, request: Request, studio: Studio) -> MediaRef:
    """What came with the answer, or lies where the answer says, in the store."""
    if request.makes == "audio":
        return _stored(_bytes_in(response), request, studio.store)
    images = getattr(response, "data", None) or []
    if not images:
        raise _failed("the answer holds no image")
    encoded, url = getattr(images[0], "b64_json", None), getattr(images[0], "url", None)
    if not encoded and isinstance(url, str):
        return _fetched(url, studio)
    return _stored(_decoded(encoded), request, studio.store)


def _fetched(url: str, studio: Studio) -> MediaRef:
    """The image that lies elsewhere: fetched from hosts that were allowed, and from no other."""
    found = admit_remote(url, remote=studio.remote, kind="image", store=studio.store)
    if isinstance(found, MediaRef):
        return found
    way_out = "or set `extra_body: {response_format: b64_json}` in the maker's params"
    detail = f"the image lies at {_host(url)} instead of in the answer: {found.detail}, {way_out}"
    raise CallFailedError(found.but(detail=detail[:500]), passing=found.kind == "timeout")


def _host(url: str) -> str:
    """The address's host alone: the rest may be signed."""
    try:
        return (urlsplit(url).hostname or "")[:100] or "an unknown host"
    except ValueError:
        return "an unknown host"


def _decoded(encoded: Any) -> bytes:
    try:
        return base64.b64decode(encoded or "", validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise _failed("the image in the answer is not base64") from None


def _bytes_in(response: Any) -> bytes:
    data = getattr(response, "content", b"")
    return data if isinstance(data, bytes) else b""


def _stored(data: bytes, request: Request, store: MediaStore, *, passing: bool = True) -> MediaRef:
    """The reference of what was made, its bytes safely in the store. What a server sent broken may come whole next."""
    inspected = (inspect_image if request.makes == "image" else inspect_audio)(data)
    if isinstance(inspected, Cause):
        raise CallFailedError(inspected, passing=passing)
    store.put(data, inspected)
    return inspected


def _completion(media: MediaRef, by: str, seconds: float) -> Completion:
    return Completion(media=media, answered_by=by, finish_reason="stop", seconds=round(seconds, 6))


def _failed(detail: str) -> CallFailedError:
    """An answer without what was asked for; the next may have it."""
    return CallFailedError(Cause(kind="error", detail=detail), passing=True)


def _unfit(detail: str) -> CallFailedError:
    """A request that this maker will never fulfil, though it may others."""
    return CallFailedError(Cause(kind="error", detail=detail[:500]), passing=False, request_at_fault=True)
