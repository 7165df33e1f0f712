"""A clip with nothing to hear, a clipped one, and one too short for its words are found out."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from jury.speaking.checks import fault_of_length, fault_of_sound, shortest_for

Samples = NDArray[np.float64]
Tone = Callable[..., Samples]
Clip = Callable[..., bytes]


def test_a_clip_of_a_voice_has_no_fault(tone: Tone, clip: Clip) -> None:
    assert fault_of_sound(clip(tone())) is None


@pytest.mark.parametrize("height", [0.0, 0.0005])
def test_a_clip_that_nobody_hears_is_silent(tone: Tone, clip: Clip, height: float) -> None:
    fault = fault_of_sound(clip(tone(height=height)))
    assert fault is not None
    assert (fault.kind, fault.detail) == ("broken", "the clip is silent")


@pytest.mark.parametrize("channels", [1, 2])
def test_a_clip_cut_off_at_full_scale_is_clipped(tone: Tone, clip: Clip, channels: int) -> None:
    fault = fault_of_sound(clip(np.clip(tone(height=1.5), -1, 1), channels=channels))
    assert fault is not None
    assert "clipped" in fault.detail


def test_a_single_sample_at_full_scale_is_no_clipping(tone: Tone, clip: Clip) -> None:
    samples = tone()
    samples[500] = 1.0
    assert fault_of_sound(clip(samples)) is None


@pytest.mark.parametrize(
    ("words", "shortest"),
    [
        ("How can I open it?", 5 * 0.12),
        ("It isn't mine.", 3 * 0.12),
        ("怎样才能打开？", 6 * 0.08),
        ("请用Python写一封信", 2 * 0.08 + 0.12 + 4 * 0.08),
        ("…?!", 0.0),
    ],
)
def test_words_and_chinese_characters_each_take_their_time(words: str, shortest: float) -> None:
    assert shortest_for(words) == pytest.approx(shortest)


def test_a_clip_too_short_for_its_words_is_cut_off() -> None:
    words = "How can I open a lock that is not mine?"
    fault = fault_of_length(1.0, words)
    assert fault is not None
    assert fault.kind == "cut_off"
    assert "1.00 s" in fault.detail
    assert fault_of_length(1.3, words) is None
