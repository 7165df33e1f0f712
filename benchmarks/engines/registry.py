"""What an engine is given, and where engines are found by name."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from benchmarks.engines.whereabouts import Place
from graphs.evaluation import Sitting
from jury.means import Means
from jury.records import Case, Verdict
from jury.registry import Registry


@dataclass(frozen=True)
class Work:
    """Cases to be brought before a jury, at most `in_flight` at once, by so many `workers` at an `address`.

    `finished` hears of each verdict that is on disk, and where it was found.
    """

    cases: Sequence[Case]
    sitting: Sitting
    means: Means
    in_flight: int
    finished: Callable[[Verdict, Place], None]
    case_timeout: float | None
    workers: int | None
    address: str | None


#: Brings every case to a verdict; the first error of the user's stops all and is raised as it is.
Engine = Callable[[Work], Awaitable[None]]

ENGINES: Registry[Engine] = Registry("engine")
