"""Images: what a file really holds, and how it is handed to a model."""

import hashlib
import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal

import numpy as np
from PIL import Image, ImageOps

from jury.errors import InputError
from jury.media.formats import MediaFormat, expected_format
from jury.media.limits import DEFAULT_LIMITS, Limits
from jury.records import Cause, MediaRef

ImageFormat = Literal["png", "jpeg", "webp"]

_SAVING: dict[ImageFormat, dict[str, int]] = {
    "png": {"compress_level": 6},
    "jpeg": {"quality": 90},
    "webp": {"quality": 90, "method": 4},
}
_warning_filters = threading.Lock()


def inspect_image(data: bytes, limits: Limits = DEFAULT_LIMITS) -> MediaRef | Cause:
    """The reference of a PNG, JPEG, WebP or GIF (its first frame) that decodes in full, or the cause why it is not usable.

    Width and height are in pixels, as stored, before any EXIF orientation. Never raises for bad data; causes are
    `mislabelled` (no image), `too_large` (bytes, pixels or edge; pixels are read from the header before any is
    decoded) and `broken` (empty, cut short or damaged).
    """
    form = expected_format(data, "image", limits.image_bytes)
    if isinstance(form, Cause):
        return form
    image = _decoded(data, form, limits)
    if isinstance(image, Cause):
        return image
    return MediaRef(
        sha256=hashlib.sha256(data).hexdigest(),
        mime=form.mime,
        size=len(data),
        width=image.width,
        height=image.height,
    )


def encode_image(
    data: bytes,
    *,
    edge: int | None,
    format: ImageFormat,  # noqa: A002 - the word Pillow and its users know
    limits: Limits = DEFAULT_LIMITS,
) -> bytes:
    """An image upright, 8 bits a channel, without metadata, its longest edge at most `edge` pixels; never enlarged.

    `edge=None` keeps the size. PNG and WebP keep transparency, JPEG lays it on white. Equal input gives equal bytes under
    one version of Pillow. Raises `InputError` for data that `inspect_image` would not admit and for an edge below 1.
    """
    if edge is not None and edge < 1:
        raise InputError(f"image edge {edge}: is not a length in pixels; name 1 or more, or none to keep the size")
    form = expected_format(data, "image", limits.image_bytes)
    image = form if isinstance(form, Cause) else _decoded(data, form, limits)
    if isinstance(image, Cause):
        name = hashlib.sha256(data).hexdigest()
        raise InputError(f"image {name}: {image.detail}; leave it out or replace it by one that can be read")
    pixels = _plain(_upright(image), keep_alpha=format != "jpeg")
    if edge is not None:
        pixels.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return _saved(pixels, format)


def _decoded(data: bytes, form: MediaFormat, limits: Limits) -> Image.Image | Cause:
    try:
        image = _opened(data, form)
        excess = _size_problem(image, limits)
        if excess:
            return excess
        image.verify()
        image = _opened(data, form)  # an image is unusable once verified
        image.load()
    except Image.DecompressionBombError:
        return Cause(kind="too_large", detail=f"the image has more than the {limits.image_pixels:,} pixels allowed")
    except Exception:  # Pillow raises some ten kinds of error on hostile bytes; its words may hold memory addresses
        return Cause(kind="broken", detail=f"the image is damaged or cut short: it does not decode as {form.name}")
    return image


def _opened(data: bytes, form: MediaFormat) -> Image.Image:
    with _no_warnings():
        return Image.open(io.BytesIO(data), formats=(form.name,))


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Odd metadata and sizes make Pillow warn; a process has one list of filters, so threads change it in turn."""
    with _warning_filters, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _size_problem(image: Image.Image, limits: Limits) -> Cause | None:
    width, height = image.size
    if width * height > limits.image_pixels:
        allowed = f"more than the {limits.image_pixels:,} pixels allowed"
        return Cause(kind="too_large", detail=f"the image claims {width} x {height} pixels, {allowed}")
    if max(width, height) > limits.image_edge:
        allowed = f"an edge over the {limits.image_edge:,} pixels allowed"
        return Cause(kind="too_large", detail=f"the image is {width} x {height} pixels, {allowed}")
    return None


def _upright(image: Image.Image) -> Image.Image:
    # Damaged EXIF says nothing about orientation: such an image stays as it is stored.
    with _no_warnings(), suppress(Exception):
        return ImageOps.exif_transpose(image)
    return image


def _plain(image: Image.Image, *, keep_alpha: bool) -> Image.Image:
    """RGB or RGBA pixels, without the metadata that Pillow would carry over when saving."""
    if image.mode.startswith("I;16"):  # Pillow's own conversion clips 16 bits to white
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if not image.has_transparency_data:
        plain = image.convert("RGB")
    elif keep_alpha:
        plain = image.convert("RGBA")
    else:
        plain = _on_white(image.convert("RGBA"))
    plain.info = {}
    return plain


def _on_white(image: Image.Image) -> Image.Image:
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(image)
    return ground.convert("RGB")


def _saved(image: Image.Image, form: ImageFormat) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format=form, **_SAVING[form])
    return buffer.getvalue()
