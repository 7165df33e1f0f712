"""Images and clips inside the page, as `data:` addresses, until their share of the page is used up."""

import base64
import io
from dataclasses import dataclass

import soundfile
from markupsafe import Markup

from jury.errors import InputError
from jury.media import MediaStore, encode_image, mono_16k
from jury.records import MediaRef

#: Longest edge of a shown image, in pixels.
EDGE = 512

#: Characters that all images and clips of a report may take; with its texts a report stays below 10 MB.
BUDGET = 6_000_000

#: What images and clips are encoded as.
IMAGE, CLIP = "image/webp", "audio/mpeg"

#: The address of what is not there.
NOTHING = Markup("")


@dataclass(frozen=True)
class Embedded:
    """An image or clip as an address for `src`, or the reason why it is not shown."""

    address: Markup = NOTHING
    missing: str = ""


class Embedder:
    """Puts media into the page: images as WebP of at most `EDGE` pixels, clips as MP3 of one channel and 16 kHz.

    Both are encoded anew, so that a reader's browser never decodes the bytes of a data set. Equal media give equal
    addresses under one version of the libraries.
    """

    def __init__(self, budget: int = BUDGET) -> None:
        self._left = budget

    def embedded(self, ref: MediaRef, store: MediaStore) -> Embedded:
        """The medium, unless it is gone from the run's folder or too large for what is left of the budget."""
        try:
            data = store.read(ref)
            image = ref.mime.startswith("image/")
            encoded = _address(IMAGE, encoded_image(data)) if image else _address(CLIP, encoded_clip(data))
        except InputError:
            return Embedded(missing="not shown: its file is missing from the run's folder, or altered")
        if len(encoded) > self._left:
            return Embedded(missing="left out, so that the report stays small; it is in the run's folder")
        self._left -= len(encoded)
        return Embedded(address=Markup(encoded))  # noqa: S704 - base64 and a prefix of our own


def encoded_image(data: bytes, edge: int = EDGE) -> bytes:
    """An image anew, as `IMAGE`, at most `edge` pixels long. Raises `InputError` for one that can't be read."""
    return encode_image(data, edge=edge, format="webp")


def encoded_clip(data: bytes) -> bytes:
    """A clip anew, as `CLIP`, of one channel and 16 kHz. Raises `InputError` for one that can't be read."""
    samples, rate = soundfile.read(io.BytesIO(mono_16k(data)), dtype="float32")
    buffer = io.BytesIO()
    # Not Ogg, whose streams carry a random number: the same run is to give the same bytes.
    soundfile.write(buffer, samples, rate, format="MP3", subtype="MPEG_LAYER_III")
    return buffer.getvalue()


def _address(mime: str, data: bytes) -> str:
    return f"data:{mime};base64,{base64.b64encode(data).decode()}"
