"""How memory grows while a run goes on."""

from benchmarks.perf.process import held_kb
from benchmarks.watcher import Watcher
from jury.records import Verdict


class Memory(Watcher):
    """Watches how memory grows once a run is warm: from a fifth of its cases to the last."""

    def __init__(self, cases: int) -> None:
        self._cases = cases
        self._seen = 0
        self._warm = self._now = 0.0

    @property
    def growth(self) -> float:
        """Kilobytes per case."""
        return (self._now - self._warm) / (self._cases - self._cases // 5)

    def finished(self, verdict: Verdict) -> None:
        """Note the memory held when the run is warm, and at the last case."""
        del verdict
        self._seen += 1
        if self._seen == self._cases // 5:
            self._warm = held_kb()
        if self._seen == self._cases:
            self._now = held_kb()
