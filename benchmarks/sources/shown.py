"""The parts of a suite's cases that a target is shown: words, images, clips of one voice."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks.settings import ExhibitName
from benchmarks.sources.loaded import Loaded
from benchmarks.sources.nothing import NothingShownError
from benchmarks.sources.place import quoted
from jury.errors import InputError
from jury.records import AudioPart, Case, ImagePart, Part, TextPart, Turn

#: The voice that a case of this variant speaks in.
_VOICES = {"audio_female": "female", "audio_male": "male"}


def shown(loaded: Loaded, wanted: tuple[ExhibitName, ...]) -> Loaded:
    """The cases with the parts wanted and no other; a case that lacks one is left out, and named.

    The words of a case that only speaks are what is spoken. Raises `NothingShownError` if no case is left, and
    `InputError` for cases with recorded answers, which were given to all of their parts.
    """
    found = [(case, _cut_down(case, wanted)) for case in loaded.cases]
    cases = tuple(case for _, case in found if case is not None)
    if all(case.problem is not None for case in cases):
        raise NothingShownError(
            f"{loaded.name}: no case has all of {', '.join(wanted)}; name other parts with --exhibits"
        )
    left_out = (
        f"case {quoted(case.id)} has not all of {', '.join(wanted)} and is left out"
        for case, cut in found
        if cut is None
    )
    return replace(loaded, cases=cases, problems=(*loaded.problems, *left_out))


def _cut_down(case: Case, wanted: Sequence[ExhibitName]) -> Case | None:
    if case.problem is not None:
        return case
    if case.answers:
        raise InputError(f"case {quoted(case.id)} has recorded answers to all of its parts; leave out --exhibits")
    turns = []
    for turn in case.turns:
        found = [tuple(_parts(turn, name, case.variant)) for name in wanted]
        if not all(found):
            return None
        turns.append(Turn(parts=tuple(part for parts in found for part in parts)))
    return case.but(turns=tuple(turns)) if turns else None


def _parts(turn: Turn, name: ExhibitName, variant: str) -> Iterator[Part]:
    """What a turn has of one kind."""
    if name == "text":
        written = [part for part in turn.parts if isinstance(part, TextPart)]
        spoken = [part.spoken for part in turn.parts if isinstance(part, AudioPart) and part.spoken]
        yield from written or [TextPart(text=words) for words in spoken]
    elif name == "image":
        yield from (part for part in turn.parts if isinstance(part, ImagePart))
    elif variant == _VOICES[name]:
        yield from (part for part in turn.parts if isinstance(part, AudioPart))
