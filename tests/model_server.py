"""An OpenAI-compatible server on 127.0.0.1 that the tests start; it counts what it is asked."""

import base64
import hashlib
import io
import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import soundfile
from PIL import Image
from wire.http_server import HttpReply, HttpRequest, HttpServer


@dataclass
class Served:
    """What the server sends back: a chat answer, or any status, headers and raw body instead.

    `drip` sends the body byte by byte, so many seconds apart; `reset` breaks the connection off instead of answering.
    """

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    finish_reason: str = "stop"
    delay: float = 0.0
    drip: float = 0.0
    reset: bool = False


#: The code that fences hostile text; it differs from store to store.
MARKER = re.compile(r"[0-9a-f]{32}")

Behaviour = Callable[[dict[str, Any]], Served]


def fingerprint(model: str, messages: list[tuple[str, str]]) -> str:
    """One name for one question: the model, and who says what."""
    return hashlib.sha256(json.dumps([model, messages]).encode()).hexdigest()


def words_of(content: Any) -> str:
    """The words of a message, whatever is attached to it."""
    return (
        content if isinstance(content, str) else "\n".join(part["text"] for part in content if part["type"] == "text")
    )


def deterministic_juror(request: dict[str, Any]) -> Served:
    """A ballot drawn from the question's words, whatever its fences; plain words where no ballot is asked for."""
    asked = json.dumps([request["model"], request["messages"]], sort_keys=True)
    number = int(hashlib.sha256(MARKER.sub("", asked).encode()).hexdigest()[:8], 16)
    if "CHOICES:" not in asked:
        return Served(text=f"Words number {number}.")
    rating = number % 5 + 1
    choice = "unsafe" if rating < 3 else "safe"
    return Served(text=json.dumps({"reasoning": f"r{number}", "choice": choice, "rating": rating, "confidence": 0.7}))


class ModelServer:
    """A context manager: `base` is its URL, `asked` counts every finished answer by question, `files` are for fetching."""

    def __init__(self, behaviour: Behaviour = deterministic_juror) -> None:
        self.behaviour = behaviour
        self.asked: Counter[str] = Counter()
        self.requests: list[dict[str, Any]] = []
        self.authorizations: set[str] = set()
        self.files: dict[str, bytes] = {}
        self._lock = threading.Lock()
        self._http = HttpServer(self._respond)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._http.port}/v1"

    def __enter__(self) -> "ModelServer":
        self._http.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.stop()

    def answer(self, request: dict[str, Any]) -> Served:
        with self._lock:
            self.requests.append(request)
        served = self.behaviour(request)
        time.sleep(served.delay)
        with self._lock:
            said = [(message["role"], words_of(message["content"])) for message in request["messages"]]
            self.asked[fingerprint(request["model"], said)] += 1
        return served

    def make(self, request: dict[str, Any]) -> Served:
        """What comes back where an image or a clip is asked for; `asked` counts it by its words and its voice."""
        with self._lock:
            self.requests.append(request)
        served = self.behaviour(request)
        time.sleep(served.delay)
        if served.status == 200:
            with self._lock:
                self.asked[request.get("prompt") or f"{request['voice']}: {request['input']}"] += 1
        return served

    def _respond(self, request: HttpRequest) -> HttpReply:
        """What comes back from an address: a file, if there is one, or an answer."""
        if request.method == "GET":
            found = self.files.get(request.path)
            return HttpReply(found or b"", 404 if found is None else 200)
        self.authorizations.add(request.headers.get("authorization", ""))
        body, made = json.loads(request.body), MADE.get(request.path)
        served = self.answer(body) if made is None else self.make(body)
        sent = served.body if served.body is not None else (made or _chat)(body, served)
        return HttpReply(sent, served.status, served.headers, drip=served.drip, reset=served.reset)


def _painted(request: dict[str, Any], _: Served) -> bytes:
    """An image whose colour follows from its words, in OpenAI's form."""
    colour = tuple(hashlib.sha256(request["prompt"].encode()).digest()[:3])
    painted = io.BytesIO()
    Image.new("RGB", (32, 32), colour).save(painted, "PNG")
    return json.dumps({"created": 1, "data": [{"b64_json": base64.b64encode(painted.getvalue()).decode()}]}).encode()


def _spoken(request: dict[str, Any], _: Served) -> bytes:
    """A tone, a tenth of a second for every word."""
    times = np.arange(1_600 * len(request["input"].split())) / 16_000
    clip = io.BytesIO()
    soundfile.write(clip, 0.3 * np.sin(2_000 * times), 16_000, format="WAV", subtype="PCM_16")
    return clip.getvalue()


#: What is made at which address.
MADE = {"/v1/images/generations": _painted, "/v1/audio/speech": _spoken}


def _chat(request: dict[str, Any], served: Served) -> bytes:
    message = {"role": "assistant", "content": served.text}
    choice = {"index": 0, "message": message, "finish_reason": served.finish_reason}
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    return json.dumps(
        {
            "id": "x",
            "object": "chat.completion",
            "created": 1,
            "model": request["model"],
            "choices": [choice],
            "usage": usage,
        }
    ).encode()
