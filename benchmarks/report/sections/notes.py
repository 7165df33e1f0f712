"""How the figures are read, and where they come from."""

from benchmarks.metrics.headlines import measures_of
from benchmarks.report.section import SECTIONS, Section


@SECTIONS.add("notes")
class NotesSection(Section):
    """The meaning of every figure of the report, with its source; of rates, those that head one of its runs."""

    title = "How to read this"
    place = 90

    def view(self) -> frozenset[str]:
        """The measures that head a run: which of them the template explains."""
        return frozenset(measure for run in self.runs for measure in measures_of(run.headline_names))
