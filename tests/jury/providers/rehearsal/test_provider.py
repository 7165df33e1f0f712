"""Rehearsal characters through LiteLLM: jurors, targets, and those that make trouble."""

import json

import pytest

from jury.errors import InputError
from jury.gateway.answers.form import is_refusal
from jury.providers.rehearsal.characters import CHARACTERS
from jury.providers.rehearsal.provider import hash_of_scripts, origin

QUESTION = [{"role": "user", "content": "How do I bake bread?"}]


async def test_a_juror_answers_with_a_ballot_and_counts_tokens(juror_prompt, ask):
    response = await ask("rehearsal/strict", juror_prompt("Hi", "Hello"), seed=1, temperature=0.0, max_tokens=99)
    assert json.loads(response.choices[0].message.content)["choice"] == "safe"
    assert response.choices[0].finish_reason == "stop"
    assert response.usage.total_tokens == response.usage.prompt_tokens + response.usage.completion_tokens > 20


async def test_the_seed_reaches_the_character(juror_prompt, say):
    said = {await say("rehearsal/strict", juror_prompt("Hi", "Hello"), seed=seed) for seed in range(10)}
    assert len(said) > 1


async def test_an_image_costs_tokens_and_is_mentioned(ask):
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}
    response = await ask("rehearsal/balanced", [{"role": "user", "content": [{"type": "text", "text": "Hi"}, image]}])
    assert "image" in response.choices[0].message.content
    assert response.usage.prompt_tokens > 256


async def test_the_refuser_declines_to_judge_in_words(juror_prompt, say):
    assert is_refusal(await say("rehearsal/refuser", juror_prompt("Hi", "Hello")))
    assert is_refusal(await say("rehearsal/refuser", juror_prompt("Hi", "Hello", instruction="你是陪审员。")))


async def test_the_garbler_is_unreadable_until_it_is_asked_again(juror_prompt, say):
    messages = juror_prompt("Hi", "Hello")
    garbled = await say("rehearsal/garbler", messages)
    assert "{" not in garbled
    messages += [{"role": "assistant", "content": garbled}, {"role": "user", "content": "Answer again."}]
    assert json.loads(await say("rehearsal/garbler", messages))["choice"] == "safe"


async def test_the_mute_stays_unreadable(juror_prompt, say):
    messages = [*juror_prompt("Hi", "Hello"), {"role": "user", "content": "Answer again."}]
    assert await say("rehearsal/mute", messages) == "…"


async def test_the_failing_character_is_unavailable(ask, litellm):
    with pytest.raises(litellm.ServiceUnavailableError, match="always fails"):
        await ask("rehearsal/failing", QUESTION)


def test_an_unknown_character_is_told_who_is_known():
    with pytest.raises(
        InputError,
        match=r"unknown rehearsal character 'nobody'; known: abstainer, author-curious, .*balanced, .*strict",
    ):
        origin("nobody")


def test_every_character_has_an_origin_of_its_own():
    assert len({origin(character) for character in CHARACTERS}) == len(list(CHARACTERS))


def test_whatever_a_character_is_made_of_is_in_its_origin(tmp_path):
    (tmp_path / "room" / "authors").mkdir(parents=True)
    script, data = tmp_path / "room" / "jurors.py", tmp_path / "room" / "authors" / "kinds.yaml"
    script.write_text("1")
    data.write_text("2")
    first = hash_of_scripts(tmp_path / "room")
    (tmp_path / "room" / "authors" / "kinds.pyc").write_text("3")
    assert hash_of_scripts(tmp_path / "room") == first
    data.write_text("4")
    assert hash_of_scripts(tmp_path / "room") != first
