"""An OpenAI-compatible server on 127.0.0.1 that the tests start; it counts what it is asked."""

import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Served:
    """What the server sends back: a chat answer, or any status, headers and raw body instead."""

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    finish_reason: str = "stop"
    delay: float = 0.0


Behaviour = Callable[[dict[str, Any]], Served]


def fingerprint(request: dict[str, Any]) -> str:
    """One name for one question, whatever connection it came over."""
    asked = {name: request.get(name) for name in ("model", "messages", "seed", "temperature")}
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def deterministic_juror(request: dict[str, Any]) -> Served:
    """A ballot drawn from the question's hash; plain words where no ballot is asked for."""
    number = int(fingerprint(request)[:8], 16)
    if "CHOICES:" not in json.dumps(request["messages"]):
        return Served(text=f"Words number {number}.")
    rating = number % 5 + 1
    choice = "unsafe" if rating < 3 else "safe"
    return Served(text=json.dumps({"reasoning": f"r{number}", "choice": choice, "rating": rating, "confidence": 0.7}))


class ModelServer:
    """A context manager: `base` is its URL, `asked` counts every finished answer by question."""

    def __init__(self, behaviour: Behaviour = deterministic_juror) -> None:
        self.behaviour = behaviour
        self.asked: Counter[str] = Counter()
        self.requests: list[dict[str, Any]] = []
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def __enter__(self) -> "ModelServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def answer(self, request: dict[str, Any]) -> Served:
        with self._lock:
            self.requests.append(request)
        served = self.behaviour(request)
        time.sleep(served.delay)
        with self._lock:
            self.asked[fingerprint(request)] += 1
        return served

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                served = server.answer(request)
                body = served.body if served.body is not None else _chat(request, served)
                try:
                    self._send(served, body)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True  # the asker was killed: that is what some tests are about

            def _send(self, served: Served, body: bytes) -> None:
                self.send_response(served.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                for name, value in served.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing: the tests' output is pytest's."""

        return Handler


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
