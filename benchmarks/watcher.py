"""Who wants to hear how a run goes on."""

from collections.abc import Mapping
from typing import Any

from benchmarks.sources import Loaded
from jury.records import Answered, Verdict


class Watcher:
    """Hears what happens in a run; the base class keeps quiet."""

    def identified(self, manifest: Mapping[str, Any]) -> None:
        """What will be run is settled; nothing has been asked yet."""

    def opened(self, source: Loaded, done: int, withdrawn: int = 0) -> None:
        """A run begins or goes on, with so many of its cases finished already; `withdrawn` ones count no more."""

    def answered(self, answered: Answered) -> None:
        """One more case of a run that only collects answers is finished, and it is on disk."""

    def finished(self, verdict: Verdict) -> None:
        """One more case has a verdict, and it is on disk."""
