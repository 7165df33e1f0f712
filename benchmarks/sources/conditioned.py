"""A source's cases with their images under a condition: black, blurred, gone."""

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace

from PIL import Image, ImageOps

from benchmarks.metrics.ties import ORIGINALS
from benchmarks.sources.loaded import Loaded
from benchmarks.sources.nothing import NothingShownError
from benchmarks.sources.place import quoted
from jury.dosed import INTACT, NONE, Dosed, dosed
from jury.media import MediaStore, inspect_image
from jury.painting import changed
from jury.records import Case, Cause, ImagePart, MediaRef, Part, TextPart, Turn


def under_condition(loaded: Loaded, condition: str | None, media: MediaStore) -> Loaded:
    """The cases with every image changed, one image in memory at a time; what an image was stands in the metadata.

    The seed is the case's id's, the words are its own. A case without an image, or with one that can't be read, is left
    out under every condition, so that all conditions have the same cases. Raises `NothingShownError` if none is left.
    """
    if condition is None:
        return loaded
    usable = [case for case in loaded.cases if case.problem is not None or _is_pictured(case)]
    if all(case.problem is not None for case in usable):
        raise NothingShownError(f"{loaded.name}: no case has an image that condition {condition!r} could be applied to")
    kept = {case.id for case in usable}
    left_out = (
        f"case {quoted(case.id)} has no image for condition {condition!r} and is left out"
        for case in loaded.cases
        if case.id not in kept
    )
    cases = tuple(_changed(case, dosed(condition), media) for case in usable)
    return replace(loaded, cases=cases, problems=(*loaded.problems, *left_out))


def _is_pictured(case: Case) -> bool:
    """Whether there is an image to change, every one can be read, and something is left of each turn without it."""
    images = list(_images(case))
    return (
        bool(images)
        and all(image.media is not None for image in images)
        and all(any(not isinstance(part, ImagePart) for part in turn.parts) for turn in case.turns)
    )


def _images(case: Case) -> Iterator[ImagePart]:
    return (part for turn in case.turns for part in turn.parts if isinstance(part, ImagePart))


def _changed(case: Case, wanted: Dosed, media: MediaStore) -> Case:
    if wanted.name == INTACT or case.problem is not None:
        return case
    turns = tuple(Turn(parts=tuple(_parts(turn.parts, case, wanted, media))) for turn in case.turns)
    originals = [image.media.sha256 for image in _images(case) if image.media]
    return case.but(turns=turns, metadata={**case.metadata, ORIGINALS: originals})


def _parts(parts: Iterable[Part], case: Case, wanted: Dosed, media: MediaStore) -> Iterator[Part]:
    for part in parts:
        if not isinstance(part, ImagePart) or part.media is None:
            yield part
        elif wanted.name != NONE:
            # What the data say of the image is not true of what it has become.
            yield ImagePart(media=_painted(part.media, case, wanted, media))


def _painted(ref: MediaRef, case: Case, wanted: Dosed, media: MediaStore) -> MediaRef:
    seed = int(hashlib.sha256(f"{case.id}\n{ref.sha256}".encode()).hexdigest()[:8], 16)
    with Image.open(io.BytesIO(media.read(ref))) as image:
        upright = ImageOps.exif_transpose(image)
        result = changed(upright, wanted.name, strength=wanted.strength, seed=seed, words=_words(case))
    buffer = io.BytesIO()
    # Quickly packed: a set has thousands, and the packing that takes ten times as long saves little.
    result.save(buffer, "PNG", compress_level=3)
    data = buffer.getvalue()
    found = inspect_image(data)
    if isinstance(found, Cause):
        raise NothingShownError(f"case {quoted(case.id)}: condition {wanted} gives no usable image ({found.detail})")
    media.put(data, found)
    return found


def _words(case: Case) -> str:
    parts = [part for turn in case.turns for part in turn.parts]
    said = [
        part.text if isinstance(part, TextPart) else part.spoken for part in parts if not isinstance(part, ImagePart)
    ]
    return "\n".join(said)
