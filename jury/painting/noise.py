"""Noise that a seed makes, the same on every machine."""

import random

import numpy as np
from PIL import Image

from jury.errors import InputError
from jury.painting.opaque import on_white


def with_noise(image: Image.Image, amount: float, seed: int) -> Image.Image:
    """The image, in RGB on white, mixed with noise: each channel is `(1 - amount) * value + amount * noise`, noise even over 0..255.

    `amount` runs from 0 (the image) to 1 (nothing but noise); the size stays. Raises `InputError` outside that range.
    """
    if not 0 <= amount <= 1:
        raise InputError(f"noise amount {amount}: is no share; name a number from 0 to 1")
    pixels = np.asarray(on_white(image), dtype=np.float64)
    # The Mersenne Twister gives these bytes in every Python; NumPy's generators may change with its version.
    noise = np.frombuffer(random.Random(seed).randbytes(pixels.size), dtype=np.uint8)  # noqa: S311 - no secret
    mixed = (1 - amount) * pixels + amount * noise.reshape(pixels.shape)
    return Image.fromarray(np.rint(mixed).astype(np.uint8))
