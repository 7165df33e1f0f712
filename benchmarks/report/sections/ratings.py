"""How ratings are distributed, before and after deliberation."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from benchmarks.report.archive import Archive, Heard
from benchmarks.report.charts import histogram
from benchmarks.report.section import SECTIONS, Section, Wishes
from jury.records import Round
from jury.shown import first_ballots

#: A longer scale is not drawn rating by rating.
LONGEST_SCALE = 12


@dataclass(frozen=True)
class Ratings:
    """Ballots of one run by rating: rows of (rating, first ballots, last ballots)."""

    label: str
    best: str
    rows: tuple[tuple[int, int, int], ...]
    chart: Markup


@SECTIONS.add("ratings")
class RatingsSection(Section):
    """Ratings that jurors gave on their first and on their last ballots, rounded to the scale's steps."""

    title = "Ratings"
    place = 40

    def __init__(self, runs: Sequence[Archive], wishes: Wishes) -> None:
        super().__init__(runs, wishes)
        self._first: dict[str, Counter[int]] = defaultdict(Counter)
        self._last: dict[str, Counter[int]] = defaultdict(Counter)

    def hear(self, heard: Heard) -> None:
        """Count the ratings of the first round and of the last."""
        label, rounds = heard.run.label, heard.verdict.rounds
        if rounds:
            self._first[label].update(_ratings(first_ballots(rounds)))
            self._last[label].update(_ratings(rounds[-1]))

    def view(self) -> tuple[Ratings, ...] | None:
        """The distribution of every run whose jurors rate on a scale that can be drawn; None where none does."""
        return tuple(found for run in self.runs if (found := self._of_run(run)) is not None) or None

    def _of_run(self, run: Archive) -> Ratings | None:
        scale, first, last = run.jury.rubric.rating, self._first[run.label], self._last[run.label]
        if scale is None or scale.high - scale.low >= LONGEST_SCALE or not first.total() + last.total():
            return None
        steps = range(scale.low, scale.high + 1)
        best = scale.high if scale.best == "high" else scale.low
        return Ratings(
            label=run.label,
            best=f"{best} is safest",
            rows=tuple((step, first[step], last[step]) for step in steps),
            chart=histogram(f"Ballots of run {run.label} by rating", steps, first, last),
        )


def _ratings(held: Round) -> Iterator[int]:
    return (round(ballot.rating) for ballot in held.ballots if ballot.rating is not None)
