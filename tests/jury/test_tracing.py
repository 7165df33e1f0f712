"""Spans tell who was asked for what, how it ended and what it cost, and never what was said."""

from collections import Counter
from unittest.mock import patch

import pytest
from opentelemetry.trace import StatusCode
from scripted import panel
from spans import spans, tree
from trials import case, trial

from jury import tracing
from jury.tracing import spanned


async def held(folder, *names: str, protocol: str = "poll"):
    with spans() as exporter:
        await trial(folder, panel(*names), protocol)
    return exporter.get_finished_spans()


async def test_every_juror_is_a_span_around_its_calls(tmp_path):
    finished = await held(tmp_path, "safe", "unsafe", "mute")
    # Whoever can't be read is asked once more.
    assert tree(finished) == [("invoke_agent",)] * 3 + [("invoke_agent", "chat")] * 4


async def test_a_call_follows_the_conventions_for_generative_models(tmp_path):
    (call,) = (span for span in await held(tmp_path, "safe") if span.name.startswith("chat"))
    assert call.name == "chat test/safe"
    assert call.kind.name == "CLIENT"
    told = dict(call.attributes)
    assert len(told.pop("jury.call.key")) == 64
    assert told == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "test",
        "gen_ai.request.model": "test/safe",
        "gen_ai.request.temperature": 0.0,
        "gen_ai.request.max_tokens": 1024,
        "gen_ai.output.type": "text",
        "gen_ai.usage.input_tokens": 10,
        "gen_ai.usage.output_tokens": 5,
        "gen_ai.response.finish_reasons": ("stop",),
        "jury.call.replayed": False,
        "jury.call.tries": 1,
        "jury.call.cost_usd": 0.001,
    }


async def test_a_failed_call_and_an_invalid_ballot_are_errors_of_their_kind(tmp_path):
    finished = await held(tmp_path, "safe", "broken")
    failed = {span.name.split(" ")[0]: span for span in finished if span.status.status_code is StatusCode.ERROR}
    assert set(failed) == {"chat", "invoke_agent"}
    assert {span.attributes["error.type"] for span in failed.values()} == {"error"}
    assert failed["invoke_agent"].attributes["jury.ballot.state"] == "invalid"


async def test_a_call_from_the_ledger_is_marked_as_replayed(tmp_path):
    await held(tmp_path, "safe")
    (call,) = (span for span in await held(tmp_path, "safe") if span.name.startswith("chat"))
    assert call.attributes["jury.call.replayed"] is True


async def test_nothing_that_was_said_is_in_a_span(tmp_path):
    finished = await held(tmp_path, "safe", "unsafe", "follower", "broken", "mute", protocol="trial")
    acts = Counter(span.attributes.get("jury.act") for span in finished)
    assert {"juror/assess", "juror/deliberate", "juror/reballot"} <= set(acts)
    told = " ".join(span.to_json() for span in finished)
    of_the_case = case()
    for words in (
        of_the_case.turns[0].parts[0].text,
        of_the_case.answers[0].text,
        "thinks so",
        "sums up",
        "cannot say",
    ):
        assert words not in told


def test_an_error_that_escapes_is_noted_by_its_type_alone():
    with spans() as exporter, pytest.raises(ValueError, match="secret words"), spanned("act", {}):
        raise ValueError("secret words")
    (span,) = exporter.get_finished_spans()
    assert span.attributes["error.type"] == "ValueError"
    assert "secret" not in span.to_json()


async def test_without_the_api_everything_goes_on_and_nothing_is_noted(tmp_path):
    with patch.object(tracing, "trace", None):
        verdict = await trial(tmp_path, panel("safe", "mute"), "poll")
        with spanned("act", {"a": 1}) as noted:
            noted.add({"b": 2})
            noted.failed("error")
    assert noted.span is None
    assert verdict.rounds
