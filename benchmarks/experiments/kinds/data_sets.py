"""Several data sets under one jury: how unsafe the answers to each are, and how good one committee finds its requests."""

from pathlib import Path

from pydantic import Field

from benchmarks.experiments.arms import Arm, Design
from benchmarks.experiments.registry import experiment
from benchmarks.experiments.settings import ExperimentSettings
from benchmarks.suites.registry import SUITES
from jury.errors import InputError


class DataSetsSettings(ExperimentSettings):
    """The other sets, and who grades the requests of all."""

    others: tuple[str, ...] = Field(
        min_length=1, description="further sources: a folder, a file, a suite, or SUITE=FOLDER with a suite's files"
    )
    committee: str | None = Field(
        default=None,
        description="who grades the requests' feasibility, harmfulness and applicability: a YAML file, or the preset `rehearsal`",
    )
    graded: int = Field(default=100, ge=1, description="requests of each set that the committee grades, evenly spread")


@experiment("data-sets", DataSetsSettings)
def data_sets(settings: DataSetsSettings) -> Design:
    """Compare data sets under one jury, and have one committee grade their requests.

    Example: jury experiment data-sets sample --others my-set --committee rehearsal --target rehearsal/reckless --out my-sets
    """
    named = [(settings.source, settings.source, settings.data), *map(_named, settings.others)]
    names = [name for name, _, _ in named]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError(f"data set {twice!r} is named twice; name every set once")
    arms = tuple(
        Arm(name, settings.arm(name, source=source, data=data), said=f"the set {name}") for name, source, data in named
    )
    return Design(arms, committee=settings.committee, graded=settings.graded)


def _named(said: str) -> tuple[str, str, Path | None]:
    """A further source by the name it goes under, itself, and the folder of a suite's files."""
    name, equals, folder = said.partition("=")
    return (name, name, Path(folder)) if equals and name in SUITES else (said, said, None)
