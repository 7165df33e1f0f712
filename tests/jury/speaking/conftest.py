"""Tones and noises as samples and as the bytes of clips."""

import io
from collections.abc import Callable

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

Samples = NDArray[np.float64]
Tone = Callable[..., Samples]
Clip = Callable[..., bytes]


@pytest.fixture(scope="session")
def tone() -> Tone:
    """A tone of so many seconds, Hz and height."""

    def make(seconds: float = 1.0, pitch: float = 997.0, height: float = 0.5, rate: int = 16_000) -> Samples:
        return height * np.sin(2 * np.pi * pitch * np.arange(round(seconds * rate)) / rate)

    return make


@pytest.fixture(scope="session")
def clip() -> Clip:
    """Samples as the bytes of a file, each channel alike."""

    def make(samples: Samples, rate: int = 16_000, channels: int = 1, form: str = "WAV") -> bytes:
        buffer = io.BytesIO()
        soundfile.write(buffer, np.tile(samples[:, None], channels), rate, format=form)
        return buffer.getvalue()

    return make
