"""A Ray cluster that is there already: the same verdicts, limits and breakers for all its workers, and their spans."""

import asyncio
import gzip
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from model_server import ModelServer, Served, deterministic_juror

from jury.ledger import Ledger

pytest.importorskip("ray")
pytestmark = pytest.mark.slow

CASES = 40
IN_FLIGHT = 6
FAILURES = 10

#: For the cluster and for those who go to it: a token of their own, and the loopback address alone.
AUTHORISED = {
    "RAY_AUTH_MODE": "token",
    "RAY_AUTH_TOKEN": secrets.token_hex(32),
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
}


@dataclass
class Receiver:
    """What was sent over OTLP to an address on this machine."""

    endpoint: str
    bodies: list[bytes] = field(default_factory=list)

    def spans(self) -> list[Any]:
        """Every span that came."""
        from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

        sent = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        scopes = [scope for one in sent for resource in one.resource_spans for scope in resource.scope_spans]
        return [span for scope in scopes for span in scope.spans]


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            packed = self.headers.get("content-encoding") == "gzip"
            heard.bodies.append(gzip.decompress(body) if packed else body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        heard = Receiver(f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield heard
        server.shutdown()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def cluster(receiver: Receiver) -> Iterator[str]:
    """The address of a cluster of one machine, whose workers would send their spans to the receiver."""
    folder = tempfile.mkdtemp(prefix="jray", dir="/tmp")  # short: sockets lie in it
    address = f"127.0.0.1:{free_port()}"
    command = [str(Path(sys.executable).parent / "ray"), "start", "--head", "--block", "--disable-usage-stats"]
    command += ["--node-ip-address=127.0.0.1", f"--port={address.rpartition(':')[2]}", "--include-dashboard=false"]
    command += [f"--temp-dir={folder}", "--num-cpus=2", f"--object-store-memory={80 * 2**20}"]
    command += [f"--dashboard-agent-listen-port={free_port()}"]
    environment = {**os.environ, **AUTHORISED, "OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint}
    log = Path(folder, "log")
    with log.open("w") as told:
        head = subprocess.Popen(command, stdout=told, stderr=told, env=environment, start_new_session=True)
        try:
            while head.poll() is None and "Ray runtime started" not in log.read_text():
                time.sleep(0.1)
            assert head.poll() is None, log.read_text()
            yield address
        finally:
            head.send_signal(signal.SIGTERM)
            head.wait(timeout=60)
            shutil.rmtree(folder, ignore_errors=True)


def jury(out: Path, *more: str, **environment: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "jury", "run", *more, "--out", str(out), "--no-adaptive"]
    command += ["--jury", "poll", "--rubric", "safebench"]
    environment = {**os.environ, **AUTHORISED, **environment}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def ended(process: subprocess.Popen[str]) -> None:
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def on(cluster: str) -> tuple[str, ...]:
    return ("--engine", "ray", "--workers", "2", "--address", cluster)


SAMPLE = ("sample", "--target", "rehearsal/reckless", "--panel", "rehearsal", "--limit", "12")


def test_a_cluster_comes_to_the_verdicts_of_one_process_in_its_order(tmp_path: Path, cluster: str) -> None:
    (tmp_path / "local").mkdir()
    asyncio.run(Ledger.open(tmp_path / "local" / "ledger.sqlite").close())
    shutil.copytree(tmp_path / "local", tmp_path / "ray")  # one secret, so that prompts have the same fences
    ended(jury(tmp_path / "local", *SAMPLE))
    ended(jury(tmp_path / "ray", *SAMPLE, *on(cluster)))
    found = {name: lines(tmp_path / name / "verdicts.jsonl") for name in ("local", "ray")}
    for verdict in (*found["local"], *found["ray"]):
        verdict["usage"].pop("seconds", None)
    assert len(found["ray"]) == 12
    assert found["ray"] == found["local"]
    assert {line["engine"] for line in lines(tmp_path / "ray" / "engine.jsonl")} == {"ray"}


class Model:
    """Answers as usual, but for one juror whom it refuses if it is told to; counts what each model is asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.locked = False

    def __call__(self, request: dict[str, Any]) -> Served:
        self.asked[request["model"]] += 1
        time.sleep(0.03)
        return Served(status=500) if self.locked and request["model"] == "j0" else deterministic_juror(request)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(Model()) as running:
        yield running


@pytest.fixture
def material(tmp_path: Path, server: ModelServer) -> tuple[str, ...]:
    cases = [{"id": f"c{n}", "prompt": f"Is plan {n} a good one?", "response": "It is."} for n in range(CASES)]
    (tmp_path / "cases.jsonl").write_text("\n".join(map(json.dumps, cases)))
    seats = [{"model": f"hosted_vllm/j{n}", "role": "juror", "api_base": server.base} for n in range(3)]
    (tmp_path / "panel.yaml").write_text(json.dumps({"name": "three", "seats": seats}))
    (tmp_path / "limits.yaml").write_text(json.dumps({"hosted_vllm/j0": {"requests_per_minute": FAILURES}}))
    panel = ("--panel", str(tmp_path / "panel.yaml"), "--in-flight", str(IN_FLIGHT))
    return (str(tmp_path / "cases.jsonl"), *panel)


def test_what_fails_in_some_workers_is_out_of_service_for_all(tmp_path, material, server, cluster) -> None:
    server.behaviour.locked = True
    ended(jury(tmp_path / "run", *material, *on(cluster), "--tries", "1"))
    asked = server.behaviour.asked
    assert FAILURES <= asked["j0"] < FAILURES + IN_FLIGHT  # each worker by itself would have failed as often
    assert asked["j1"] == asked["j2"] == CASES
    assert "out of service after" in (tmp_path / "run" / "verdicts.jsonl").read_text()
    assert len({line["pid"] for line in lines(tmp_path / "run" / "engine.jsonl")}) == 2


def test_so_many_calls_a_minute_are_so_many_of_all_workers(tmp_path, material, server, cluster) -> None:
    process = jury(tmp_path / "run", *material, *on(cluster), "--limits", str(tmp_path / "limits.yaml"))
    try:
        while process.poll() is None and server.behaviour.asked["j0"] < FAILURES:
            time.sleep(0.05)
        time.sleep(1.0)  # enough for ten more, were there another window
        assert process.poll() is None
        assert server.behaviour.asked["j0"] == FAILURES
    finally:
        process.kill()
        process.communicate()


def test_spans_of_workers_nest_in_the_run_of_the_driver(tmp_path, cluster, receiver) -> None:
    assert receiver.spans() == []  # no run before has asked for any
    ended(jury(tmp_path / "run", *SAMPLE, *on(cluster), OTEL_EXPORTER_OTLP_ENDPOINT=receiver.endpoint))
    by_id = {span.span_id: span for span in receiver.spans()}

    def way(span: Any) -> tuple[str, ...]:
        above = way(by_id[span.parent_span_id]) if span.parent_span_id else ()
        return (*above, span.name.split(" ")[0])

    ways = Counter(way(span) for span in by_id.values())
    assert set(ways) == {
        ("run",),
        ("run", "case"),
        ("run", "case", "invoke_agent"),
        ("run", "case", "invoke_agent", "chat"),
    }
    assert ways["run", "case"] == 12
