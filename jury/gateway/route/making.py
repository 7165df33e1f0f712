"""Images and clips from models: one try through LiteLLM or an offline maker, checked and stored before it is believed."""

import asyncio
import base64
import binascii
import time
from typing import Any
from urllib.parse import urlsplit

from jury.errors import InputError
from jury.gateway.transport import CallFailedError
from jury.media import MediaStore, inspect_audio, inspect_image
from jury.providers import Provider
from jury.records import Cause, Completion, MediaRef, Request, TextPart

#: The voice asked for where none is stated: the one that OpenAI's form of the API always has.
VOICE = "alloy"


def words_of(request: Request) -> str:
    """What is to be painted or spoken."""
    return "\n".join(part.text for message in request.messages for part in message.parts if isinstance(part, TextPart))


async def made_offline(provider: Provider, request: Request, store: MediaStore) -> Completion:
    """What an offline maker makes of a request. Raises `CallFailedError` for what it can't."""
    name = request.model.split("/", 1)[1]
    if provider.makes is None:
        raise _failed(f"model {request.model!r} makes no {request.makes}; name one that does")
    started = time.perf_counter()
    try:
        data = await asyncio.to_thread(provider.makes, name, request)
    except (InputError, ValueError) as error:
        raise _failed(str(error)) from None
    media = await asyncio.to_thread(_stored, data, request, store)
    return _completion(media, name, time.perf_counter() - started, cost=0.0)


async def made_online(litellm: Any, request: Request, timeout: float, store: MediaStore) -> Completion:
    """What a model behind LiteLLM makes of a request. Raises `CallFailedError`, or what LiteLLM raises."""
    started = time.perf_counter()
    async with asyncio.timeout(timeout):
        response = await (_painted if request.makes == "image" else _spoken)(litellm, request, timeout)
    data = _image_in(response) if request.makes == "image" else _bytes_in(response)
    media = await asyncio.to_thread(_stored, data, request, store)
    cost = (getattr(response, "_hidden_params", None) or {}).get("response_cost")
    seconds = time.perf_counter() - started
    return _completion(media, request.model, seconds, cost=None if cost is None else float(cost))


async def _painted(litellm: Any, request: Request, timeout: float) -> Any:
    return await litellm.aimage_generation(prompt=words_of(request), n=1, **_arguments(request, timeout))


async def _spoken(litellm: Any, request: Request, timeout: float) -> Any:
    settings = {"voice": VOICE, "response_format": "wav", **_arguments(request, timeout)}
    return await litellm.aspeech(input=words_of(request), **settings)


def _arguments(request: Request, timeout: float) -> dict[str, Any]:
    base = {"api_base": request.api_base} if request.api_base else {}
    return {**request.params, **base, "model": request.model, "timeout": timeout, "max_retries": 0}


def _image_in(response: Any) -> bytes:
    """The image that came with the answer. One that lies elsewhere is not fetched: its address is not ours to trust."""
    images = getattr(response, "data", None) or []
    if not images:
        raise _failed("the answer holds no image", passing=True)
    encoded, url = getattr(images[0], "b64_json", None), getattr(images[0], "url", None)
    if not encoded and isinstance(url, str):
        host = urlsplit(url).hostname or "an unknown host"
        raise _failed(
            f"the image lies at {host} instead of in the answer; set `response_format: b64_json` in the painter's params"
        )
    try:
        return base64.b64decode(encoded or "", validate=True)
    except (binascii.Error, ValueError):
        raise _failed("the image in the answer is not base64", passing=True) from None


def _bytes_in(response: Any) -> bytes:
    data = getattr(response, "content", b"")
    return data if isinstance(data, bytes) else b""


def _stored(data: bytes, request: Request, store: MediaStore) -> MediaRef:
    """The reference of what was made, its bytes safely in the store. Broken media may be whole the next time."""
    inspected = (inspect_image if request.makes == "image" else inspect_audio)(data)
    if isinstance(inspected, Cause):
        raise CallFailedError(inspected, passing=True)
    store.put(data, inspected)
    return inspected


def _completion(media: MediaRef, by: str, seconds: float, cost: float | None) -> Completion:
    return Completion(media=media, answered_by=by, finish_reason="stop", cost=cost, seconds=round(seconds, 6))


def _failed(detail: str, *, passing: bool = False) -> CallFailedError:
    return CallFailedError(Cause(kind="error", detail=detail[:500]), passing=passing)
