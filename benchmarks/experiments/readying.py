"""Looking an experiment over before anything is paid: every arm's cases, target and jury, without painting an image."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from benchmarks.docket import cases_of, check_asked, matter_of, prepare_matter
from benchmarks.estimate import without_trace
from benchmarks.experiments.arms import Arm, Design
from benchmarks.resuming import texts_for
from benchmarks.settings import RunSettings, SourceSettings, part_of
from benchmarks.sources import Loaded
from benchmarks.sources.nothing import NothingShownError
from jury.dosed import NONE
from jury.errors import InputError, StoppedEarlyError
from jury.records import Rubric


def readied(design: Design) -> Design:
    """The design without the optional arms that its source has nothing for, each with a note.

    Raises `InputError`, which names the arm, for whatever a run would turn down, and for rubrics that can't be compared.
    """
    looked = _Looked()
    kept: list[tuple[Arm, Rubric]] = []
    notes = list(design.notes)
    for arm in design.arms:
        with naming(arm):
            try:
                kept.append((arm, looked.rubric(arm.settings)))
            except NothingShownError as error:
                if not arm.optional:
                    raise InputError(_lacking(arm, error)) from None
                notes.append(f"Arm {arm.name!r} is left out: {_lacking(arm, error)}.")
    _check_comparable(kept, design, notes)
    return replace(design, arms=tuple(arm for arm, _ in kept), notes=tuple(notes))


@contextmanager
def naming(arm: Arm) -> Iterator[None]:
    """What goes wrong in an arm, said with its name."""
    try:
        yield
    except StoppedEarlyError as error:
        raise StoppedEarlyError(f"arm {arm.name!r}: {error}") from error
    except NothingShownError:
        raise
    except InputError as error:
        raise InputError(f"arm {arm.name!r}: {error}") from error


class _Looked:
    """What was looked at already: a source or a jury that arms have in common is looked at once."""

    def __init__(self) -> None:
        self._sources: dict[str, Loaded] = {}
        self._rubrics: dict[tuple[str, str], Rubric] = {}

    def rubric(self, settings: RunSettings) -> Rubric:
        """The rubric under which an arm will be judged. Raises `InputError` for whatever its run would turn down."""
        check_asked(settings)
        # Which cases a condition leaves depends on no condition: that there is no image is the cheapest to find out.
        probe = settings.but(condition=NONE if settings.condition else None, out=Path())
        texts = texts_for(settings.out, settings.prompts)
        known = (probe.content_hash, texts.sha256)
        if known not in self._rubrics:
            matter = matter_of(probe.source, self._source(probe), probe.target, texts.library)
            self._rubrics[known] = prepare_matter(matter, probe, texts.library).jury.rubric
        return self._rubrics[known]

    def _source(self, probe: RunSettings) -> Loaded:
        shown = part_of(probe, SourceSettings)
        if shown.content_hash not in self._sources:
            self._sources[shown.content_hash] = without_trace(lambda media: cases_of(shown, media))
        return self._sources[shown.content_hash]


def _lacking(arm: Arm, error: NothingShownError) -> str:
    if any(name.startswith("audio") for name in arm.settings.exhibits or ()):
        return f"{arm.settings.source} has no clips of that voice; make some with jury generate speech, or name another source"
    return str(error)


def _check_comparable(kept: list[tuple[Arm, Rubric]], design: Design, notes: list[str]) -> None:
    if len(kept) < (1 if design.split else 2):
        raise InputError(" ".join(("an experiment needs two arms at least.", *notes)))
    (first, rubric), *others = kept
    for arm, other in others:
        if (other.choices, other.positives) != (rubric.choices, rubric.positives):
            raise InputError(
                f"arm {first.name!r} would be judged by rubric {rubric.name!r} and arm {arm.name!r} by {other.name!r}, whose "
                "choices differ; name one with --rubric"
            )
