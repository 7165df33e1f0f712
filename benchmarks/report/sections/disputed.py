"""The most disputed cases, each with its whole debate folded in."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks.report.archive import Archive, Heard
from benchmarks.report.dispute import Dispute, dispute_of
from benchmarks.report.embedding import EDGE, Embedder
from benchmarks.report.section import SECTIONS, Section, Wishes
from benchmarks.report.trials import ShownTrial, shown_trial


@dataclass(frozen=True)
class DisputedCase:
    """One case: where it stands, what made it disputed, and its trial."""

    rank: int
    label: str
    case: str
    scenario: str
    target: str
    dispute: Dispute
    trial: ShownTrial


@dataclass(frozen=True)
class DisputedCases:
    """The most disputed cases of all runs; `edge` is the longest edge of their images in pixels."""

    edge: int
    cases: tuple[DisputedCase, ...]


@SECTIONS.add("disputed")
class DisputedSection(Section):
    """Cases by disagreement among the last ballots, then by changed minds, then hung ones; earlier cases first."""

    title = "Most disputed cases"
    place = 80

    def __init__(self, runs: Sequence[Archive], wishes: Wishes) -> None:
        super().__init__(runs, wishes)
        self._heap: list[tuple[Dispute, int, Heard]] = []
        self._heard = 0

    def hear(self, heard: Heard) -> None:
        """Keep a case as long as it is among the most disputed so far."""
        self._heard += 1
        dispute = dispute_of(heard.verdict)
        if dispute.is_one and self.wishes.cases:
            # Numbered downwards, so that of two equally disputed cases the earlier one stays.
            entry = (dispute, -self._heard, heard)
            if len(self._heap) < self.wishes.cases:
                heapq.heappush(self._heap, entry)
            else:
                heapq.heappushpop(self._heap, entry)

    def view(self) -> DisputedCases:
        """The cases with their transcripts; images and clips share one budget, the most disputed case first."""
        embedder = Embedder()
        found = sorted(self._heap, reverse=True)
        shown = (_shown(rank, dispute, heard, embedder) for rank, (dispute, _, heard) in enumerate(found, start=1))
        return DisputedCases(EDGE, tuple(shown))


def _shown(rank: int, dispute: Dispute, heard: Heard, embedder: Embedder) -> DisputedCase:
    return DisputedCase(
        rank=rank,
        label=heard.run.label,
        case=heard.case.id,
        scenario=heard.case.scenario,
        target=heard.verdict.target,
        dispute=dispute,
        trial=shown_trial(
            heard.transcript, heard.verdict, heard.run.jury.rubric, partial(embedder.embedded, store=heard.run.media)
        ),
    )
