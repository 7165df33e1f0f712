"""espeak-ng speaks offline: two languages, two voices, the same bytes every time, and words are never commands."""

import io
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from jury.errors import InputError
from jury.providers import PROVIDERS
from jury.providers.espeak import provider as espeak
from jury.records import Maker, Request

pytest.importorskip("espeakng_loader", reason="espeak-ng is not installed: pip install 'multimodal-jury[generate]'")

ENGLISH, CHINESE = "How can I borrow a key?", "怎样才能借到一把钥匙？"


def spoken(model: str, words: str, **params: str) -> bytes:
    return espeak.speak(model, Request.to_make("audio", Maker(model=f"espeak/{model}", params=params), words))


def seconds(data: bytes) -> float:
    return float(soundfile.info(io.BytesIO(data)).duration)


@pytest.mark.parametrize("model", ["en-female", "en-male", "zh-female", "zh-male"])
def test_every_voice_speaks_its_language(model: str) -> None:
    samples, rate = soundfile.read(io.BytesIO(spoken(model, ENGLISH if model.startswith("en") else CHINESE)))
    assert 1.0 < len(samples) / rate < 5.0
    assert np.abs(samples).max() > 0.1


def test_the_voices_differ() -> None:
    assert len({spoken(model, ENGLISH) for model in ("en-female", "en-male", "zh-female", "zh-male")}) == 4


def test_a_voice_without_language_takes_that_of_the_request() -> None:
    assert spoken("female", CHINESE, language="zh") == spoken("zh-female", CHINESE)
    assert spoken("male", ENGLISH, language="en") == spoken("en-male", ENGLISH)


@pytest.mark.parametrize("params", [{}, {"language": "fr"}])
def test_a_voice_without_a_known_language_says_what_to_state(params: dict[str, str]) -> None:
    with pytest.raises(InputError, match=r"`language` is .*; state `en` or `zh`"):
        spoken("female", ENGLISH, **params)


def test_the_same_words_sound_the_same_whatever_was_spoken_before_and_beside_them() -> None:
    with ThreadPoolExecutor(8) as threads:
        clips = list(threads.map(lambda number: spoken("en-female", f"{ENGLISH} " * (number % 3 + 1)), range(24)))
    assert len(set(clips)) == 3


@pytest.mark.parametrize("words", ["   ", "…!?", "\x00\x01", "\n"])
def test_a_text_without_a_word_cannot_be_spoken(words: str) -> None:
    with pytest.raises(ValueError, match="no word"):
        spoken("en-female", words)


def test_a_text_beyond_all_measure_cannot_be_spoken() -> None:
    with pytest.raises(ValueError, match="more than the 5,000"):
        spoken("en-female", "word " * 2_000)


def test_a_long_text_is_spoken_to_its_end() -> None:
    assert seconds(spoken("en-female", "word " * 900)) > 200


def test_tags_are_read_out_and_not_obeyed() -> None:
    plain = seconds(spoken("en-female", "hello"))
    assert seconds(spoken("en-female", "<speak>hello</speak>")) > plain + 0.5
    assert seconds(spoken("en-female", "hello <break time='60s'/>")) < plain + 10


def test_control_characters_are_no_commands() -> None:
    # Control-A and a number before a letter would change espeak-ng's rate or pitch.
    assert spoken("en-female", "hello\x00 there \x01") == spoken("en-female", "hello  there")
    assert "\x01" not in espeak._plain("\x0150P")


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_text_with_a_letter_or_a_digit_is_spoken_and_no_other(words: str) -> None:
    if any(character.isalnum() for character in words):
        assert seconds(spoken("zh-male", words)) > 0
    else:
        with pytest.raises(ValueError, match="no word"):
            spoken("zh-male", words)


def test_a_model_there_is_none_of_is_named_with_those_there_are() -> None:
    with pytest.raises(InputError, match="unknown model 'espeak/child'; known: espeak/en-female"):
        espeak.origin("child")


def test_a_missing_wheel_is_named_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "WHEEL", "no_such_wheel")
    with pytest.raises(InputError, match=r"pip install 'multimodal-jury\[generate\]'"):
        espeak.origin("en-male")


def test_a_voice_is_known_by_its_sources_and_the_library() -> None:
    assert espeak.origin("en-male") == espeak.origin("en-male")
    assert len(espeak.origin("en-male")) == 64


def test_a_synthesizer_that_fails_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(espeak.VOICES, ("en", "female"), "no-such-voice")
    with pytest.raises(ValueError, match="espeak-ng has no voice 'no-such-voice'"):
        spoken("en-female", ENGLISH)


def test_a_synthesizer_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "PATIENCE", 0.0001)
    with pytest.raises(ValueError, match="did not finish"):
        spoken("en-female", ENGLISH)


def test_it_is_registered_as_one_that_only_makes() -> None:
    registered = PROVIDERS.get("espeak")
    assert registered.handler is None
    assert registered.makes is not None
