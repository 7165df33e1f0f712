"""Our providers are there as soon as their package is imported, and cost nothing until used."""

import subprocess
import sys

import pytest

from jury.providers import PROVIDERS, is_rehearsal, provider_of, told
from jury.records import Maker, Request


def test_the_three_offline_providers_are_registered():
    assert {"rehearsal", "recorded", "llamacpp"} <= set(PROVIDERS)


def test_importing_them_imports_neither_litellm_nor_llama_cpp():
    code = "import sys, jury.providers; sys.exit(bool({'litellm', 'xllamacpp'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("model", "rehearsal"),
    [("rehearsal/strict", True), ("recorded/b.csv#a", False), ("llamacpp/smollm2", False), ("openai/gpt-4o", False)],
)
def test_only_scripted_models_are_labelled_as_rehearsal(model, rehearsal):
    assert is_rehearsal(model) is rehearsal


def test_recorded_ballots_are_addressed_by_item_and_never_asked_to_repair():
    provider = provider_of("recorded/ballots.csv#a")
    assert provider is not None
    assert provider.addressed
    assert not provider.repairable


def test_one_llama_cpp_question_runs_at_a_time():
    provider = provider_of("llamacpp/smollm2")
    assert provider is not None
    assert provider.parallel == 1


@pytest.mark.parametrize(
    ("model", "params"),
    [
        ("pillow/scene", {"caption": "C"}),
        ("pillow/typography", {"text": "T"}),
        ("pillow/scene-text", {"text": "T"}),
        ("espeak/female", {"language": "zh"}),
        ("openai/dall-e-3", {}),
    ],
)
def test_a_maker_of_ours_is_told_what_it_takes_and_no_other_model_is_told_anything(model, params):
    request = Request.to_make("image", Maker(model=model), "words")
    assert told(request, text="T", caption="C", language="zh").params == params


def test_what_a_makers_params_state_outweighs_what_it_would_be_told():
    request = Request.to_make("image", Maker(model="pillow/typography", params={"text": "own", "size": "128x128"}), "w")
    assert told(request, text="T").params == {"text": "own", "size": "128x128"}


def test_what_is_not_known_is_not_told():
    request = Request.to_make("image", Maker(model="pillow/typography"), "words")
    assert told(request, caption="C") == request
