"""Spans of what is done in a test, kept in memory and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from jury import tracing


@contextmanager
def spans() -> Iterator[InMemorySpanExporter]:
    """The exporter that hears of every span until the end; the process's own provider stays as it is."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    with patch.object(tracing.trace, "get_tracer", provider.get_tracer):
        yield exporter
    provider.shutdown()


def tree(finished: tuple[ReadableSpan, ...]) -> list[tuple[str, ...]]:
    """The way from the root to every span, by the first word of their names."""
    by_id = {span.context.span_id: span for span in finished}

    def way(span: ReadableSpan) -> tuple[str, ...]:
        above = way(by_id[span.parent.span_id]) if span.parent else ()
        return (*above, span.name.split(" ")[0])

    return sorted(way(span) for span in finished)
