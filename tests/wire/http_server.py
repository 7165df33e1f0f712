"""An HTTP server on 127.0.0.1 in a thread of its own; whoever starts it says what each request gets."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class HttpRequest:
    """A request as it arrived; names of headers are in lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class HttpReply:
    """What is sent back, after `delay` seconds.

    `drip` sends the body byte by byte, so many seconds apart; `reset` breaks the connection off instead of answering.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    reset: bool = False


class HttpServer:
    """A context manager; `port` is where it listens. Requests are answered in parallel, each in its own thread."""

    def __init__(self, respond: Callable[[HttpRequest], HttpReply]) -> None:
        handler = type("Handler", (_Handler,), {"respond": staticmethod(respond)})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)

    @property
    def port(self) -> int:
        return self._http.server_port

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Answers by `respond`, which a server of its own sets."""

    protocol_version = "HTTP/1.1"
    respond: ClassVar[Callable[[HttpRequest], HttpReply]]

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def do_GET(self) -> None:
        self._answer(b"")

    def _answer(self, body: bytes) -> None:
        address = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = HttpRequest(self.command, address.path, dict(parse_qsl(address.query)), headers, body)
        reply = type(self).respond(request)
        time.sleep(reply.delay)
        if reply.reset:
            _reset(self)
            return
        try:
            self._send(reply)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the asker was killed: that is what some tests are about

    def _send(self, reply: HttpReply) -> None:
        self.send_response(reply.status)
        headers = {"Content-Type": "application/json", "Content-Length": str(len(reply.body)), **reply.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if not reply.drip:
            self.wfile.write(reply.body)
            return
        for byte in reply.body:
            self.wfile.write(bytes([byte]))
            time.sleep(reply.drip)

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests' output is pytest's."""


def _reset(handler: BaseHTTPRequestHandler) -> None:
    """Close without lingering: the other side meets a reset, not an end."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.rfile.close()
    handler.connection.close()
    handler.close_connection = True
