"""Holding a comparison: one run for the first protocol, one more jury over its cases for each other, in one ledger.

Calls that protocols have in common, such as the sealed ballots, are made once.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext

from benchmarks.docket import cases_of
from benchmarks.estimate import without_trace
from benchmarks.judging import judged
from benchmarks.lab.comparing.arms import Arm, majority_at, sampled, with_controls
from benchmarks.results import Results
from benchmarks.runs import held
from benchmarks.settings import JudgeSettings, RunSettings
from benchmarks.watcher import Watcher
from jury.errors import InputError
from jury.gateway.transport import Transport
from jury.juries import REHEARSAL, fitting, load_panel
from jury.records import Panel

#: The run whose ledger all share.
RUN = "run"

#: Samples of one juror at the most: a trial may cost more than a poll can use.
MOST_SAMPLES = 15

#: Makes who hears of an arm's progress.
Watching = Callable[[Arm], AbstractContextManager[Watcher]]

Held = list[tuple[Arm, Results]]


def unwatched(_: Arm) -> AbstractContextManager[Watcher]:
    """Nobody hears."""
    return nullcontext(Watcher())


async def hold_all(
    arms: Sequence[Arm],
    settings: RunSettings,
    *,
    controls: bool = True,
    matched: bool = True,
    watching: Watching = unwatched,
    transport: Transport | None = None,
) -> Held:
    """The results of every arm, with the controls and the majorities at the same budget that are wanted.

    What is finished is not held again. Raises `InputError` where no case has a label.
    """
    check_labels(settings)
    base = settings.but(out=settings.out / RUN)
    found: Held = []
    for arm in with_controls(arms) if controls else arms:
        found.append((arm, await _held(arm, base, not found, watching, transport)))
    for arm in _matched(found) if matched else ():
        found.append((arm, await _held(arm, base, False, watching, transport)))
    return found


def check_labels(settings: RunSettings) -> None:
    """Raise `InputError` before anything is asked where nobody has labelled what is judged."""
    labels = without_trace(lambda media: cases_of(settings, media)).labels
    if not labels or settings.target is not None:
        raise InputError(f"{settings.source} has no labels to compare protocols by; add a `gold` to its answers")


async def _held(arm: Arm, base: RunSettings, first: bool, watching: Watching, transport: Transport | None) -> Results:
    plan = arm.plan.model_dump(mode="json", exclude_none=True)
    panel = _panel(arm, base)
    with watching(arm) as watcher:
        if first:
            return await held(base.but(jury=plan, panel=panel), watcher, transport)
        judging = judging_beside(base, base.but(jury=plan, panel=panel), arm.folder)
        return await judged(judging, watcher, transport)


def judging_beside(base: RunSettings, other: RunSettings, name: str) -> JudgeSettings:
    """The settings of one more jury over a run's cases, as other settings would have it sit."""
    shared = set(JudgeSettings.model_fields) & set(RunSettings.model_fields)
    common = {field: getattr(other, field) for field in shared}
    return JudgeSettings.model_validate({**common, "run": base.out, "name": name})


def _panel(arm: Arm, base: RunSettings) -> dict[str, object]:
    """Who sits: the arm's own panel or the one that was named, as many times as it is sampled."""
    named: Panel = arm.plan.panel or load_panel(base.panel or REHEARSAL)
    sitting = sampled(fitting(named, arm.plan.protocol), arm.samples)
    return sitting.model_dump(mode="json", exclude_none=True)


def _matched(found: Held) -> list[Arm]:
    """For every protocol that deliberates, a poll of as many samples of each juror as its calls would have paid for."""
    wanted: dict[int, Arm] = {}
    for arm, results in found:
        if arm.kind == "protocol" and arm.deliberates:
            usage, cases = results.document["usage"], results.document["counts"]["cases"]
            seats = len(results.manifest["jury"]["panel"]["seats"])
            samples = min(MOST_SAMPLES, round(usage["calls"] / max(1, cases) / seats))
            if samples > 1:
                wanted.setdefault(samples, majority_at(arm, samples))
    return list(wanted.values())
