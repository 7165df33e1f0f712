"""A prompt with one more part."""

from jury.records import AudioPart, Case, ImagePart, Turn


def with_part(case: Case, part: ImagePart | AudioPart) -> Case:
    """The case whose last turn shows one more image or plays one more clip."""
    *before, last = case.turns
    return case.but(turns=(*before, Turn(parts=(*last.parts, part))))
