"""A model that is served by nobody in particular has an address, or is said to lack one."""

import pytest

from jury.gateway.spending.local_servers import missing_address
from jury.records import Juror

BASE = "http://127.0.0.1:8000/v1"
VARIABLES = {
    "hosted_vllm/x": "HOSTED_VLLM_API_BASE",
    "lm_studio/x": "LM_STUDIO_API_BASE",
    "azure/x": "AZURE_API_BASE",
    "azure_ai/x": "AZURE_AI_API_BASE",
    "openai_like/x": "OPENAI_LIKE_API_BASE",
    "litellm_proxy/x": "LITELLM_PROXY_API_BASE",
}


@pytest.fixture(autouse=True)
def _no_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)


@pytest.mark.parametrize(("model", "variable"), VARIABLES.items())
def test_the_variable_that_would_say_it_is_named(monkeypatch: pytest.MonkeyPatch, model: str, variable: str) -> None:
    assert missing_address((model, None)) == variable
    assert missing_address((model, BASE)) is None
    monkeypatch.setenv(variable, BASE)
    assert missing_address((model, None)) is None


@pytest.mark.parametrize(
    "model", ["openai/gpt-4o", "ollama/llava", "ollama_chat/llava", "llamafile/x", "rehearsal/strict"]
)
def test_a_model_with_an_address_of_its_own_lacks_none(model: str) -> None:
    assert missing_address((model, None)) is None


@pytest.mark.parametrize("name", ["api_base", "base_url"])
def test_an_address_among_the_params_is_one(name: str) -> None:
    assert missing_address(Juror(model="hosted_vllm/x", params={name: BASE}).endpoint) is None
