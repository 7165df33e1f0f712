"""How this process grows while something goes on: memory and open files once a second, as a table and as a picture."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from markupsafe import Markup

from benchmarks.perf.process import held_kb
from benchmarks.report.charts.svg import label, line

_WIDTH, _TALL, _LEFT, _RIGHT, _TOP, _GAP = 640, 130, 64, 620, 56, 44

_STYLE = Markup(
    "text{font:13px system-ui,sans-serif;fill:#222}.title{font-weight:bold;font-size:15px}"
    ".tick{font-size:11px;fill:#555}.grid{stroke:#ddd}.path{fill:none;stroke:#2f5d8c;stroke-width:1.5}"
)


@dataclass(frozen=True)
class Moment:
    """What was seen at one moment: seconds since the start, cases done, memory held, files and sockets open."""

    seconds: float
    done: int
    memory_mb: float
    open_files: int


class Sampler:
    """Looks at this process every `pause` seconds in a thread of its own, from `with` to its end; `done` counts (Linux)."""

    def __init__(self, done: Callable[[], int], pause: float = 1.0) -> None:
        self._done, self._pause = done, pause
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_on, name="sampler", daemon=True)
        self._started = time.monotonic()
        self.moments: list[Moment] = []

    def __enter__(self) -> "Sampler":
        self._started = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._look()

    def _look_on(self) -> None:
        self._look()
        while not self._over.wait(self._pause):
            self._look()

    def _look(self) -> None:
        passed = time.monotonic() - self._started
        files = sum(1 for _ in Path("/proc/self/fd").iterdir())
        self.moments.append(Moment(round(passed, 1), self._done(), round(held_kb() / 1024, 1), files))


def kb_per_case(moments: Sequence[Moment]) -> float:
    """How memory grows in the second half of the cases, in kilobytes a case: the slope of a line through its moments."""
    all_done = moments[-1].done
    late = [moment for moment in moments if all_done / 2 <= moment.done < all_done] or list(moments)
    middle = sum(moment.done for moment in late) / len(late)
    mean = sum(moment.memory_mb for moment in late) / len(late)
    spread = sum((moment.done - middle) ** 2 for moment in late)
    shared = sum((moment.done - middle) * (moment.memory_mb - mean) for moment in late)
    return 1024 * shared / spread if spread else 0.0


def table(moments: Sequence[Moment]) -> Iterator[bytes]:
    """The moments as CSV, line by line."""
    yield (",".join(field.name for field in fields(Moment)) + "\n").encode()
    for moment in moments:
        yield (",".join(map(str, astuple(moment))) + "\n").encode()


def picture(title: str, moments: Sequence[Moment]) -> str:
    """Cases done, memory and open files over time, one below the other, as an SVG that stands alone."""
    series: dict[str, Sequence[float]] = {
        "cases done": [moment.done for moment in moments],
        "memory held, MB": [moment.memory_mb for moment in moments],
        "open files": [moment.open_files for moment in moments],
    }
    times = [moment.seconds for moment in moments]
    shapes = [label("title", 16, 26, title)]
    for place, (name, values) in enumerate(series.items()):
        shapes += _curve(name, times, values, _TOP + place * (_TALL + _GAP))
    said = "; ".join(f"{name}: from {values[0]:g} to {values[-1]:g}" for name, values in series.items())
    height = _TOP + len(series) * (_TALL + _GAP)
    return str(
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {0} {1}" width="{0}" height="{1}" '
            'aria-labelledby="title desc"><title id="title">{2}</title><desc id="desc">{3}</desc><style>{4}</style>'
            '<rect width="{0}" height="{1}" fill="#fff"/>{5}</svg>\n'
        ).format(_WIDTH, height, title, said, _STYLE, Markup("").join(shapes))
    )


def _curve(name: str, times: Sequence[float], values: Sequence[float], top: float) -> Iterator[Markup]:
    most, long = max([*values, 1]), max(times[-1], 1)
    yield label("name", _LEFT, top - 6, name)
    for tick in (0, most):
        y = top + _TALL * (1 - tick / most)
        yield line("grid", (_LEFT, y), (_RIGHT, y))
        yield label("tick", 8, y + 4, f"{tick:,.0f}")
    yield label("tick", _RIGHT - 40, top + _TALL + 16, f"{long:,.0f} s")
    points = (
        f"{_LEFT + (_RIGHT - _LEFT) * time / long:.1f},{top + _TALL * (1 - value / most):.1f}"
        for time, value in zip(times, values, strict=True)
    )
    yield Markup('<polyline class="path" points="{}"/>').format(" ".join(points))
