"""A take becomes a clip of one form and one loudness, or a cause."""

import io
from collections.abc import Callable

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from jury.records import Cause
from jury.speaking import mastered
from jury.speaking.loudness import TARGET, integrated_loudness

Samples = NDArray[np.float64]
Tone = Callable[..., Samples]
Clip = Callable[..., bytes]


def test_a_good_take_becomes_a_wav_of_16_khz_at_the_target_loudness(tone: Tone, clip: Clip) -> None:
    rate = 22_050
    take = np.concatenate([np.zeros(rate), tone(2, rate=rate), np.zeros(rate)])
    data = mastered(clip(take, rate), "two words")
    assert isinstance(data, bytes)
    samples, written_rate = soundfile.read(io.BytesIO(data))
    assert (written_rate, samples.ndim) == (16_000, 1)
    assert len(samples) / written_rate == pytest.approx(2.2, abs=0.03)
    assert integrated_loudness(samples, written_rate) == pytest.approx(TARGET, abs=0.1)


def test_equal_takes_give_equal_clips(tone: Tone, clip: Clip) -> None:
    take = clip(tone(1, rate=44_100), 44_100)
    assert mastered(take, "one") == mastered(take, "one")


def test_silence_around_a_word_does_not_make_it_long_enough(tone: Tone, clip: Clip) -> None:
    take = np.concatenate([np.zeros(32_000), tone(0.1), np.zeros(32_000)])
    fault = mastered(clip(take), "these are ten words that nobody says in no time")
    assert isinstance(fault, Cause)
    assert fault.kind == "cut_off"


def test_an_empty_clip_is_a_cause(clip: Clip) -> None:
    fault = mastered(clip(np.zeros(0)), "a word")
    assert isinstance(fault, Cause)
    assert "empty" in fault.detail


@given(st.binary(max_size=200))
@settings(max_examples=50, deadline=None)
def test_whatever_bytes_come_the_answer_is_a_clip_or_a_cause(data: bytes) -> None:
    assert isinstance(mastered(b"RIFF" + data, "a word"), Cause)
