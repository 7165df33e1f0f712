"""From a piece of an Inspect message to a part of a prompt; images and clips go into the media store."""

import base64
from pathlib import Path

from inspect_ai.model import Content, ContentAudio, ContentImage, ContentText

from jury.media import MediaKind, MediaStore, admit, admit_bytes, is_remote
from jury.records import AudioPart, Cause, ImagePart, MediaRef, Part, TextPart

#: What nobody on a jury could look at; jurors are told that something is there that could not be read.
_NOT_SHOWN = frozenset({"video", "document"})


def parts_of(content: str | list[Content], store: MediaStore) -> list[Part]:
    """The parts of a message; blank text, reasoning and use of tools are none.

    An image or a clip that can't be used, and a video or a document, is a part with its problem. Raises `OSError` only
    where the store can't be written.
    """
    pieces = [ContentText(text=content)] if isinstance(content, str) else content
    parts = (_part(piece, store) for piece in pieces)
    return [part for part in parts if part is not None]


def _part(piece: Content, store: MediaStore) -> Part | None:
    if isinstance(piece, ContentText):
        return TextPart(text=piece.text) if piece.text.strip() else None
    if isinstance(piece, ContentImage):
        image = admitted(piece.image, "image", store)
        return ImagePart(problem=image) if isinstance(image, Cause) else ImagePart(media=image)
    if isinstance(piece, ContentAudio):
        clip = admitted(piece.audio, "audio", store)
        return AudioPart(problem=clip) if isinstance(clip, Cause) else AudioPart(media=clip)
    if piece.type in _NOT_SHOWN:
        return ImagePart(problem=Cause(kind="unreadable", detail=f"a jury takes images and clips, and no {piece.type}"))
    return None


def admitted(reference: str, kind: MediaKind, store: MediaStore) -> MediaRef | Cause:
    """What data, or a file on this machine, turn out to hold, kept in the store, or why it can't be used.

    Nothing is fetched: Inspect turns what a task may fetch into data before it asks the model.
    """
    if reference.startswith("data:"):
        return _from_data(reference, kind, store)
    if is_remote(reference):
        return Cause(kind="missing", detail=f"the {kind} is an address, and a jury fetches none; give a file or data")
    # Data sets lie in caches as links; what counts is the file they lead to.
    file = Path(reference).resolve()
    return admit(file.name, root=file.parent, kind=kind, store=store)


def _from_data(reference: str, kind: MediaKind, store: MediaStore) -> MediaRef | Cause:
    head, _, payload = reference.partition(",")
    try:
        data = base64.b64decode(payload, validate=True) if head.endswith(";base64") else b""
    except ValueError:
        return Cause(kind="broken", detail=f"the {kind} is not valid base64")
    return admit_bytes(data, kind=kind, store=store)
