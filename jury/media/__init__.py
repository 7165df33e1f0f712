"""Images and clips: inspected, admitted into a content-addressed store, and encoded for models."""

from jury.media.admit import admit, admit_bytes, admit_remote, path_in
from jury.media.audio import inspect_audio, mono_16k
from jury.media.images import ImageFormat, encode_image, inspect_image
from jury.media.limits import DEFAULT_LIMITS, Limits
from jury.media.paths import file_in, nearest_file
from jury.media.remote import NOWHERE, Remote, is_remote
from jury.media.store import MediaStore
from jury.records import MediaKind

__all__ = [
    "DEFAULT_LIMITS",
    "NOWHERE",
    "ImageFormat",
    "Limits",
    "MediaKind",
    "MediaStore",
    "Remote",
    "admit",
    "admit_bytes",
    "admit_remote",
    "encode_image",
    "file_in",
    "inspect_audio",
    "inspect_image",
    "is_remote",
    "mono_16k",
    "nearest_file",
    "path_in",
]
