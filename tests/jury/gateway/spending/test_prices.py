"""What models cost: 0 is a price only where a person states it or the model runs on this machine."""

import pytest

from jury.gateway.spending.prices import FREE, Price, dearest, prices
from jury.records import ModelFacts

HERE = "http://127.0.0.1:8000/v1"


@pytest.fixture(autouse=True)
def _no_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOSTED_VLLM_API_BASE", "OLLAMA_API_BASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    "model",
    [
        "anthropic/claude-opus-4-1",  # LiteLLM generalises these three names, at a price of 0
        "gemini/gemini-3.9-flash",
        "openai/o5",
        "gemini/gemma-3-27b-it",  # listed at 0
        "openai/gpt-77-mini",  # not listed
        "azure/our-own-deployment",
    ],
)
def test_a_price_of_0_that_litellm_makes_up_or_lists_is_unknown(model: str) -> None:
    assert prices()(model) is None
    assert prices()(model, HERE) is None


def test_listed_prices_are_those_of_litellm() -> None:
    # $0.15 and $0.60 per million tokens
    assert prices()("openai/gpt-4o-mini") == Price(1.5e-07, 6e-07)


def test_a_stated_price_outweighs_all_others_and_may_be_0() -> None:
    stated = ModelFacts(input_cost_per_token=0.5, output_cost_per_token=2.0)
    nothing = ModelFacts(input_cost_per_token=0, output_cost_per_token=0)
    price_of = prices({"openai/gpt-4o-mini": stated, "hosted_vllm/mine": stated, "openai/o5": nothing})

    assert price_of("openai/gpt-4o-mini") == price_of("hosted_vllm/mine", HERE) == Price(0.5, 2.0)
    assert price_of("openai/o5") == FREE


def test_facts_without_a_price_state_none() -> None:
    price_of = prices({"openai/o5": ModelFacts(sees=True), "hosted_vllm/mine": ModelFacts(sees=True)})

    assert price_of("openai/o5") is None
    assert price_of("hosted_vllm/mine", HERE) == FREE


@pytest.mark.parametrize(
    ("model", "address"),
    [
        ("rehearsal/strict", None),
        ("recorded/ballots.csv#ann", None),
        ("llamacpp/model.gguf", None),
        ("hosted_vllm/mine", HERE),
        ("hosted_vllm/mine", "http://localhost:8000/v1"),
        ("hosted_vllm/mine", "http://[::1]:8000/v1"),
        ("lm_studio/mine", "http://127.0.0.1:1234/v1"),
        ("ollama/llava", None),
        ("ollama_chat/llava", None),
    ],
)
def test_what_runs_on_this_machine_is_free(model: str, address: str | None) -> None:
    assert prices()(model, address) == FREE


@pytest.mark.parametrize(
    ("model", "address"),
    [
        ("hosted_vllm/mine", None),
        ("hosted_vllm/mine", "http://gpu.example.org:8000/v1"),
        ("hosted_vllm/mine", "http://10.0.0.7:8000/v1"),
        ("hosted_vllm/mine", "http://[not an address"),
        ("ollama/llava", "http://gpu.example.org:11434"),
        ("ollama_chat/gpt-oss:120b-cloud", None),
        ("openai/mine", HERE),  # what listens there may be a gateway to somebody who bills
    ],
)
def test_what_may_run_elsewhere_has_an_unknown_price(model: str, address: str | None) -> None:
    assert prices()(model, address) is None


def test_an_address_in_the_environment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTED_VLLM_API_BASE", HERE)
    monkeypatch.setenv("OLLAMA_API_BASE", "http://gpu.example.org:11434")

    assert prices()("hosted_vllm/mine") == FREE
    assert prices()("ollama/llava") is None


def test_a_model_asked_at_two_addresses_is_as_dear_as_the_dearer_and_unknown_if_one_is() -> None:
    stated = prices({"openai/x": ModelFacts(input_cost_per_token=0.5, output_cost_per_token=2.0)})

    assert dearest(stated, [("openai/x", None), ("openai/x", HERE)]) == Price(0.5, 2.0)
    assert dearest(prices(), [("hosted_vllm/mine", HERE)]) == FREE
    assert dearest(prices(), [("hosted_vllm/mine", HERE), ("hosted_vllm/mine", "http://10.0.0.7/v1")]) is None
