"""What a suite is, and the suites there are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.sources.bad_rows import RowReport
from benchmarks.suites.origin import Origin
from jury.media import MediaStore
from jury.records import Case
from jury.registry import Registry


@dataclass(frozen=True)
class Gathered:
    """The cases of a suite, and one sentence on every file that is missing and every row that can't be read.

    `rows` counts these rows.
    """

    cases: tuple[Case, ...]
    problems: tuple[str, ...] = ()
    rows: RowReport = field(default_factory=RowReport)


Loader = Callable[[MediaStore, Path | None, int | None], Gathered]


@dataclass(frozen=True)
class Suite:
    """A named set of cases.

    `load` puts images and clips into a media store and gives the first so many cases (None: all), always the same in the
    same order; it takes the folder of the suite's files, None for those shipped. `rubric` names the rubric its answers are judged by,
    `headlines` the figures that head its results under that rubric, the one that ranks first (`benchmarks.metrics.headlines`);
    empty: the rubric's own. A `rehearsal` suite exists to try the plumbing: scripted jurors may judge it unasked.
    """

    name: str
    description: str
    licence: str
    rubric: str
    load: Loader
    rehearsal: bool = False
    origin: Origin = field(default_factory=Origin)
    headlines: tuple[str, ...] = ()


#: Other distributions add theirs through the entry-point group `multimodal_jury.suite`.
SUITES: Registry[Suite] = Registry("suite")


def suite(
    name: str,
    *,
    description: str,
    licence: str,
    rubric: str = "safebench",
    rehearsal: bool = False,
    origin: Origin | None = None,
    headlines: tuple[str, ...] = (),
) -> Callable[[Loader], Suite]:
    """A decorator that makes a loader the suite of that name and registers it."""

    def register(loader: Loader) -> Suite:
        return SUITES.add(name)(
            Suite(name, description, licence, rubric, loader, rehearsal, origin or Origin(), headlines)
        )

    return register
