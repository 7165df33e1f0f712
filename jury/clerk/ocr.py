"""Reading the text in an image, English and Chinese, by RapidOCR's models, which its wheel brings along."""

import io
from functools import cached_property
from typing import Any

import numpy as np
import structlog
from PIL import Image

from jury.media import encode_image

#: Longest edge of an image as it is read, in pixels: small print needs more than a model is shown.
EDGE = 2048

_log = structlog.get_logger()


class TextReader:
    """Reads the text in images with `rapidocr-onnxruntime`, which the extra `media` installs. Not for several threads."""

    name = "rapidocr"

    def read(self, data: bytes) -> str | None:
        """The lines of text in an image, from top to bottom; None where nobody is there who can read it."""
        if self._engine is None:
            return None
        try:
            found, _ = self._engine(_pixels(data))
        except Exception as error:  # OpenCV and ONNX fail in their own ways on odd images
            _log.warning("image not read", clerk=self.name, error=type(error).__name__)
            return None
        return "\n".join(text.strip() for _, text, _ in found or ())

    @cached_property
    def _engine(self) -> Any:
        try:
            from rapidocr_onnxruntime import RapidOCR
        except ImportError:
            _log.warning("no clerk to read images", remedy="pip install 'multimodal-jury[media]'")
            return None
        return RapidOCR(intra_op_num_threads=1)  # one thread: calls go on beside it, and replays read the same


def _pixels(data: bytes) -> "np.ndarray[Any, Any]":
    """Rows of blue, green and red, as OpenCV has it; transparency is laid on white."""
    with Image.open(io.BytesIO(encode_image(data, edge=EDGE, format="jpeg"))) as image:
        return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
