"""Two wordings on the same labelled cases: what each finds, which cases changed, and whether the difference is chance.

The second wording judges as a further jury over the first one's cases, so that what both ask alike is asked once.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.judging import judged
from benchmarks.kept import jury_folder
from benchmarks.lab.comparing.arms import Arm
from benchmarks.lab.comparing.holding import RUN, Watching, check_labels, judging_beside, unwatched
from benchmarks.metrics import Judged
from benchmarks.results import Results
from benchmarks.resuming import texts_for
from benchmarks.runs import held
from benchmarks.settings import RunSettings
from jury.gateway.transport import Transport
from jury.juries import REHEARSAL, fitting, load_panel, load_plan
from jury.prompt_files import open_library
from jury.records import Panel
from jury.roles import load_role
from jury.stats.classification import compare_figures

#: Where the second wording's verdicts are kept.
SECOND = "second"

Figure = dict[str, Any]


async def wordings_compared(
    first: str,
    second: str,
    settings: RunSettings,
    *,
    by_role: bool,
    watching: Watching = unwatched,
    transport: Transport | None = None,
) -> dict[str, Any]:
    """What two wordings make of labelled cases: two folders of prompts or, `by_role`, two roles of the whole panel."""
    check_labels(settings)
    run = settings.out / RUN
    one = _worded(settings, first, run, by_role)
    other = _worded(settings, second, jury_folder(run, SECOND), by_role)
    with watching(_arm(first, settings)) as watcher:
        before = await held(one, watcher, transport)
    with watching(_arm(second, settings)) as watcher:
        beside = judging_beside(one, other, SECOND)
        after = await judged(beside, watcher, transport)
    return _document(first, second, before, after)


def _worded(settings: RunSettings, name: str, folder: Path, by_role: bool) -> RunSettings:
    """The settings under one wording, whose verdicts are kept in `folder`. Raises `InputError` for a folder of prompts or a role that is not there."""
    out = settings.out / RUN
    if not by_role:
        open_library(Path(name))
        return settings.but(prompts=Path(name), out=out)
    load_role(name, texts_for(folder, settings.prompts).library)
    panel: Panel = fitting(load_panel(settings.panel or REHEARSAL), load_plan(settings.jury).protocol)
    seats = tuple(juror.but(role=name) for juror in panel.seats)
    return settings.but(panel=panel.but(seats=seats).model_dump(mode="json", exclude_none=True), out=out)


def _arm(name: str, settings: RunSettings) -> Arm:
    return Arm(name, "protocol", load_plan(settings.jury))


def _document(first: str, second: str, before: Results, after: Results) -> dict[str, Any]:
    """Differences with intervals, flips of the panel and of its jurors, and the cases that changed."""
    old, new = ({one.verdict.case_id: one for one in results.judged()} for results in (before, after))
    shared = [case for case, one in old.items() if case in new and one.truth is not None]
    truth = [old[case].truth or "" for case in shared]
    told = compare_figures(
        truth,
        [old[case].choice for case in shared],
        [new[case].choice for case in shared],
        before.rubric.positives,
        [old[case].cluster for case in shared],
    )
    changed = [_changed(old[case], new[case]) for case in old if case in new and old[case].choice != new[case].choice]
    return {
        "first": first,
        "second": second,
        "rehearsal": before.document["rehearsal"],
        "cases": len(shared),
        "prompts": [before.manifest["prompts"], after.manifest["prompts"]],
        **{name: asdict(told[name]) for name in ("f1", "kappa", "accuracy", "precision", "recall")},
        "flips": {
            "to_right": sum(one["to_right"] for one in changed),
            "to_wrong": sum(one["to_wrong"] for one in changed),
            "changed": len(changed),
        },
        "changed": changed,
    }


def _changed(old: Judged, new: Judged) -> dict[str, Any]:
    right = [one.truth is not None and one.choice == one.truth for one in (old, new)]
    return {
        "case": old.verdict.case_id,
        "truth": old.truth,
        "first": old.choice or old.verdict.outcome.state,
        "second": new.choice or new.verdict.outcome.state,
        "to_right": right == [False, True],
        "to_wrong": right == [True, False],
    }
