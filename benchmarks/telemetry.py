"""Sending spans where OpenTelemetry's own environment variables say: nothing is sent unless they ask for it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.extras import library
from jury.errors import InputError

#: Variables that ask for spans to be sent over OTLP, beside `OTEL_TRACES_EXPORTER`.
_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


@contextmanager
def telemetry() -> Iterator[None]:
    """Spans of what is done inside go to the exporter that the environment names; all are sent when it ends.

    `OTEL_TRACES_EXPORTER` is `otlp`, `console` (standard error) or `none`; an OTLP endpoint alone asks for `otlp`. Raises
    `InputError` for another exporter, and where the extra is not installed.
    """
    wanted = _wanted()
    if wanted == "none":
        yield
        return
    provider = _provider(wanted)
    library("opentelemetry.trace", extra="otel").set_tracer_provider(provider)
    try:
        yield
    finally:
        provider.shutdown()


def _wanted() -> str:
    if os.environ.get("OTEL_SDK_DISABLED", "").casefold() == "true":
        return "none"
    stated = os.environ.get("OTEL_TRACES_EXPORTER", "").strip().casefold()
    if stated:
        return stated
    return "otlp" if any(os.environ.get(name) for name in _ENDPOINTS) else "none"


def _provider(wanted: str) -> Any:
    sdk = library("opentelemetry.sdk.trace", extra="otel")
    export = library("opentelemetry.sdk.trace.export", extra="otel")
    resources = library("opentelemetry.sdk.resources", extra="otel")
    name = os.environ.get("OTEL_SERVICE_NAME") or "jury"
    provider = sdk.TracerProvider(resource=resources.Resource.create({"service.name": name}))
    provider.add_span_processor(export.BatchSpanProcessor(_exporter(wanted, export)))
    return provider


def _exporter(wanted: str, export: Any) -> Any:
    if wanted == "console":
        return export.ConsoleSpanExporter(out=sys.stderr)
    if wanted == "otlp":
        return library("opentelemetry.exporter.otlp.proto.http.trace_exporter", extra="otel").OTLPSpanExporter()
    raise InputError(f"OTEL_TRACES_EXPORTER is {wanted!r}; set it to otlp, console or none")
