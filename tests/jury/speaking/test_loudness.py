"""Loudness is that of ITU-R BS.1770-4, and clips are brought to one level without clipping."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from jury.speaking.loudness import CEILING, TARGET, integrated_loudness, normalised

Samples = NDArray[np.float64]
Tone = Callable[..., Samples]


@pytest.mark.parametrize("rate", [16_000, 22_050, 48_000])
def test_a_full_scale_tone_of_997_hz_in_one_channel_has_the_loudness_the_standard_states(tone: Tone, rate: int) -> None:
    # BS.1770-4, annex 1: "If a 0 dB FS 997 Hz sine wave is applied to the left, center, or right channel input,
    # the indicated loudness will equal -3.01 LKFS."
    assert integrated_loudness(tone(3, height=1.0, rate=rate), rate) == pytest.approx(-3.01, abs=0.02)


def test_silence_between_words_does_not_count(tone: Tone) -> None:
    speech = tone(2, height=0.1)
    with_pause = np.concatenate([speech, np.zeros(5 * 16_000), speech])
    assert integrated_loudness(with_pause, 16_000) == pytest.approx(integrated_loudness(speech, 16_000), abs=0.5)


def test_another_meter_measures_the_same() -> None:
    meter = pytest.importorskip("pyloudnorm").Meter(48_000)
    noise = np.random.default_rng(1).normal(0, 0.1, 3 * 48_000) * np.linspace(0.1, 1, 3 * 48_000)
    assert integrated_loudness(noise, 48_000) == pytest.approx(meter.integrated_loudness(noise), abs=0.05)


@pytest.mark.parametrize("seconds", [0.0, 0.5])
def test_silence_has_no_loudness(seconds: float) -> None:
    assert integrated_loudness(np.zeros(round(seconds * 16_000)), 16_000) == -np.inf


def test_a_clip_shorter_than_a_block_is_measured_as_a_whole(tone: Tone) -> None:
    assert integrated_loudness(tone(0.2, height=1.0), 16_000) == pytest.approx(-3.01, abs=0.2)


@given(height=st.floats(0.001, 1.0), seconds=st.floats(0.05, 2.0), seed=st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_whatever_is_heard_comes_to_the_target_unless_its_peak_forbids(
    height: float, seconds: float, seed: int
) -> None:
    noise = height * np.random.default_rng(seed).uniform(-1, 1, round(seconds * 16_000))
    levelled = normalised(noise, 16_000)
    peak = 20 * np.log10(np.abs(levelled).max())
    assert peak <= CEILING + 1e-9
    at_target = integrated_loudness(levelled, 16_000) == pytest.approx(TARGET, abs=0.01)
    assert at_target or peak == pytest.approx(CEILING)


def test_a_click_is_held_under_the_ceiling(tone: Tone) -> None:
    quiet = tone(1, height=0.001)
    quiet[100] = 0.9
    assert 20 * np.log10(np.abs(normalised(quiet, 16_000)).max()) == pytest.approx(CEILING)


def test_silence_stays_silence() -> None:
    assert not normalised(np.zeros(16_000), 16_000).any()
