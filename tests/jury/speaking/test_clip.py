"""Clips are read into one form and lose the silence at their ends."""

import io
from collections.abc import Callable

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from jury.speaking.clip import MARGIN, RATE, samples_of, trimmed, wav_of

Samples = NDArray[np.float64]
Tone = Callable[..., Samples]
Clip = Callable[..., bytes]


@pytest.mark.parametrize(("form", "rate", "channels"), [("WAV", 22_050, 1), ("FLAC", 48_000, 2), ("OGG", 44_100, 1)])
def test_any_clip_becomes_one_channel_at_16_khz(tone: Tone, clip: Clip, form: str, rate: int, channels: int) -> None:
    samples = samples_of(clip(tone(1, rate=rate), rate, channels, form))
    assert samples.ndim == 1
    assert len(samples) == pytest.approx(RATE, abs=2)
    assert np.sqrt((samples**2).mean()) == pytest.approx(0.5 / np.sqrt(2), abs=0.02)


def test_silence_at_both_ends_goes_but_for_a_margin(tone: Tone) -> None:
    samples = np.concatenate([np.zeros(RATE), tone(1), np.zeros(2 * RATE)])
    assert len(trimmed(samples)) / RATE == pytest.approx(1 + 2 * MARGIN, abs=0.02)


def test_hiss_far_under_the_voice_is_silence_too(tone: Tone) -> None:
    hiss = np.random.default_rng(1).normal(0, 0.0005, 3 * RATE)
    hiss[RATE : 2 * RATE] += tone(1)
    assert len(trimmed(hiss)) / RATE == pytest.approx(1 + 2 * MARGIN, abs=0.02)


def test_a_pause_between_words_stays(tone: Tone) -> None:
    samples = np.concatenate([tone(0.5), np.zeros(RATE), tone(0.5)])
    assert np.array_equal(trimmed(samples), samples)


@pytest.mark.parametrize("length", [0, 1, 1_000])
def test_of_silence_nothing_is_left(length: int) -> None:
    assert len(trimmed(np.zeros(length))) == 0


@given(before=st.integers(0, 5_000), voice=st.integers(1, 5_000), after=st.integers(0, 5_000))
@settings(max_examples=60, deadline=None)
def test_nothing_loud_is_ever_cut_off(before: int, voice: int, after: int) -> None:
    samples = np.concatenate([np.zeros(before), np.full(voice, 0.3), np.zeros(after)])
    assert trimmed(samples).sum() == pytest.approx(samples.sum())


def test_what_is_written_is_a_wav_of_16_bits(tone: Tone) -> None:
    with soundfile.SoundFile(io.BytesIO(wav_of(tone(0.5)))) as written:
        assert (written.format, written.subtype, written.channels) == ("WAV", "PCM_16", 1)
        assert (written.samplerate, written.frames) == (RATE, RATE // 2)
