"""A server on 127.0.0.1 that speaks as much of the Hugging Face hub's protocol as downloading a data set takes."""

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

#: Files from this size on are kept as large ones: known by SHA-256 and not by git's hash.
LARGE = 10_000


@dataclass
class HubServer:
    """One data set at one commit.

    `lies` serves other bytes than are listed, `breaks` breaks off a file once, `down` turns every request down.
    """

    repo: str
    revision: str
    files: dict[str, bytes]
    gated: bool = False
    down: bool = False
    lies: dict[str, bytes] = field(default_factory=dict)
    breaks: set[str] = field(default_factory=set)
    requests: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def fetched(self) -> list[str]:
        """The files that were asked for, in order."""
        return [
            path.rpartition(f"{self.revision}/")[2]
            for verb, path in self.requests
            if verb == "GET" and "/resolve/" in path
        ]

    def tree(self) -> list[dict[str, Any]]:
        """The files as the hub lists them."""
        return [_entry(path, content) for path, content in self.files.items()]


@contextmanager
def serving(hub: HubServer) -> Iterator[HubServer]:
    """The server at work."""
    handler = type("Handler", (_Handler,), {"hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    hub.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _entry(path: str, content: bytes) -> dict[str, Any]:
    blob = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
    entry = {"type": "file", "oid": blob, "size": len(content), "path": path}
    if len(content) >= LARGE:
        entry["lfs"] = {"oid": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 130}
    return entry


class _Handler(BaseHTTPRequestHandler):
    hub: HubServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        hub, path = self.hub, unquote(urlsplit(self.path).path)
        hub.requests.append((self.command, path))
        if hub.down:
            return self._send(400, b"{}", {})
        if hub.gated:
            return self._send(403, b"{}", {"X-Error-Code": "GatedRepo"})
        if path == f"/api/datasets/{hub.repo}/tree/{hub.revision}":
            return self._send(200, json.dumps(hub.tree()).encode(), {"Content-Type": "application/json"})
        name = path.removeprefix(f"/datasets/{hub.repo}/resolve/{hub.revision}/")
        if name in hub.files:
            return self._file(name)
        missing = "RevisionNotFound" if path.startswith(f"/api/datasets/{hub.repo}/") else "RepoNotFound"
        return self._send(404, b"{}", {"X-Error-Code": missing})

    def _file(self, name: str) -> None:
        hub, content = self.hub, self.hub.lies.get(name, self.hub.files[name])
        entry = _entry(name, hub.files[name])
        headers = {
            "ETag": f'"{entry.get("lfs", entry)["oid"]}"',
            "X-Repo-Commit": hub.revision,
            "Accept-Ranges": "bytes",
        }
        begun = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range") or "")
        start = int(begun[1]) if begun else 0
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        if self.command == "GET" and name in hub.breaks:
            hub.breaks.discard(name)
            self._send(200, content, headers, only=len(content) // 2)
            self.close_connection = True
            return
        self._send(206 if start else 200, content[start:], headers)

    def _send(self, status: int, body: bytes, headers: dict[str, str], only: int | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body[:only])

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""
