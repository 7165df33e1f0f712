"""Spans of a run nest from the run to its calls, and go where the environment says."""

import gzip
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import report_runs
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from spans import spans, tree

from benchmarks.telemetry import telemetry
from jury.errors import InputError


@pytest.fixture
def asked_by(monkeypatch):
    for name in list(os.environ):
        if name.startswith("OTEL_"):
            monkeypatch.delenv(name)
    return monkeypatch.setenv


def test_calls_nest_in_jurors_in_cases_in_the_run(tmp_path):
    with spans() as exporter:
        report_runs.plain_run(tmp_path)
    finished = exporter.get_finished_spans()
    ways = set(tree(finished))
    assert ways == {
        ("run",),
        ("run", "case"),
        ("run", "case", "invoke_agent"),
        ("run", "case", "invoke_agent", "chat"),
    }
    cases = [span for span in finished if span.name == "case"]
    assert sorted(span.attributes["jury.outcome.state"] for span in cases) == ["decided"] * 3 + ["hung"] * 2 + [
        "no_quorum"
    ]
    assert len({span.context.trace_id for span in finished}) == 1


def test_nothing_is_sent_unless_the_environment_asks(asked_by):
    with telemetry():
        pass
    asked_by("OTEL_SDK_DISABLED", "true")
    asked_by("OTEL_TRACES_EXPORTER", "carrier-pigeon")
    with telemetry():
        pass


def test_an_exporter_that_is_not_known_is_named(asked_by):
    asked_by("OTEL_TRACES_EXPORTER", "carrier-pigeon")
    with pytest.raises(InputError, match="OTEL_TRACES_EXPORTER is 'carrier-pigeon'"), telemetry():
        pass


def test_a_run_sends_its_spans_to_an_otlp_receiver(tmp_path):
    bodies: list[bytes] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            bodies.append(gzip.decompress(body) if self.headers.get("content-encoding") == "gzip" else body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        environment = {**os.environ, "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{server.server_port}"}
        command = [sys.executable, "-m", "jury", "run", "sample", "--limit", "2", "--target", "rehearsal/reckless"]
        command += ["--jury", "poll", "--out", str(tmp_path / "run"), "--json"]
        subprocess.run(command, check=True, env=environment, capture_output=True)
        server.shutdown()
    sent = [ExportTraceServiceRequest.FromString(body) for body in bodies]
    resources = [resource for one in sent for resource in one.resource_spans]
    names = [span.name.split(" ")[0] for one in resources for scope in one.scope_spans for span in scope.spans]
    assert {(key.key, key.value.string_value) for one in resources for key in one.resource.attributes} >= {
        ("service.name", "jury")
    }
    assert names.count("run") == 1
    assert names.count("case") == 2
    assert names.count("chat") >= 6
