"""Experiments: the same cases under arms that differ in one thing, and whether the difference is larger than chance.

Every arm is an ordinary run in `OUT/arms/NAME` that resumes, verifies and reports like any other. Every module in
`kinds/` is imported: a new experiment is one new file.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.experiments import kinds
from benchmarks.experiments.registry import EXPERIMENTS, experiment
from jury.registry import import_folder

if TYPE_CHECKING:
    from benchmarks.experiments.outcome import Outcome

__all__ = ["EXPERIMENTS", "experiment", "hold"]

import_folder(kinds.__name__, kinds.__path__)


def hold(name: str, source: str | Path, *, out: str | Path, **settings: Any) -> "Outcome":
    """Hold an experiment and return what came of it; the same call again resumes.

    `settings` are the fields of the experiment's record, those of `RunSettings` among them. Raises `InputError` and
    `StoppedEarlyError`, which name the arm.
    """
    from benchmarks.experiments.holding import held
    from jury.stopping import run_to_end
    from jury.yaml_files import build

    stated = {"source": str(source), "out": Path(out), **settings}
    return run_to_end(held(name, build(EXPERIMENTS.get(name).settings, stated, f"experiment {name}")))
