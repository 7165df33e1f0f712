"""Several data sets under one jury: how unsafe the answers to each are, and how good one committee finds its requests."""

from pathlib import Path

from pydantic import Field

from benchmarks.experiments.arms import Arm, Design
from benchmarks.experiments.registry import experiment
from benchmarks.experiments.settings import ExperimentSettings
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
    sets = [(settings.source, settings.data), *map(_further, settings.others)]
    twice = next((source for source, data in sets if sets.count((source, data)) > 1), None)
    if twice is not None:
        raise InputError(f"data set {twice!r} is named twice; name every set once")
    arms = tuple(
        Arm(name, settings.arm(name, source=source, data=data), said=f"the set {name}")
        for name, (source, data) in zip(_names([source for source, _ in sets]), sets, strict=True)
    )
    return Design(arms, committee=settings.committee, graded=settings.graded)


def _further(said: str) -> tuple[str, Path | None]:
    """A further source, and the folder of a suite's files."""
    from benchmarks.suites.registry import SUITES

    name, equals, folder = said.partition("=")
    return (name, Path(folder)) if equals and name in SUITES else (said, None)


def _names(sources: list[str]) -> list[str]:
    """What the sets are called: by the ends of their paths, if these tell them apart."""
    short = [Path(source).name or source for source in sources]
    return short if len(set(short)) == len(short) else sources
