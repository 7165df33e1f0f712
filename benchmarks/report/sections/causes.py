"""Why answers and ballots are invalid: what went wrong with which model, in its provider's words."""

from dataclasses import dataclass

from benchmarks.report.section import SECTIONS, Section


@dataclass(frozen=True)
class CauseRow:
    """One cause in one run: what is invalid of which model, how often, and an example; `model` is empty where none is named."""

    label: str
    part: str
    model: str
    cause: str
    count: int
    example: str


@SECTIONS.add("causes")
class CausesSection(Section):
    """The causes that the runs' results state, run by run, the most frequent first."""

    title = "Why answers and ballots are invalid"
    place = 75

    def view(self) -> tuple[CauseRow, ...] | None:
        """A row for every cause; None where nothing is invalid."""
        return (
            tuple(
                CauseRow(run.label, one["part"], one["model"], one["cause"], one["count"], one["example"])
                for run in self.runs
                for one in run.document.get("causes", ())
            )
            or None
        )
