"""A juror does not judge its own kind unless the panel says so."""

import pytest

from jury.errors import InputError
from jury.family import check_families, family, kin
from jury.records import Juror, Panel


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("openai/gpt-4o", "GPT"),
        ("azure/my-gpt-4-turbo", "GPT"),
        ("gpt4", "GPT"),
        ("chatgpt-4o-latest", "GPT"),
        ("openai/o3-mini", "GPT"),
        ("o1", "GPT"),
        ("anthropic/claude-3-5-sonnet-20240620", "Claude"),
        ("bedrock/anthropic.claude-v2", "Claude"),
        ("gemini/gemini-1.5-pro", "Gemini"),
        ("google/gemma-2-9b-it", "Gemini"),
        ("together_ai/meta-llama/Llama-3.2-90B-Vision-Instruct", "Llama"),
        ("llava-hf/llava-1.5-7b", "Llama"),
        ("hosted_vllm/Qwen/Qwen2-VL-72B-Instruct", "Qwen"),
        ("mistral/pixtral-12b", "Mistral"),
        ("deepseek/deepseek-chat", "DeepSeek"),
        ("OpenGVLab/InternVL2-8B", "InternLM"),
        ("THUDM/glm-4v-9b", "GLM"),
        ("microsoft/phi-3-vision", "Phi"),
        ("llamacpp/smollm2", "SmolLM"),
        ("nyu-visionx--cambrian-8b", None),
        ("openai/my-tuned-model", None),
        ("rehearsal/strict", None),
        ("recorded/ballots.csv#gpt-4o", None),
        ("", None),
    ],
)
def test_a_models_family_is_told_by_its_name(model, expected):
    assert family(model) == expected


def panel(*models: str, same_family: bool = False) -> Panel:
    return Panel(seats=tuple(Juror(model=model) for model in models), same_family=same_family)


def test_kin_are_the_pairs_of_juror_and_target_of_one_family_each_once():
    sitting = panel("openai/gpt-4o", "openai/gpt-4o", "anthropic/claude-3", "x/unknown")
    targets = ["azure/gpt-4", "azure/gpt-4", "y/unknown", "rehearsal/cautious"]
    assert kin(sitting, targets) == [("openai/gpt-4o", "azure/gpt-4")]


def test_two_models_of_unknown_family_are_no_kin():
    assert kin(panel("x/unknown"), ["x/unknown"]) == []


def test_a_juror_of_the_targets_family_is_named_with_the_way_out():
    with pytest.raises(
        InputError, match=r"'openai/gpt-4o' is of the family of target 'azure/gpt-4'.*same_family: true"
    ):
        check_families(panel("openai/gpt-4o"), ["azure/gpt-4"])


def test_a_panel_may_let_kin_sit():
    check_families(panel("openai/gpt-4o", same_family=True), ["azure/gpt-4"])


def test_strangers_may_always_sit():
    check_families(panel("anthropic/claude-3"), ["azure/gpt-4"])


def test_an_advocate_or_a_scout_of_the_targets_family_is_kin_too():
    panel = Panel(seats=(Juror(model="openai/gpt-4o"),), officers={"critic": Juror(model="anthropic/claude-x")})
    assert kin(panel, ["anthropic/claude-y"]) == [("anthropic/claude-x", "anthropic/claude-y")]


def test_a_person_is_of_no_models_family():
    assert family("human/claude") is None
