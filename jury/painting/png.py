"""Images as PNG bytes: equal pixels give equal bytes under one version of Pillow."""

import io

from PIL import Image

#: Colours a flat card keeps; more would only serve the edges.
COLOURS = 64


def png_bytes(image: Image.Image, *, colours: int | None = COLOURS) -> bytes:
    """The image as a small PNG of at most `colours` colours (2 to 256), without metadata; None keeps every pixel."""
    kept = image.convert("RGB")
    if colours is not None:
        kept = kept.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    kept.save(buffer, format="PNG", optimize=True)
    return buffer.getvalue()
