"""Spans of runs, cases, jurors and calls, for OpenTelemetry. Without its API installed nothing happens, and costs nothing.

No words of a prompt, an answer or a juror are ever put into a span: what a trace holds goes to other machines. Model calls
follow the semantic conventions for generative AI (OpenTelemetry, gen_ai.*), everything of ours is named `jury.*`.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from jury.records import Ballot, Completion, Request, Verdict

try:
    from opentelemetry import context, propagate, trace
except ImportError:  # the extra `[otel]` is not installed
    trace = None  # type: ignore[assignment]

#: What our spans are made by.
TRACER = "jury"

Fact = str | int | float | bool


@dataclass(frozen=True)
class Noted:
    """A span that facts are added to; without one, they are dropped."""

    span: Any = None

    def add(self, facts: dict[str, Fact | None]) -> None:
        """Add facts; those that are None are not known."""
        if self.span is not None:
            self.span.set_attributes({name: value for name, value in facts.items() if value is not None})

    def failed(self, kind: str) -> None:
        """Say that it failed, and the kind of failure."""
        if self.span is not None:
            self.span.set_attribute("error.type", kind)
            self.span.set_status(trace.Status(trace.StatusCode.ERROR, kind))


@contextmanager
def spanned(name: str, facts: dict[str, Fact | None], *, client: bool = False) -> Iterator[Noted]:
    """A span around what is done inside; `client` where another service is asked. Errors that escape are recorded by type."""
    if not listening():
        yield Noted()
        return
    kind = trace.SpanKind.CLIENT if client else trace.SpanKind.INTERNAL
    known = {key: value for key, value in facts.items() if value is not None}
    # What an exception says may quote what was said, so its type alone is noted.
    with trace.get_tracer(TRACER).start_as_current_span(
        name, kind=kind, attributes=known, record_exception=False, set_status_on_exception=False
    ) as span:
        noted = Noted(span if span.is_recording() else None)
        try:
            yield noted
        except BaseException as error:
            noted.failed(type(error).__name__)
            raise


def listening() -> bool:
    """Whether anybody hears of spans: the API is installed, and a provider was set."""
    return trace is not None and not isinstance(trace.get_tracer(TRACER), trace.ProxyTracer)


def carried() -> dict[str, str]:
    """The span under way, as it travels to another process; empty where nobody listens."""
    carrier: dict[str, str] = {}
    if listening():
        propagate.inject(carrier)
    return carrier


@contextmanager
def within(carrier: Mapping[str, str]) -> Iterator[None]:
    """Spans made inside belong to the one that was carried here; without one nothing changes."""
    if not carrier or not listening():
        yield
        return
    token = context.attach(propagate.extract(carrier))
    try:
        yield
    finally:
        context.detach(token)


def run_span(run: str, act: str) -> AbstractContextManager[Noted]:
    """A run, or a sitting of it: `act` is what it does, such as `judge`."""
    return spanned(f"run {act}", {"jury.run": run})


def case_span(case: str) -> AbstractContextManager[Noted]:
    """One case from prompt to verdict."""
    return spanned("case", {"jury.case.id": case})


def agent_span(name: str, model: str, act: str) -> AbstractContextManager[Noted]:
    """One speech act of a juror, an officer or the target: its template says which."""
    facts: dict[str, Fact | None] = {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": name,
        "gen_ai.request.model": model,
        "jury.act": act,
    }
    return spanned(f"invoke_agent {name}", facts)


def call_span(request: Request) -> AbstractContextManager[Noted]:
    """One model call, made or found in the ledger."""
    operation = "chat" if request.makes == "text" else "generate_content"
    facts: dict[str, Fact | None] = {
        "gen_ai.operation.name": operation,
        "gen_ai.provider.name": request.model.partition("/")[0],
        "gen_ai.request.model": request.model,
        "gen_ai.request.temperature": request.temperature,
        "gen_ai.request.max_tokens": request.max_tokens,
        "gen_ai.request.seed": request.seed,
        "gen_ai.output.type": {"text": "text", "image": "image", "audio": "speech"}[request.makes],
        "jury.call.key": request.key,
    }
    return spanned(f"{operation} {request.model}", facts, client=True)


def note_completion(noted: Noted, completion: Completion, *, replayed: bool) -> None:
    """What came back on a call; one that was found in the ledger cost nothing this time."""
    noted.add(
        {
            "gen_ai.response.model": completion.answered_by or None,
            "gen_ai.usage.input_tokens": completion.input_tokens,
            "gen_ai.usage.output_tokens": completion.output_tokens,
            "jury.call.replayed": replayed,
            "jury.call.tries": completion.tries,
            "jury.call.cost_usd": completion.cost,
        }
    )
    if noted.span is not None and completion.finish_reason:
        noted.span.set_attribute("gen_ai.response.finish_reasons", (completion.finish_reason,))
    if completion.error is not None:
        noted.failed(completion.error.kind)


def note_ballot(noted: Noted, ballot: Ballot) -> None:
    """How a juror voted; a ballot that can't be read is a failure of its kind."""
    noted.add({"jury.ballot.state": ballot.state, "jury.ballot.choice": ballot.choice, "jury.seat": ballot.seat})
    if ballot.cause is not None:
        noted.failed(ballot.cause.kind)


def note_verdict(noted: Noted, verdict: Verdict) -> None:
    """What the jury found."""
    outcome = verdict.outcome
    noted.add(
        {
            "jury.outcome.state": outcome.state,
            "jury.outcome.choice": outcome.choice,
            "jury.outcome.margin": outcome.margin,
            "jury.rounds": len(verdict.rounds),
            "jury.rehearsal": verdict.rehearsal,
        }
    )
    if outcome.cause is not None:
        noted.failed(outcome.cause.kind)
