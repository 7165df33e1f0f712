"""Holding an experiment: its arms one after the other, each an ordinary run, then what they amount to together."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from benchmarks.experiments.arms import Arm, Design
from benchmarks.experiments.budget import within
from benchmarks.experiments.contrasts import contrasts_of
from benchmarks.experiments.folders import GRADES
from benchmarks.experiments.grading import Grades, graded
from benchmarks.experiments.outcome import Outcome, check_folder, concluded
from benchmarks.experiments.readying import naming, readied
from benchmarks.experiments.registry import EXPERIMENTS
from benchmarks.experiments.samples import compared_by, samples_of
from benchmarks.experiments.settings import ExperimentSettings
from benchmarks.results import Results
from benchmarks.runs import held as held_run
from benchmarks.watcher import Watcher
from jury.gateway.transport import Transport

#: Makes who hears of an arm's progress: the arm, its number from 1, and how many there are.
Watching = Callable[[Arm, int, int], AbstractContextManager[Watcher]]


def _unwatched(_arm: Arm, _number: int, _of: int) -> AbstractContextManager[Watcher]:
    return nullcontext(Watcher())


async def held(
    name: str, settings: ExperimentSettings, watching: Watching = _unwatched, transport: Transport | None = None
) -> Outcome:
    """What an experiment finds, inside an event loop; `transport` replaces LiteLLM.

    Finished arms are not held again. Raises `InputError` and `StoppedEarlyError`, which name the arm.
    """
    check_folder(settings.out, name)
    design = readied(EXPERIMENTS.get(name).design(settings))
    results: list[Results] = []
    for number, arm in enumerate(design.arms, start=1):
        limited = within(arm.settings, results)
        with naming(arm), watching(arm, number, len(design.arms)) as watcher:
            results.append(await held_run(limited, watcher, transport))
    samples = samples_of(design, results)
    grades = await _graded(design, settings, results, transport)
    contrasts = contrasts_of(samples, design.also)
    return concluded(name, settings, design, samples, contrasts, grades, compared_by(results[0]))


async def _graded(
    design: Design, settings: ExperimentSettings, results: list[Results], transport: Transport | None
) -> tuple[Grades, ...]:
    if design.committee is None:
        return ()
    sources = {arm.name: found for arm, found in zip(design.arms, results, strict=True)}
    limited = within(design.arms[0].settings, results)
    folder = settings.out / GRADES
    return await graded(sources, design.committee, design.graded, limited.but(out=folder), transport)
