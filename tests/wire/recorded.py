"""A server that answers as another did: it replays what `jury doctor --record FOLDER` kept."""

import json
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

from jury.checkup.recording import FINDINGS, redacted
from wire.http_server import HttpReply, HttpRequest, HttpServer


class RecordedServer:
    """A context manager. What was asked before is answered as it was then, each answer once; all else is an HTTP 500.

    `models` is what the check-up found: a list of check-ups as JSON. Addresses were not kept, so an answer is looked up
    by the end of its path: `base` fits every provider.
    """

    def __init__(self, folder: Path) -> None:
        self.models: list[dict[str, Any]] = json.loads((folder / FINDINGS).read_text())["models"]
        self.exchanges: list[dict[str, Any]] = [
            exchange
            for path in sorted(folder.glob("*.json"))
            if path.name != FINDINGS
            for exchange in json.loads(path.read_text())["exchanges"]
        ]
        self._left = list(self.exchanges)
        self._lock = threading.Lock()
        self._http = HttpServer(self._respond)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._http.port}"

    def __enter__(self) -> "RecordedServer":
        self._http.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.stop()

    def _respond(self, request: HttpRequest) -> HttpReply:
        body = redacted(json.loads(request.body)) if request.body else ""
        with self._lock:
            for exchange in self._left:
                asked = exchange["request"]
                if asked["path"].endswith(request.path) and asked["body"] == body:
                    self._left.remove(exchange)
                    return _reply(exchange["response"])
        return HttpReply(b'{"error": {"message": "this was not asked when the recording was made"}}', 500)


def _reply(answered: dict[str, Any]) -> HttpReply:
    if "error" in answered:
        return HttpReply(reset=True)
    body = answered["body"]
    data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return HttpReply(data, answered["status"], answered["headers"])
