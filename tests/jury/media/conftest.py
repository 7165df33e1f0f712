"""Real files, made by the libraries that are to read them."""

import io
from collections.abc import Callable

import numpy as np
import pytest
import soundfile
from PIL import Image

MakeImage = Callable[..., bytes]
MakeClip = Callable[..., bytes]


@pytest.fixture(scope="session")
def make_image() -> MakeImage:
    """A gradient as the bytes of an image file."""

    def make(form: str = "PNG", size: tuple[int, int] = (12, 8), mode: str = "RGB", **saving: object) -> bytes:
        image = Image.linear_gradient("L").resize(size).convert(mode)
        buffer = io.BytesIO()
        image.save(buffer, form, **saving)
        return buffer.getvalue()

    return make


@pytest.fixture(scope="session")
def make_clip() -> MakeClip:
    """A tone of 440 Hz as the bytes of an audio file."""

    def make(form: str = "WAV", seconds: float = 1.0, rate: int = 44_100, channels: int = 1, **saving: object) -> bytes:
        tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)
        buffer = io.BytesIO()
        soundfile.write(buffer, np.tile(tone[:, None], channels), rate, format=form, **saving)
        return buffer.getvalue()

    return make
