"""Encoded images of panels in, the encoded image of an item out; every pixel is kept, so pairs differ as stated only."""

import io
from collections.abc import Sequence

from PIL import Image

from jury.media import encode_image
from jury.painting import png_bytes, side_by_side, with_noise
from jury.variants.item import Combine


def beside(left: int, right: int) -> Combine:
    """The two panels of these numbers next to each other, lettered A and B from the left."""

    def combine(panels: Sequence[bytes]) -> bytes:
        return png_bytes(side_by_side(_image(panels[left]), _image(panels[right])), colours=None)

    return combine


def noisy(amount: float, seed: int) -> Combine:
    """The first panel under noise: `amount` of it from 0 to 1, the same for the same seed."""

    def combine(panels: Sequence[bytes]) -> bytes:
        return png_bytes(with_noise(_image(panels[0]), amount, seed), colours=None)

    return combine


def _image(data: bytes) -> Image.Image:
    """The pixels, upright and without metadata. Raises `InputError` for data that is no admissible image."""
    return Image.open(io.BytesIO(encode_image(data, edge=None, format="png")))
