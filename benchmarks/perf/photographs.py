"""Pictures as people take them: large, each another, and all from one that was made once."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

#: Width and height in pixels; with soft noise as its content such a JPEG has between 2 and 4 MB.
SIZE = (2400, 1800)

QUALITY = 93


def photographs(count: int, folder: Path) -> list[str]:
    """So many JPEG files in a folder, by name: the same pixels, but other bytes, so that each is decoded by itself."""
    data = _photograph()
    names = [f"photograph-{number}.jpg" for number in range(count)]
    for number, name in enumerate(names):
        comment = b"\xff\xfe\x00\x0a%08d" % number  # a comment's marker, its length, and eight bytes of it
        (folder / name).write_bytes(data[:2] + comment + data[2:])
    return names


def _photograph() -> bytes:
    coarse = np.random.default_rng(0).integers(0, 256, (SIZE[1] // 2, SIZE[0] // 2, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(coarse).resize(SIZE, Image.Resampling.BICUBIC).save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()
