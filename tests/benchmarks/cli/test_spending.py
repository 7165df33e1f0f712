"""`jury run --max-…` and `--dry-run`: what a run may spend, and what it would."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import complaint, jury
from model_server import ModelServer
from sockets import BALLOT
from wire import VLLM, Asked, HttpReply, WireServer

from benchmarks.results import Results

SAMPLE = ("run", "sample", "--target", "rehearsal/reckless", "--limit", "3")


def ledger_calls(out: Path) -> int:
    return int(jury("ledger", "stats", out, "--json").document["total"]["calls"])


def test_a_run_stops_at_its_limit_and_goes_on_with_a_higher_one_as_if_it_had_never_stopped(tmp_path):
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    jury(*SAMPLE, "--out", whole)
    first = jury(*SAMPLE, "--out", stopped, "--max-calls", "7")

    assert first.code == 3
    assert "--max-calls 7 is used up (spent $0.0000, " in first.err
    assert "raise --max-calls and run the same command again" in first.err
    assert ledger_calls(stopped) == 7

    assert jury(*SAMPLE, "--out", stopped, "--max-calls", "7").code == 3
    assert ledger_calls(stopped) == 7

    assert jury(*SAMPLE, "--out", stopped, "--max-calls", "1000").code == 0
    outcomes = [[verdict.outcome for verdict in Results.read(out).verdicts()] for out in (whole, stopped)]
    assert outcomes[0] == outcomes[1]
    assert ledger_calls(stopped) == ledger_calls(whole)
    assert jury("verify", stopped).code == 0


def test_a_limit_of_tokens_counts_those_of_earlier_sittings(tmp_path):
    assert jury(*SAMPLE, "--out", tmp_path / "run", "--max-tokens", "5000").code == 3
    spent = jury("ledger", "stats", tmp_path / "run", "--json").document["total"]

    assert 5000 <= spent["input_tokens"] + spent["output_tokens"] < 10_000
    assert jury(*SAMPLE, "--out", tmp_path / "run", "--max-tokens", "5000").code == 3
    assert ledger_calls(tmp_path / "run") == spent["calls"]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as running:
        yield running


@pytest.fixture
def paid(tmp_path: Path, cases, write, server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> tuple[str | Path, ...]:
    """A run of four cases before one juror whose price is not listed anywhere."""
    monkeypatch.setenv("OPENAI_API_KEY", "made-up-0123456789")
    write("panel.yaml", f"seats: [{{name: one, model: openai/one, api_base: '{server.base}'}}]")
    source = cases({}, {"prompt": "b?"}, {"prompt": "c?"}, {"prompt": "d?"})
    return ("run", source, "--jury", "single", "--panel", tmp_path / "panel.yaml", "--rubric", "safebench")


def test_a_limit_of_money_needs_a_price_and_says_how_to_state_it(paid, out, server):
    said = complaint(*paid, "--out", out, "--max-cost", "1")

    assert "the price of model 'openai/one' is unknown" in said
    assert "--models" in said
    assert server.requests == []


def test_a_stated_price_is_what_a_limit_of_money_is_held_by(paid, out, write, server):
    # The server bills 100 tokens in and 20 out: $0.30 a call.
    prices = write("models.yaml", "openai/one: {input_cost_per_token: 0.001, output_cost_per_token: 0.01}")
    finished = jury(*paid, "--out", out, "--models", prices, "--max-cost", "0.5")

    assert finished.code == 3
    assert "spent $0.6000, 240 tokens, 2 calls" in finished.err
    assert len(server.requests) == 2


def test_a_dry_run_makes_no_call_and_leaves_nothing_behind(paid, out, server):
    estimate = jury(*paid, "--out", out, "--dry-run", "--json").document

    assert server.requests == []
    assert not out.exists()
    assert estimate["cases"] == estimate["sampled"] == 4
    assert estimate["models"]["openai/one"]["calls"] == [4, 12]
    assert estimate["models"]["openai/one"]["cost"] is None
    assert estimate["total"]["cost"] is None


def test_a_dry_run_never_shows_an_unknown_price_as_nothing(paid, out):
    shown = jury(*paid, "--out", out, "--dry-run")

    assert shown.code == 0
    assert "unknown" in shown.out
    assert "0.0000" not in shown.out


def test_a_model_on_this_machine_costs_nothing(tmp_path, cases, write, out, server):
    write("panel.yaml", f"seats: [{{name: one, model: hosted_vllm/mine, api_base: '{server.base}'}}]")
    source = cases({})
    run = ("run", source, "--jury", "single", "--panel", tmp_path / "panel.yaml", "--rubric", "safebench")

    assert jury(*run, "--out", out, "--dry-run", "--json").document["total"]["cost"] == [0, 0]
    assert jury(*run, "--out", out, "--max-cost", "0").code == 0
    assert jury("ledger", "stats", out, "--json").document["total"]["cost"] == 0


def test_calls_without_usage_are_counted_wherever_tokens_stand(tmp_path, cases, write, out):
    def untold(asked: Asked) -> HttpReply:
        return VLLM.answer(BALLOT, usage=None if "first?" in asked.text else (100, 20))

    with WireServer(VLLM, untold) as running:
        write("panel.yaml", f"seats: [{{name: one, model: {running.model}, api_base: '{running.base}'}}]")
        source = cases({"prompt": "first?"}, {"prompt": "second?"})
        finished = jury(
            "run", source, "--jury", "single", "--panel", tmp_path / "panel.yaml", "--rubric", "safebench", "--out", out
        )

    assert "2 · 100 in, 20 out (and 1 call without usage)" in " ".join(finished.out.replace("│", " ").split())
    usage = json.loads((out / "results.json").read_text())["usage"]
    assert (usage["input_tokens"], usage["output_tokens"], usage["calls_without_usage"]) == (100, 20, 1)
    assert jury("verify", out).code == 0
    assert jury("ledger", "stats", out, "--json").document["total"]["calls_without_usage"] == 1
    assert "1 call without usage" in jury("ledger", "stats", out).out
    assert jury("report", out, "-o", tmp_path / "report.html").code == 0
    assert "1 call without usage" in (tmp_path / "report.html").read_text()


@pytest.mark.parametrize(
    "protocol", ["single", "poll", "trial", "safebench", "chateval", "critic-defender", "delphi", "cascade", "room"]
)
def test_what_a_run_takes_lies_between_the_least_and_the_most_of_its_estimate(tmp_path, protocol):
    arguments = ("run", "sample", "--target", "rehearsal/reckless", "--jury", protocol, "--out", tmp_path / "run")
    estimate = jury(*arguments, "--dry-run", "--json").document
    assert jury(*arguments).code == 0
    models = jury("ledger", "stats", tmp_path / "run", "--json").document["models"]

    assert set(models) <= set(estimate["models"])
    for model, taken in models.items():
        reckoned = estimate["models"][model]
        low, high = reckoned["calls"]
        assert low <= taken["calls"] <= high
        for kind in ("input_tokens", "output_tokens"):
            assert taken[kind] <= reckoned[kind][1]
        assert reckoned["output_tokens"][0] <= taken["output_tokens"]


def test_listed_prices_make_an_upper_bound_in_dollars(cases, out, write):
    write("panel.yaml", "seats: [{model: openai/gpt-4o-mini, max_tokens: 100}]")
    source = cases({}, {"prompt": "Another one?"})
    arguments = ("run", source, "--jury", "single", "--panel", source.parent / "panel.yaml", "--rubric", "safebench")
    model = jury(*arguments, "--out", out, "--dry-run", "--json").document["models"]["openai/gpt-4o-mini"]

    for bound in (0, 1):
        # $0.15 and $0.60 per million tokens
        expected = model["input_tokens"][bound] * 0.15e-6 + model["output_tokens"][bound] * 0.60e-6
        assert model["cost"][bound] == pytest.approx(expected, rel=1e-3)
    assert model["output_tokens"] == [2, 2 * (100 + 200 + 200)]


def test_a_large_set_is_reckoned_from_a_sample_and_says_so(cases, panel, out):
    source = cases(*({"prompt": f"Question {number}?"} for number in range(120)))
    arguments = ("run", source, "--jury", "poll", "--panel", panel("strict", "lenient", "context"), "--out", out)
    estimate = jury(*arguments, "--dry-run", "--json").document

    assert (estimate["cases"], estimate["sampled"]) == (120, 50)
    assert estimate["models"]["rehearsal/strict"]["calls"][0] == 120
    assert "reckoned from 50 of 120 cases" in jury(*arguments, "--dry-run").out


def test_a_dry_run_turns_down_what_the_run_would_turn_down(cases, out):
    assert "names no panel" in complaint("run", cases({}), "--out", out, "--dry-run")


def test_limits_are_no_part_of_what_a_run_is(tmp_path):
    for limit in ("1000", "2000"):
        assert jury(*SAMPLE, "--out", tmp_path / "run", "--max-calls", limit, "--max-cost", limit).code == 0
    settings = json.loads((tmp_path / "run" / "manifest.json").read_text())["settings"]

    assert settings["max_calls"] == 1000
