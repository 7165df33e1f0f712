"""What a model can do: LiteLLM's data, unless a person knows better."""

import pytest

from jury.errors import InputError
from jury.gateway.route.abilities import RESERVE, Abilities, abilities_of, is_introduced, load_models
from jury.gateway.route.transport import prepared_litellm
from jury.records import ModelFacts


@pytest.fixture(scope="module")
def litellm():
    return prepared_litellm()


def models_file(folder, text):
    path = folder / "models.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("model", "sees", "structured", "reserve"),
    [
        ("openai/gpt-4o", True, "schema", 0),
        ("openai/gpt-4", None, "json", 0),
        ("openai/o3-mini", False, "schema", RESERVE),
        ("hosted_vllm/nobody-knows", None, "schema", 0),
        ("cohere_chat/nobody-knows", None, "instruction", 0),
        ("rehearsal/strict", True, "schema", 0),
    ],
)
def test_abilities_follow_from_litellm_s_data(litellm, model, sees, structured, reserve):
    able = abilities_of(litellm, model)
    assert (able.sees, able.structured, able.reserve) == (sees, structured, reserve)
    assert able.reasoning == (reserve > 0)


def test_what_is_stated_outweighs_all_and_the_rest_stays(litellm):
    facts = ModelFacts(sees=False, structured="json", reasoning_reserve=7)
    assert abilities_of(litellm, "openai/gpt-4o", facts) == Abilities(
        sees=False, hears=None, structured="json", reasoning=True, reserve=7
    )
    assert abilities_of(litellm, "openai/gpt-4o", ModelFacts(hears=True)).sees


@pytest.mark.parametrize(
    "model",
    [
        "hosted_vllm/qwen2.5-vl",
        "ollama/llava",
        "openrouter/openai/gpt-4o",
        "azure/a-deployment-of-ours",
        "openai/gpt-99",
        "dashscope/qwen-vl-max",
        "together_ai/Qwen/Qwen2.5-VL-72B-Instruct",
    ],
)
def test_of_a_model_that_is_not_listed_nobody_knows_what_it_takes(litellm, model):
    for _ in range(2):  # once it is introduced to LiteLLM, too
        able = abilities_of(litellm, model)
        assert (able.sees, able.hears) == (None, None)


def test_an_entry_that_is_silent_of_a_sense_says_no_to_none(litellm):
    silent = next(
        name
        for name, entry in litellm.model_cost.items()
        if name.startswith("azure/") and entry.get("mode") == "chat" and not {"supports_vision"} & entry.keys()
    )
    assert abilities_of(litellm, silent).sees is None


def test_only_the_entry_of_the_very_name_says_no(litellm):
    blind = next(
        name
        for name, entry in litellm.model_cost.items()
        if name.startswith("azure/") and entry.get("supports_vision") is False and entry.get("mode") == "chat"
    )
    assert abilities_of(litellm, blind).sees is False
    assert abilities_of(litellm, f"{blind}-of-ours").sees is None


def test_a_reasoning_model_may_be_given_no_room_to_think(litellm):
    able = abilities_of(litellm, "openai/o3-mini", ModelFacts(reasoning_reserve=0))
    assert (able.reasoning, able.reserve) == (True, 0)


def test_a_model_is_introduced_to_litellm_and_known_for_the_same_when_asked_again(litellm):
    first = abilities_of(litellm, "openrouter/nobody/knows")
    assert is_introduced(litellm, "openrouter/nobody/knows")
    assert abilities_of(litellm, "openrouter/nobody/knows") == first


def test_facts_are_read_from_a_file(tmp_path):
    path = models_file(
        tmp_path, "hosted_vllm/q:\n  sees: true\n  structured: json\nopenai/x:\n  reasoning_reserve: 9\n"
    )
    assert load_models(path) == {
        "hosted_vllm/q": ModelFacts(sees=True, structured="json"),
        "openai/x": ModelFacts(reasoning_reserve=9),
    }


@pytest.mark.parametrize(
    ("text", "culprit"),
    [
        ("m:\n  smells: true\n", "m: unknown key `smells`; known keys: sees, hears"),
        ("m:\n  sees: maybe\n", "m: field `sees`"),
        ("m:\n  sees: 1\n", "m: field `sees`"),
        ("m:\n  structured: xml\n", "m: field `structured`"),
        ("m:\n  reasoning_reserve: -1\n", "m: field `reasoning_reserve`"),
        ("m:\n  input_cost_per_token: .inf\n  output_cost_per_token: 0\n", "m: field `input_cost_per_token`"),
        ("m:\n  input_cost_per_token: 0.1\n", "m: `input_cost_per_token` and `output_cost_per_token` go together"),
        ("m: sees\n", "m: "),
        ("- m\n", "holds no mapping"),
    ],
)
def test_a_file_that_states_anything_else_names_file_model_and_field(tmp_path, text, culprit):
    path = models_file(tmp_path, text)
    with pytest.raises(InputError) as caught:
        load_models(path)
    assert str(caught.value).startswith(str(path))
    assert culprit in str(caught.value)
