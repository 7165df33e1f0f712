"""How large an exhibit may be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds an image or clip must keep to be admitted; whatever exceeds one is an invalid exhibit.

    `image_edge` defaults to the longest edge WebP can hold, so that every admitted image can be encoded in every format.
    Rates are in Hz. Pillow's own bound on pixels (about 179 million) holds even where `image_pixels` is higher.
    """

    image_bytes: int = 32 * 2**20
    image_pixels: int = 40_000_000
    image_edge: int = 16_383
    audio_bytes: int = 128 * 2**20
    audio_seconds: float = 600.0
    audio_channels: int = 8
    lowest_rate: int = 1_000
    highest_rate: int = 192_000


DEFAULT_LIMITS = Limits()
