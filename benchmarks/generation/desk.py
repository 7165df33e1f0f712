"""What every stage works with."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.generation.settings import GenerationSettings
from benchmarks.generation.watcher import Watcher
from benchmarks.generation.workings import workings
from jury.committee.scribe import Scribe
from jury.means import Means
from prompts import Library


@dataclass(frozen=True)
class Desk:
    """One sitting: its settings, the wording, the means in the set's workings, and who hears of progress."""

    settings: GenerationSettings
    library: Library
    means: Means
    watcher: Watcher

    @property
    def out(self) -> Path:
        """The set's folder."""
        return self.settings.out

    @property
    def workings(self) -> Path:
        """The folder of the set's workings."""
        return workings(self.out)

    @property
    def scribe(self) -> Scribe:
        """Words for members."""
        return Scribe(self.library, self.means.ledger.secret)

    def finished(self) -> None:
        """Tell that one more piece is done."""
        self.watcher.finished(self.means.gateway.spent)
