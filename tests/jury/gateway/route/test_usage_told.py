"""What a server says of tokens is what is counted, and what it does not say is unknown, whoever serves."""

import pytest
from sockets import opened_gateway
from wire import AZURE, DIALECTS, OLLAMA, OLLAMA_GENERATE, OPENAI, OPENROUTER, VLLM, WireServer, set_keys

from jury.records import Completion, Message, ModelFacts, Request, TextPart


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    set_keys(monkeypatch)


async def completed(server: WireServer, folder, models=None) -> Completion:
    """What the gateway keeps of one question."""
    message = Message(role="user", parts=(TextPart(text="Hello?"),))
    request = Request(model=server.model, messages=(message,), api_base=server.base)
    async with opened_gateway(folder, models) as opened:
        _, completion = await opened.gateway.complete(request)
    return completion


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
async def test_tokens_are_those_that_the_server_tells_of(tmp_path, dialect) -> None:
    with WireServer(dialect, ["Hello."]) as server:
        completion = await completed(server, tmp_path)
    assert (completion.input_tokens, completion.output_tokens, completion.tokens) == (100, 20, 120)
    assert completion.usage.calls_without_usage == 0


@pytest.mark.parametrize("dialect", [OPENAI, AZURE, OPENROUTER, VLLM], ids=repr)
async def test_tokens_that_a_server_does_not_tell_of_are_unknown(tmp_path, dialect) -> None:
    with WireServer(dialect, [dialect.answer("Hello.", usage=None)]) as server:
        completion = await completed(server, tmp_path)
    assert (completion.text, completion.input_tokens, completion.output_tokens) == ("Hello.", None, None)
    assert completion.usage.calls_without_usage == 1


async def test_a_cost_is_listed_stated_nothing_on_this_machine_or_unknown(tmp_path) -> None:
    stated = ModelFacts(input_cost_per_token=1e-6, output_cost_per_token=1e-5)
    costs = []
    for dialect, models in ((OPENAI, {}), (AZURE, {AZURE.model: stated}), (AZURE, {}), (VLLM, {}), (OLLAMA, {})):
        with WireServer(dialect, ["Hello."]) as server:
            costs.append((await completed(server, tmp_path / str(len(costs)), models)).cost)
    # gpt-4o: $2.50 and $10 per million tokens
    assert costs == [pytest.approx(0.00045), pytest.approx(0.0003), None, 0.0, 0.0]


async def test_without_usage_a_cost_is_unknown_unless_it_is_nothing(tmp_path) -> None:
    stated = {AZURE.model: ModelFacts(input_cost_per_token=1e-6, output_cost_per_token=1e-5)}
    costs = []
    for dialect in (OPENAI, AZURE, VLLM, OLLAMA_GENERATE):
        with WireServer(dialect, [dialect.answer("Hello.", usage=None)]) as server:
            costs.append((await completed(server, tmp_path / dialect.name, stated)).cost)
    assert costs == [None, None, 0.0, 0.0]
