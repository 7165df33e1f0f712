"""Our providers are there as soon as their package is imported, and cost nothing until used."""

import subprocess
import sys

import pytest

from jury.providers import PROVIDERS, is_rehearsal, provider_of


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
